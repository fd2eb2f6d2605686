/** Sessions as an administrator has them: `docker exec -i <container> iris session IRIS -U <ns>`. */

import { docker } from "./docker.ts";

/** Sends lines and gives what each of them printed.
 *  @returns one text per line, without the prompts around it */
export async function session(
  container: string,
  namespace: string,
  lines: readonly string[],
): Promise<string[]> {
  const args = ["exec", "-i", container, "iris", "session", "IRIS", "-U", namespace];
  // The newline that `halt` prints closes the last prompt; running a program trims it.
  const text = `${await docker(args, `${[...lines, "halt"].join("\n")}\n`)}\n`;
  // A prompt begins its line and nothing follows it: `USER>`, `TL1:USER>`, `USER 2d1>`.
  const parts = text.split(/\n(?:TL\d+:)?%?[A-Z][A-Z0-9-]*(?: \d+[a-zA-Z]\d+)?>\n/);
  return parts.slice(1, lines.length + 1).map((part) => part.replace(/\n$/, ""));
}

/** What one line printed. */
export async function line(container: string, namespace: string, text: string): Promise<string> {
  return (await session(container, namespace, [text]))[0] ?? "";
}
