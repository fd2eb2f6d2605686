/** Rules that look at more than one field. Each takes whatever part is well formed and says every
 *  fault it sees; none relies on another having passed. */

import { pathText, shown } from "../plan/fault.ts";
import { arbiterKey, durableRoot } from "../plan/names.ts";
import { contentRules } from "./content-rules.ts";
import { type Rule, takenTwice } from "./rule.ts";

/** A mirror has two failover members, or one while it is built up or taken down.
 *  Source: GHA_mirror_set (at most two failover members). */
const hasOneOrTwoFailoverMembers: Rule = ({ failover }) => {
  const names = Object.keys(failover);
  if (names.length === 1 || names.length === 2) return [];
  return [
    {
      path: "failover",
      given: names.length === 0 ? "no member" : `${names.length} members (${names.join(", ")})`,
      allowed: "one or two failover members",
      remedy: names.length === 0 ? "name two members" : "take members out until two are left",
    },
  ];
};

/** Hostnames, names in the mirror, databases and namespaces differ by more than case: the product
 *  stores them in upper case, and the network does not tell the cases apart. */
const namesDifferByMoreThanCase: Rule = (draft) => {
  const hosts = Object.keys(draft.failover).map((key) => ({ key, path: ["failover", key] }));
  const arbiters =
    draft.arbiter === false ? [] : [{ key: draft.arbiter.name, path: ["arbiter", "name"] }];
  const memberNames = Object.entries(draft.failover)
    .filter(([, member]) => member.memberName !== undefined)
    .map(([key, { memberName }]) => ({
      key: memberName ?? key,
      path: ["failover", key, "memberName"],
    }));
  const defaults = Object.entries(draft.failover)
    .filter(([, member]) => member.memberName === undefined)
    .map(([key]) => ({ key, path: ["failover", key] }));
  const groups = [
    [...hosts, ...arbiters],
    // Two defaults that clash are two hosts that clash, and said there.
    memberNames.length === 0 ? [] : [...defaults, ...memberNames],
    Object.keys(draft.databases).map((key) => ({ key, path: ["databases", key] })),
    Object.keys(draft.namespaces).map((key) => ({ key, path: ["namespaces", key] })),
  ];
  return groups.flatMap((group) =>
    takenTwice(
      group.map(({ key, path }) => ({ value: key.toUpperCase(), path })),
      "names that differ by more than upper and lower case",
      "rename one of the two",
    ),
  );
};

/** `arbiter` is what the arbiter is called on Docker's labels, whatever its hostname is. */
const noMemberIsCalledArbiter: Rule = ({ failover }) =>
  Object.keys(failover)
    .filter((key) => key.toLowerCase() === arbiterKey)
    .map((key) => ({
      path: pathText(["failover", key]),
      given: `the name ${shown(key)}`,
      allowed: `any hostname but ${arbiterKey}`,
      remedy: "choose another name",
    }));

/** Every published port belongs to one container. */
const hostPortsAreUsedOnce: Rule = ({ failover }) =>
  takenTwice(
    Object.entries(failover).flatMap(([key, { webPort, superserverPort }]) =>
      Object.entries({ webPort, superserverPort })
        .filter(([, port]) => port !== undefined)
        .map(([field, port]) => ({ value: String(port), path: ["failover", key, field] })),
    ),
    "a port of the Docker host that nothing else in the topology takes",
    "choose another port, or take one of the two out",
  );

/** The agent shares its container with the superserver and the web server. */
const agentPortIsFree: Rule = ({ failover, webServerPort }) =>
  Object.entries(failover).flatMap(([key, { agentPort }]) =>
    [1972, webServerPort ?? 52773].includes(agentPort)
      ? [
          {
            path: pathText(["failover", key, "agentPort"]),
            given: String(agentPort),
            allowed: "a port that neither superserver (1972) nor web server uses",
            remedy: "leave agentPort out (2188 is taken)",
          },
        ]
      : [],
  );

/** Two mounts never meet at one place, and none hides the durable volume. */
const mountTargetsAreFree: Rule = ({ failover }) =>
  Object.entries(failover).flatMap(([key, { mounts }]) =>
    takenTwice(
      [
        { value: durableRoot, path: ["the durable volume"] },
        ...mounts.map(({ target }, index) => ({
          value: target.replace(/(?<=.)\/+$/, ""),
          path: ["failover", key, "mounts", String(index), "target"],
        })),
      ],
      "a place of its own for each mount",
      "choose another target",
    ),
  );

/** All rules, in the order of the topology's fields. */
export const rules: readonly Rule[] = [
  hasOneOrTwoFailoverMembers,
  namesDifferByMoreThanCase,
  noMemberIsCalledArbiter,
  hostPortsAreUsedOnce,
  agentPortIsFree,
  mountTargetsAreFree,
  ...contentRules,
];
