/** Names by which the engine knows every resource of the dev stack. A change here throws resources
 *  away and makes them anew wherever the stack runs already: it needs an alias and a reason. */

const mirror = "irismirror:index:IrisMirror";
const pair = `${mirror}$irismirror:index:FailoverPair`;
const member = `${pair}$irismirror:index:Member`;
const database = `${mirror}$irismirror:index:MirroredDatabase`;
const command = "command:local:Command";

const parts: readonly (readonly [string, readonly string[]])[] = [
  ["pulumi:pulumi:Stack", ["iris-mirror-dev"]],
  [mirror, ["mirror"]],
  [`${mirror}$docker:index/network:Network`, ["mirror-network"]],
  [`${mirror}$irismirror:index:Arbiter`, ["arbiter"]],
  [`${mirror}$irismirror:index:Arbiter$docker:index/container:Container`, ["arbiter"]],
  [pair, ["mirror"]],
  [`${pair}$${command}`, ["mirror-form"]],
  [member, ["mirrorA", "mirrorB"]],
  [`${member}$docker:index/volume:Volume`, ["mirrorA-data", "mirrorB-data"]],
  [`${member}$docker:index/container:Container`, ["mirrorA", "mirrorB"]],
  [
    `${member}$${command}`,
    ["mirrorA", "mirrorB"].flatMap((key) =>
      ["own-volume", "ready", "load-code", "service", "join", "databases", "namespaces"].map(
        (step) => `${key}-${step}`,
      ),
    ),
  ],
  [database, ["COMPANY", "CUSTOMER", "PERSONAL"]],
  [`${database}$${command}`, ["COMPANY", "CUSTOMER", "PERSONAL"]],
  [`${mirror}$irismirror:index:Namespace`, ["COMPANY", "CUSTOMER", "PERSONAL"]],
  [`${mirror}$${command}`, ["mirror-verify"]],
];

/** URNs of the dev stack, sorted. */
export const goldenUrns: readonly string[] = parts
  .flatMap(([type, names]) => names.map((name) => `urn:pulumi:dev::iris-mirror::${type}::${name}`))
  .toSorted();
