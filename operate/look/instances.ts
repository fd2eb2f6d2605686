/** What the instances of a stack tell: one session each, all at once, each with a limit of its own,
 *  so that a member that hangs costs a preview seconds and not the preview. */

import type { LookInput, MemberSeen } from "../contract/look.ts";
import { alteredClasses } from "../altered-code.ts";
import { number } from "../answers.ts";
import { anyText, list, openObject } from "../contract/shape.ts";
import { ask, type InstanceState } from "../instance.ts";
import { namespacesOf, type NamespaceFound } from "../namespaces.ts";
import { appsOf } from "./apps.ts";
import { MirrorError } from "../mirror-error.ts";
import { plainStateOf, stateWithOrWithoutCode } from "../plain-state.ts";
import { settingsOf } from "../settings.ts";
import type { Session } from "../session.ts";
import type { World } from "../world.ts";

/** By the member's name in the topology. */
export async function lookAtInstances(
  world: World,
  input: LookInput,
): Promise<Map<string, MemberSeen>> {
  const limitMs = world.budget("lookAtMember");
  const looks = await Promise.all(
    input.members.map(async ({ address }) => {
      const session = world.open(address);
      const look = await world.clock.within(limitMs, lookAtInstance(session, input));
      session.close();
      const silence = { reachable: false, why: `no answer within ${limitMs / 1000} s` } as const;
      return [address.name, look ?? silence] as const;
    }),
  );
  return new Map(looks);
}

const ordinaryAnswer = openObject({
  databases: list(openObject({ name: anyText, bytes: number })),
});

async function lookAtInstance(session: Session, input: LookInput): Promise<MemberSeen> {
  try {
    const altered = await alteredClasses(session);
    // Classes that somebody altered are not asked: nobody knows what they answer.
    const state = await (altered === "" ? stateWithOrWithoutCode : plainStateOf)(session);
    const hasCode = state.code !== "";
    const namespaces = await namespacesOf(session, hasCode ? input.namespaces : []);
    const { databases } =
      hasCode && mayHaveOrdinary(state, input)
        ? await askOrdinary(session, input.databases)
        : { databases: [] };
    return {
      ...memberSeen(state, namespaces),
      altered,
      apps: await appsOf(session, input.apps, namespaces),
      ordinary: Object.fromEntries(databases.map(({ name, bytes }) => [name, bytes])),
      ...(hasCode ? await settingsSeen(session, input.settings) : {}),
    };
  } catch (problem) {
    if (problem instanceof MirrorError) {
      return { reachable: false, why: `${problem.seen}. ${problem.remedy}` };
    }
    throw problem;
  }
}

/** Where all are mirrored nothing else is in their place: the usual case costs no question. */
function mayHaveOrdinary({ databases }: InstanceState, input: LookInput): boolean {
  const mirrored = new Set(databases.map(({ name }) => name));
  return input.databases.some(({ name }) => !mirrored.has(name));
}

const askOrdinary = (session: Session, databases: LookInput["databases"]) =>
  unlessUnknown(ask(session, ordinaryAnswer, "Database.Ordinary", { databases }), {
    databases: [],
  });

/** Resources and roles; where none are asked for, that costs no question. */
async function settingsSeen(
  session: Session,
  names: LookInput["settings"],
): Promise<Pick<Extract<MemberSeen, { reachable: true }>, "settings">> {
  if (names.resources.length + names.roles.length === 0) return {};
  const settings = await unlessUnknown(settingsOf(session, names), undefined);
  return settings === undefined ? {} : { settings };
}

/** An answer, or what stands for it where the instance has classes of before that question. */
async function unlessUnknown<Answer, None>(
  answer: Promise<Answer>,
  none: None,
): Promise<Answer | None> {
  try {
    return await answer;
  } catch (problem) {
    if (problem instanceof MirrorError && problem.code === "instance-refused") {
      return none;
    }
    throw problem;
  }
}

/** The part of the state that a look tells. */
function memberSeen(
  state: InstanceState,
  namespaces: ReadonlyMap<string, NamespaceFound>,
): Omit<Extract<MemberSeen, { reachable: true }>, "ordinary" | "apps" | "altered"> {
  const { status, type, mirror, service, code } = state;
  return {
    reachable: true,
    ...{ status, type, service, code },
    ...(mirror === undefined ? {} : { mirror: withoutUndefined(mirror) }),
    databases: Object.fromEntries(
      state.databases.map((one) => [one.name, { directory: one.directory, status: one.status }]),
    ),
    namespaces: Object.fromEntries(namespaces),
  };
}

function withoutUndefined(mirror: NonNullable<InstanceState["mirror"]>): {
  name: string;
  guid: string;
  qosTimeoutMs: number;
  arbiter?: string;
} {
  const { arbiter, ...rest } = mirror;
  return arbiter === undefined ? rest : { ...rest, arbiter };
}
