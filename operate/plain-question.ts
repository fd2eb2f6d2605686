/** Asks an instance in plain session lines: what is to be known before our classes are there. */

import { fit, type Shape } from "./contract/shape.ts";
import { MirrorError } from "./mirror-error.ts";
import type { Session } from "./session.ts";

/** Runs lines that fill the object `o`, and gives `o`.
 *  @throws MirrorError `no-answer` when it is not what was asked for, with what was printed */
export async function askPlain<Out, In>(
  session: Session,
  lines: readonly string[],
  shape: Shape<Out, In>,
): Promise<Out> {
  const { answer, said } = await session.plain(lines, "o.%ToJSON()");
  const read = fit(shape, answer);
  if ("value" in read) return read.value;
  throw new MirrorError({
    code: "no-answer",
    subject: session.member.container,
    seen: `the session printed: ${said}`,
    remedy: "Look into the container's log, then run the same command again.",
  });
}
