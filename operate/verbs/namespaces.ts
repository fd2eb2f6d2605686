/** Namespaces and global mappings of one member. They are not mirrored, so every member gets them
 *  alike. Source: GHA_mirror_set_config. */

import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion, namespaceSettings, type NamespaceSettings } from "../contract/common.ts";
import { fit, list, openObject } from "../contract/shape.ts";
import { namespaceStateOf, withSession, type NamespaceState } from "../instance.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"namespaces">;

export function run(input: Input, world: World): Promise<VerbOutput<"namespaces">> {
  const before = previousNamespaces(world.environment["PULUMI_COMMAND_STDOUT"]);
  return withSession(world, input.member, async (session) => {
    const states = await statesOf(session, before, input.namespaces);
    const acts = decide(before, input.namespaces, states);
    for (const { primitive, argument } of acts) {
      await session.call(primitive, argument);
    }
    return {
      version: contractVersion,
      namespaces: input.namespaces,
      changed: acts.length > 0,
    };
  });
}

const previousOutput = openObject({ namespaces: list(namespaceSettings) });

/** What the last run of this step made, from its output. Nothing for a first run; an output this
 *  version cannot read removes nothing. */
export function previousNamespaces(stdout: string | undefined): NamespaceSettings[] {
  try {
    const read = fit(previousOutput, JSON.parse(stdout ?? "null"));
    return "value" in read ? read.value.namespaces : [];
  } catch {
    return [];
  }
}

async function statesOf(
  session: Session,
  before: readonly NamespaceSettings[],
  wanted: readonly NamespaceSettings[],
): Promise<Map<string, NamespaceState>> {
  const mappings = new Map<string, Set<string>>();
  for (const namespace of [...before, ...wanted]) {
    const known = mappings.get(namespace.name) ?? new Set();
    mappings.set(namespace.name, new Set([...known, ...Object.keys(namespace.globalMappings)]));
  }
  const states = new Map<string, NamespaceState>();
  for (const [name, globals] of mappings) {
    states.set(name, await namespaceStateOf(session, { name, mappings: [...globals] }));
  }
  return states;
}

/** One primitive to run. */
interface Act {
  readonly primitive: string;
  readonly argument: Readonly<Record<string, string>>;
}

/** What turns the present state into the wanted one. Only what the last run listed is removed. */
function decide(
  before: readonly NamespaceSettings[],
  wanted: readonly NamespaceSettings[],
  states: ReadonlyMap<string, NamespaceState>,
): Act[] {
  const keep = new Set(wanted.map((namespace) => namespace.name));
  const removals = before
    .filter(({ name }) => !keep.has(name) && states.get(name)?.exists === true)
    .map(({ name }) => ({ primitive: "Namespace.Remove", argument: { name } }));
  const listedBefore = new Map(before.map((namespace) => [namespace.name, namespace]));
  return [
    ...wanted.flatMap((namespace) =>
      actsFor(namespace, listedBefore.get(namespace.name), states.get(namespace.name)),
    ),
    ...removals,
  ];
}

function actsFor(
  wanted: NamespaceSettings,
  before: NamespaceSettings | undefined,
  state: NamespaceState | undefined,
): Act[] {
  const { name, globals, routines } = wanted;
  const isSame =
    state?.exists === true &&
    sameName(state.globals, globals) &&
    sameName(state.routines, routines);
  const present = state?.globalMappings ?? {};
  const mapped = Object.entries(wanted.globalMappings)
    .filter(([global, database]) => !sameName(present[global] ?? "", database))
    .map(([global, database]) => ({
      primitive: "Namespace.MapGlobal",
      argument: { name, global, database },
    }));
  const unmapped = Object.keys(before?.globalMappings ?? {})
    .filter((global) => !(global in wanted.globalMappings) && global in present)
    .map((global) => ({ primitive: "Namespace.UnmapGlobal", argument: { name, global } }));
  return [
    ...(isSame ? [] : [{ primitive: "Namespace.Define", argument: { name, globals, routines } }]),
    ...mapped,
    ...unmapped,
  ];
}

/** Database names know no case; the configuration keeps them in upper case. */
function sameName(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}
