/** A sample application: its classes in its namespace, its first data entered once. On the primary
 *  alone: classes and data lie in databases of the mirror, and so reach every member. */

import { readApp, type CodeFile } from "../code.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import { flag } from "../answers.ts";
import { anyText, openObject } from "../contract/shape.ts";
import { ask } from "../instance.ts";
import { loadClassLines, notCompiled, sameHash, sendClasses } from "../load-classes.ts";
import { appStateOf } from "../look/apps.ts";
import { withPrimary, type Reached } from "../members.ts";
import { MirrorError } from "../mirror-error.ts";
import { askPlain } from "../plain-question.ts";
import { literal } from "../session-text.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"app">;

export async function run(input: Input, world: World): Promise<VerbOutput<"app">> {
  const { name, hash: wanted } = input.app;
  const files = await readApp(name);
  const hash = sameHash(`install/apps/${name}`, files, wanted);
  return withPrimary(world, input, async (primary) => {
    const before = await appStateOf(primary.session, input.app);
    if (before.code !== hash) {
      await load(input, primary, world, files);
    }
    if (before.entered === "") {
      await enter(input, primary, setupOf(name, files));
    }
    const { entered } = await appStateOf(primary.session, input.app);
    const changed = before.code !== hash || before.entered === "";
    return { version: contractVersion, app: name, hash, entered, changed };
  });
}

/** Loads the classes and remembers their hash when all compiled. The old one goes first: whoever
 *  comes after an interruption must load again. */
async function load(
  { app }: Input,
  { member, session }: Reached,
  world: World,
  files: readonly CodeFile[],
): Promise<void> {
  await sendClasses(world, member, files);
  const code = `^IrisMirrorApp(${literal(app.name)},"code")`;
  const lines = [
    `set $namespace=${literal(app.namespace)}`,
    `kill ${code}`,
    ...loadClassLines(files),
    `if problems="" set ${code}=${literal(app.hash)}`,
    `set o={} do o.%Set("code",$get(${code})) do o.%Set("problems",$get(problems))`,
    'set $namespace="%SYS"',
  ];
  const loaded = await askPlain(session, lines, openObject({ code: anyText, problems: anyText }));
  if (loaded.code !== app.hash) {
    throw notCompiled(member, loaded.problems);
  }
}

/** The class whose method Enter enters the first data: the one that is called Setup. */
function setupOf(app: string, files: readonly CodeFile[]): string {
  const setup = files.find(({ path }) => path.endsWith("/Setup.cls"));
  if (setup !== undefined) return setup.path.replace(/\.cls$/, "").replaceAll("/", ".");
  throw new MirrorError({
    code: "code-failed",
    subject: `install/apps/${app}`,
    seen: "it has no class Setup",
    remedy: "Add <package>/Setup.cls with a class method Enter.",
  });
}

/** The instance checks its role in the very call. */
async function enter(input: Input, { member, session }: Reached, setup: string): Promise<void> {
  const { name, namespace } = input.app;
  const answer = openObject({ done: flag });
  const { done } = await ask(session, answer, "App.Enter", { name, namespace, setup });
  if (done) return;
  throw new MirrorError({
    code: "no-primary",
    subject: input.mirror,
    seen: `${member.name} is not primary any more`,
    remedy: "Wait until the mirror is quiet (`npm run status`), then run the same command again.",
  });
}
