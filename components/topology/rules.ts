/** Rules that look at more than one field. Each takes whatever part is well formed and says every
 *  fault it sees; none relies on another having passed. */

import { resolve } from "node:path";
import { pathText, shown } from "../plan/fault.ts";
import { arbiterKey, durableRoot } from "../plan/names.ts";
import { membersOf } from "../plan/members.ts";
import { asyncRules } from "./async-rules.ts";
import { contentRules } from "./content-rules.ts";
import { type Rule, takenTwice } from "./rule.ts";
import { settingsRules } from "./settings-rules.ts";

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
  const members = membersOf(draft);
  const hosts = members.map(({ key, path }) => ({ key, path }));
  const arbiters =
    draft.arbiter === false ? [] : [{ key: draft.arbiter.name, path: ["arbiter", "name"] }];
  const memberNames = members.flatMap(({ path, member: { memberName } }) =>
    memberName === undefined ? [] : [{ key: memberName, path: [...path, "memberName"] }],
  );
  const defaults = members
    .filter(({ member }) => member.memberName === undefined)
    .map(({ key, path }) => ({ key, path }));
  const groups = [
    [...hosts, ...arbiters],
    // Two defaults that clash are two hosts that clash, and said there.
    memberNames.length === 0 ? [] : [...defaults, ...memberNames],
    Object.keys(draft.databases).map((key) => ({ key, path: ["databases", key] })),
    Object.keys(draft.namespaces).map((key) => ({ key, path: ["namespaces", key] })),
    Object.keys(draft.apps).map((key) => ({ key, path: ["apps", key] })),
  ];
  return groups.flatMap((group) =>
    takenTwice(
      group.map(({ key, path }) => ({ value: key.toUpperCase(), path })),
      "names that differ by more than upper and lower case",
      "rename one of the two",
    ),
  );
};

/** `arbiter` is what the arbiter is called on Docker's labels, whatever its hostname is; by
 *  `localhost` every host means itself. */
const noNameIsReserved: Rule = (draft) => {
  const members = membersOf(draft).map(({ key, path }) => ({ key, path }));
  const arbiters =
    draft.arbiter === false ? [] : [{ key: draft.arbiter.name, path: ["arbiter", "name"] }];
  const reserved = [
    ...members.filter(({ key }) => key.toLowerCase() === arbiterKey),
    ...[...members, ...arbiters].filter(({ key }) => key.toLowerCase() === "localhost"),
  ];
  return reserved.map(({ key, path }) => ({
    path: pathText(path),
    given: `the name ${shown(key)}`,
    allowed: `any hostname but ${arbiterKey} (the arbiter's alone) and localhost`,
    remedy: "choose another name",
  }));
};

/** Every published port belongs to one container. */
const hostPortsAreUsedOnce: Rule = (draft) =>
  takenTwice(
    membersOf(draft).flatMap(({ path, member: { webPort, superserverPort } }) =>
      Object.entries({ webPort, superserverPort })
        .filter(([, port]) => port !== undefined)
        .map(([field, port]) => ({ value: String(port), path: [...path, field] })),
    ),
    "a port of the Docker host that nothing else in the topology takes",
    "choose another port, or take one of the two out",
  );

/** The web server shares its container with the superserver. */
const webServerPortIsFree: Rule = ({ webServerPort }) =>
  webServerPort === 1972
    ? [
        {
          path: "webServerPort",
          given: "1972",
          allowed: "a port that the superserver (1972) does not use",
          remedy: "leave webServerPort out (the product's is taken)",
        },
      ]
    : [];

/** The agent shares its container with the superserver and the web server. */
const agentPortIsFree: Rule = (draft) =>
  membersOf(draft).flatMap(({ path, member }) =>
    [1972, draft.webServerPort ?? 52773].includes(member.agentPort)
      ? [
          {
            path: pathText([...path, "agentPort"]),
            given: String(member.agentPort),
            allowed: "a port that neither superserver (1972) nor web server uses",
            remedy: "leave agentPort out (2188 is taken)",
          },
        ]
      : [],
  );

/** Two mounts never meet at one place, and none hides the durable volume. */
const mountTargetsAreFree: Rule = (draft) =>
  membersOf(draft).flatMap(({ path, member: { mounts } }) =>
    takenTwice(
      [
        { value: durableRoot(draft), path: ["the durable volume"] },
        ...mounts.map(({ target }, index) => ({
          value: target.replace(/(?<=.)\/+$/, ""),
          path: [...path, "mounts", String(index), "target"],
        })),
      ],
      "a place of its own for each mount",
      "choose another target",
    ),
  );

/** Each member has a directory of its own: two instances on one would destroy its data. None lies
 *  in another's either. */
const dataIsNotShared: Rule = (draft) => {
  const uses = membersOf(draft).flatMap(({ path, member: { data } }) =>
    data?.bind === undefined
      ? []
      : [{ place: resolve(data.bind), path: [...path, "data", "bind"] }],
  );
  return uses.flatMap(({ place, path }, index) => {
    const earlier = uses.slice(0, index).find((use) => liesWithin(place, use.place));
    return earlier === undefined
      ? []
      : [
          {
            path: pathText(path),
            given: `${shown(place)}, where ${pathText(earlier.path)} has its data`,
            allowed: "a directory of its own for each member, none inside another",
            remedy: "choose another directory",
          },
        ];
  });
};

/** True when one is the other or lies in it. */
function liesWithin(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

/** All rules, in the order of the topology's fields. */
export const rules: readonly Rule[] = [
  hasOneOrTwoFailoverMembers,
  namesDifferByMoreThanCase,
  noNameIsReserved,
  hostPortsAreUsedOnce,
  webServerPortIsFree,
  agentPortIsFree,
  mountTargetsAreFree,
  dataIsNotShared,
  ...asyncRules,
  ...contentRules,
  ...settingsRules,
];
