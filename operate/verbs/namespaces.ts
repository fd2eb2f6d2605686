/** Namespaces and mappings of one member. They are not mirrored, so every member gets them
 *  alike. Source: GHA_mirror_set_config. */

import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion, namespaceSettings, type NamespaceSettings } from "../contract/common.ts";
import { fit, list, openObject } from "../contract/shape.ts";
import { withSession } from "../instance.ts";
import { mappingKinds, type NamespaceFound, namespacesOf } from "../namespaces.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"namespaces">;

export function run(input: Input, world: World): Promise<VerbOutput<"namespaces">> {
  const before = previousNamespaces(world.environment["PULUMI_COMMAND_STDOUT"]);
  return withSession(world, input.member, async (session) => {
    const names = new Set([...before, ...input.namespaces].map(({ name }) => name));
    const states = await namespacesOf(session, [...names]);
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

/** One primitive to run. */
interface Act {
  readonly primitive: string;
  readonly argument: Readonly<Record<string, string>>;
}

/** What turns the present state into the wanted one. Of namespaces only those are removed that the
 *  last run listed; the mappings of a listed one are all ours. */
function decide(
  before: readonly NamespaceSettings[],
  wanted: readonly NamespaceSettings[],
  states: ReadonlyMap<string, NamespaceFound>,
): Act[] {
  const keep = new Set(wanted.map((namespace) => namespace.name));
  const removals = before
    .filter(({ name }) => !keep.has(name) && states.has(name))
    .map(({ name }) => ({ primitive: "Namespace.Remove", argument: { name } }));
  return [
    ...wanted.flatMap((namespace) => actsFor(namespace, states.get(namespace.name))),
    ...removals,
  ];
}

function actsFor(wanted: NamespaceSettings, state: NamespaceFound | undefined): Act[] {
  const { name, globals, routines } = wanted;
  const isSame =
    state !== undefined && sameName(state.globals, globals) && sameName(state.routines, routines);
  return [
    ...(isSame ? [] : [{ primitive: "Namespace.Define", argument: { name, globals, routines } }]),
    ...mappingKinds.flatMap(([field, kind]) =>
      mappingActs({ name, kind }, wanted[field], state?.[field] ?? {}),
    ),
  ];
}

function mappingActs(
  place: { readonly name: string; readonly kind: string },
  wanted: Readonly<Record<string, string>>,
  present: Readonly<Record<string, string>>,
): Act[] {
  const mapped = Object.entries(wanted)
    .filter(([item, database]) => !sameName(present[item] ?? "", database))
    .map(([item, database]) => ({
      primitive: "Namespace.Map",
      argument: { ...place, item, database },
    }));
  // One below a subscript goes before that of its global, which the product would not let go.
  const unmapped = Object.keys(present)
    .filter((item) => !Object.hasOwn(wanted, item))
    .toSorted((one, other) => other.length - one.length)
    .map((item) => ({ primitive: "Namespace.Unmap", argument: { ...place, item } }));
  return [...mapped, ...unmapped];
}

/** Database names know no case; the configuration keeps them in upper case. */
function sameName(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}
