/** Argument indirection: `set @x`, `do @x`, `kill @x`… The text is read as arguments. */
import { compileSteps, compileText } from "../compile/parts.ts";
import { indirectScope, withSyntaxError } from "../compile/indirection.ts";
import type { CommandContext, Execute } from "../compile/statement.ts";
import { runCode } from "../compile/code.ts";
import { runSteps } from "../run/block.ts";
import { parseLine } from "../syntax/program.ts";
import type { IndirectItem } from "../syntax/statements.ts";

/** Runs the command with arguments from text. The steps stand at the offset of the command, so
 *  that an error in them points there. */
export function runIndirect(
  command: string,
  item: IndirectItem,
  { scope, at }: CommandContext,
): Execute {
  const text = compileText(item.text, scope);
  return function* (frame) {
    const found = yield* runCode(text, frame);
    const steps = withSyntaxError(() =>
      compileSteps(parseLine(`${command} ${found}`), indirectScope(scope)),
    );
    return yield* runSteps(
      steps.map((step) => ({ ...step, at })),
      frame,
    );
  };
}
