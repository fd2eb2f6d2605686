/** Elements of an XML text with the lines they begin on. */

import { DOMParser, ParseError, type Element as XmlElement } from "@xmldom/xmldom";
import { z } from "zod";
import { GenerationFault } from "../../objectscript/errors.ts";
import { elementsIn } from "../../objectscript/source/xml/elements.ts";

/** An element of the manifest. Its comments are left out. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Text between its tags that is not blank; elements of manifests have none. */
  readonly text: string;
  /** Line of the class file, counted from 1. */
  readonly line: number;
}

/** Where the text stands in the class file. */
interface PlacedText {
  readonly text: string;
  readonly line: number;
}

/** What the parser says of the place of a fault. */
const placed = z.object({ locator: z.object({ lineNumber: z.number() }) });

/** Reads the text of an XData block, which holds one element.
 *  @throws GenerationFault for text that is not well formed, with its line */
export function readElement({ text, line }: PlacedText): Element {
  let fault = { line, message: "no XML element" };
  const parser = new DOMParser({
    onError(level, message, context) {
      if (level === "warning") return;
      const { lineNumber } = placed.parse(context).locator;
      fault = { line: line + Math.max(0, lineNumber - 1), message };
      throw new ParseError(message);
    },
  });
  try {
    const { documentElement } = parser.parseFromString(text, "text/xml");
    if (documentElement !== null) return elementOf(documentElement, line - 1);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
  }
  throw new GenerationFault([fault]);
}

function elementOf(element: XmlElement, linesBefore: number): Element {
  const texts = [...element.childNodes].filter(
    ({ nodeType }) => nodeType === element.TEXT_NODE || nodeType === element.CDATA_SECTION_NODE,
  );
  return {
    tag: element.tagName,
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
    children: elementsIn(element).map((child) => elementOf(child, linesBefore)),
    text: texts.map(({ nodeValue }) => (nodeValue ?? "").trim()).join(""),
    line: linesBefore + (element.lineNumber ?? 1),
  };
}
