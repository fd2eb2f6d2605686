/** Rules about async members: how many there may be, and what each may hold. */

import { pathText, shown } from "../plan/fault.ts";
import { type Rule, takenTwice } from "./rule.ts";

/** A mirror has 16 members, two of them failover members. Source: GHA_mirror_set. */
const mostAsyncs = 14;

const hasAtMostFourteenAsyncs: Rule = ({ async: asyncs }) => {
  const count = Object.keys(asyncs).length;
  return count <= mostAsyncs
    ? []
    : [
        {
          path: "async",
          given: `${count} async members`,
          allowed: `at most ${mostAsyncs}: a mirror has 16 members, two of them failover members`,
          remedy: `take members out until ${mostAsyncs} are left`,
        },
      ];
};

/** A DR may be promoted, and so has every database. Source: GHA_mirror_set (async members). */
const aDrHoldsAllDatabases: Rule = ({ async: asyncs }) =>
  Object.entries(asyncs)
    .filter(([, { type, databases }]) => type === "dr" && databases !== undefined)
    .map(([key, { databases }]) => ({
      path: pathText(["async", key, "databases"]),
      given: shown(databases),
      allowed: "nothing: a DR async holds all databases of the mirror, because it may be promoted",
      remedy: "take it out, or make it a reporting member",
    }));

/** A reporting member holds databases of this topology, each once. */
const reportingHoldsKnownDatabases: Rule = ({ async: asyncs, databases }) => {
  const known = Object.keys(databases).map((name) => name.toUpperCase());
  return Object.entries(asyncs).flatMap(([key, { type, databases: wanted = [] }]) => {
    if (type === "dr") return [];
    const uses = wanted.map((name, index) => ({
      value: name.toUpperCase(),
      path: ["async", key, "databases", String(index)],
    }));
    const unknown = uses
      .filter(({ value }) => !known.includes(value))
      .map(({ value, path }) => ({
        path: pathText(path),
        given: `the database ${shown(value)}`,
        allowed: known.length === 0 ? "a name from databases (it is empty)" : known.join(", "),
        remedy: "add that database under databases, or name another",
      }));
    return [...unknown, ...takenTwice(uses, "each database once", "take one of the two out")];
  });
};

/** All rules of this file. */
export const asyncRules: readonly Rule[] = [
  hasAtMostFourteenAsyncs,
  aDrHoldsAllDatabases,
  reportingHoldsKnownDatabases,
];
