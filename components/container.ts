/** A container of the plan as the provider wants it. */

import * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import { labels } from "../operate/contract.ts";
import { patience } from "./environment.ts";
import { containerTimeouts } from "./plan/budgets.ts";
import { arbiterKey } from "./plan/names.ts";
import type { ContainerPlan } from "./plan/plan.ts";
import type { MountSpecification } from "./plan/specification.ts";

/** Options that differ from container to container. */
export type ContainerOptions = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** Accepted by the provider's update and not applied by it (pulumi-docker up to 4.5, and the
 *  plugin built from the same sources): replacing makes them true. */
const notUpdatable = ["healthcheck", "tmpfs", "init", "cpuPeriod", "cpuQuota"];

/** Declares a container. Everything it is created from stands in the specification; network and
 *  volumes are plain names, because as outputs a change of theirs would replace every container.
 *  The order comes from `dependsOn`. */
export function declareContainer(
  name: string,
  stack: string,
  plan: ContainerPlan,
  options: ContainerOptions,
): docker.Container {
  const { specification: wanted, hash, isThere, memoryMib } = plan;
  return new docker.Container(
    name,
    {
      name: wanted.name,
      image: wanted.image,
      hostname: wanted.hostname,
      command: [...wanted.command],
      envs: Object.entries(wanted.environment).map(([key, value]) => `${key}=${value}`),
      labels: ownerLabels(stack, plan.key, hash),
      volumes: wanted.mounts.map(volumeArgs),
      // The provider reads it back; left out it would differ for ever.
      networkMode: "bridge",
      networksAdvanced: [{ name: wanted.network, aliases: [wanted.hostname] }],
      ports: wanted.ports.map(({ address, host, inside }) => ({
        ip: address,
        external: host,
        internal: inside,
        protocol: "tcp",
      })),
      init: wanted.init,
      // Comes back with the engine, stays down when a person stopped it.
      restart: "unless-stopped",
      mustRun: true,
      // Unset, the provider would kill at once: a database never gets its shutdown.
      destroyGraceSeconds: wanted.stopGraceSeconds,
      // The same for a person's `docker stop`.
      stopTimeout: wanted.stopGraceSeconds,
      stopSignal: "SIGTERM",
      ...(memoryMib === undefined ? {} : { memory: memoryMib }),
      ...(wanted.cpus === undefined ? {} : { cpus: String(wanted.cpus) }),
    },
    {
      ...options,
      parent: options.parent,
      deleteBeforeReplace: true,
      replaceOnChanges: notUpdatable,
      // A refresh while the container is stopped takes its ports from the state, and no later one
      // brings them back (read in the provider): one that was created as wanted has them.
      ignoreChanges: isThere ? ["ports"] : [],
      customTimeouts: containerTimeouts(wanted.stopGraceSeconds, patience),
    },
  );
}

/** Labels that say whose a Docker object is, and what a container was created from. */
export function ownerLabels(stack: string, key?: string, specification?: string) {
  const kind = key === arbiterKey ? "arbiter" : "member";
  return [
    { label: labels.stack, value: stack },
    ...(key === undefined ? [] : [{ label: labels.member, value: key }]),
    ...(specification === undefined
      ? []
      : [
          { label: labels.kind, value: kind },
          { label: labels.specification, value: specification },
        ]),
  ];
}

function volumeArgs(mount: MountSpecification) {
  return "volume" in mount
    ? { volumeName: mount.volume, containerPath: mount.target, readOnly: false }
    : { hostPath: mount.source, containerPath: mount.target, readOnly: mount.readOnly };
}
