/** Pulumi names of the steps: identity in the state, never changed. */

/** Steps of each member, in the order in which they run. */
export const memberSteps = [
  "own-volume",
  "ready",
  "load-code",
  "service",
  "settings",
  "join",
  "databases",
  "namespaces",
] as const;
export type MemberStep = (typeof memberSteps)[number];

/** Steps of the whole mirror. */
export type MirrorStep = "form" | "verify";

/** Pulumi name of the mirror itself. Not the mirror set's: a set that is named anew before it was
 *  formed keeps its resources. */
export const mirrorComponent = "mirror";

/** Name of a member's step. */
export function memberStep(member: string, step: MemberStep): string {
  return `${member}-${step}`;
}

/** The member of a step with that name; `undefined` for the name of another step. */
export function memberOfStep(name: string, step: MemberStep): string | undefined {
  return name.endsWith(`-${step}`) ? name.slice(0, -step.length - 1) : undefined;
}

/** Name of a step of the whole mirror. */
export function mirrorStep(step: MirrorStep): string {
  return `${mirrorComponent}-${step}`;
}

/** Name of the step that puts a database into the mirror: upper case, so it never meets a
 *  member's step. */
export function databaseStep(database: string): string {
  return database;
}

/** Name of the step of a sample application. */
export function appStep(app: string): string {
  return `${app}-app`;
}
