/** What is collected for the vendor's grammar; `npm run grammar` finds whether it is right. */

import { expect, it } from "vitest";
import { parseTypedLine } from "../../rehearsal/objectscript/syntax/program.ts";
import { everythingSent } from "./sent.ts";

it("holds every class of install and the lines of every kind of question", async () => {
  const sent = await everythingSent();
  const lines = sent.filter(({ kind }) => kind === "line").map(({ text }) => text);
  const classes = sent.filter(({ kind }) => kind === "class").map(({ name }) => name);

  expect(classes).toEqual(
    expect.arrayContaining(["ZIrisMirror/Call.cls", "Company/Setup.cls", "Phonebook/Contact.cls"]),
  );
  for (const piece of [
    '"Mirror","Create"',
    "set irismirror=irismirror_",
    "$system.OBJ.Load(",
    '^IrisMirrorApp("PHONEBOOK","code")',
    "Config.Mirrors",
    " end>>",
  ]) {
    expect(
      lines.filter((line) => line.includes(piece)),
      piece,
    ).not.toEqual([]);
  }
  expect(lines.filter((line) => parseTypedLine(line).block === undefined)).toEqual([]);
});
