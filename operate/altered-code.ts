/** Whether the classes of install/cls are in an instance as they were loaded. What was loaded is
 *  kept beside its hash as the text the instance itself gives, and compared with what it gives now.
 *  Source: %Compiler.UDL.TextServices as public repositories call it. Where an instance has no such
 *  class nothing is kept, and nothing is called altered. */

import type { CodeFile } from "./code.ts";
import { anyText, openObject } from "./contract/shape.ts";
import { askPlain } from "./plain-question.ts";
import type { Session } from "./session.ts";
import { literal } from "./session-text.ts";

const textOf = (name: string): string =>
  `do ##class(%Compiler.UDL.TextServices).GetTextAsString("%SYS",${name},.text)`;

/** Session lines that keep the text of every class that was loaded. */
export function keepTextLines(files: readonly CodeFile[]): string[] {
  return [
    'kill ^ZIrisMirror("text")',
    ...files.map(({ path }) => {
      const name = literal(path.replace(/\.cls$/, "").replaceAll("/", "."));
      return `kill text ${textOf(name)} set:$data(text) ^ZIrisMirror("text",${name})=text`;
    }),
  ];
}

/** Session lines that put the names of altered classes into the object `o`, spaces between. */
export const alteredLines: readonly string[] = [
  'set altered="",name=""',
  `for { set name=$order(^ZIrisMirror("text",name)) quit:name=""  kill text ${textOf("name")} ` +
    'if $get(text)\'=^ZIrisMirror("text",name) set altered=altered_" "_name }',
  'do o.%Set("altered",$extract(altered,2,*))',
];

/** Names of the classes that somebody changed or removed, spaces between. */
export const alteredClasses = async (session: Session): Promise<string> =>
  (await askPlain(session, ["set o={}", ...alteredLines], openObject({ altered: anyText })))
    .altered;
