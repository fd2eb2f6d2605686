/** Sample applications as one instance has them. */

import { anyText, openObject, type OutOf } from "../contract/shape.ts";
import { ask } from "../instance.ts";
import { MirrorError } from "../mirror-error.ts";
import type { Session } from "../session.ts";

const stateAnswer = openObject({ code: anyText, entered: anyText });
export type AppState = OutOf<typeof stateAnswer>;

/** What was loaded, and whether the first data were entered. */
export const appStateOf = (
  session: Session,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): Promise<AppState> => ask(session, stateAnswer, "App.State", { name, namespace });

/** Those whose namespace exists; none where the instance has classes of before that question. */
export async function appsOf(
  session: Session,
  apps: readonly { readonly name: string; readonly namespace: string }[],
  namespaces: ReadonlyMap<string, unknown>,
): Promise<Record<string, AppState>> {
  const found: Record<string, AppState> = {};
  try {
    for (const app of apps.filter(({ namespace }) => namespaces.has(namespace))) {
      found[app.name] = await appStateOf(session, app);
    }
    return found;
  } catch (problem) {
    if (problem instanceof MirrorError && problem.code === "instance-refused") return {};
    throw problem;
  }
}
