/** The floor of a first deploy: a bare Pulumi program with the same network, volumes and
 *  containers, and as many Commands, each of which only starts Node.js on an empty TypeScript file.
 *  Copied into a folder of its own and run there. */

import * as command from "@pulumi/command";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const stack = pulumi.getStack();
const image = config.require("memberImage");
const commands = config.requireNumber("commands");
const labels = [{ label: "io.iris-mirror.stack", value: stack }];

const network = new docker.Network("network", { name: `${stack}-network`, labels });
const common = { networkMode: "bridge", restart: "no", stopTimeout: 1, labels };

const arbiter = new docker.Container(
  "arbiter",
  {
    ...common,
    name: `${stack}-arbiter`,
    image: config.require("arbiterImage"),
    hostname: "arbiter",
    networksAdvanced: [{ name: `${stack}-network`, aliases: ["arbiter"] }],
  },
  { dependsOn: [network] },
);

const members = ["mirrorA", "mirrorB"].map((name) => {
  const volume = new docker.Volume(`${name}-data`, { name: `${stack}-${name}-data`, labels });
  return new docker.Container(
    name,
    {
      ...common,
      name: `${stack}-${name}`,
      image,
      hostname: name,
      command: ["--check-caps", "false"],
      // Not on the volume: it belongs to root, and giving it away is work the floor does not do.
      volumes: [{ volumeName: `${stack}-${name}-data`, containerPath: "/dur" }],
      networksAdvanced: [{ name: `${stack}-network`, aliases: [name] }],
    },
    { dependsOn: [network, volume] },
  );
});

for (let index = 0; index < commands; index++) {
  new command.local.Command(
    `step-${index}`,
    {
      interpreter: ["node_modules/.bin/node"],
      create: "empty.ts",
      update: "empty.ts",
    },
    { dependsOn: index % 2 === 0 ? members : [arbiter] },
  );
}
