/** Elements of an XML text with the lines they begin on. */

import { parseXml, XmlElement, XmlError, XmlText, type XmlNode } from "@rgrove/parse-xml";
import { GenerationFault } from "../../objectscript/errors.ts";

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

/** Reads the text of an XData block, which holds one element.
 *  @throws GenerationFault for text that is not well formed, with its line */
export function readElement({ text, line }: PlacedText): Element {
  try {
    const { root } = parseXml(text, { includeOffsets: true });
    if (root === null) throw new GenerationFault([{ line, message: "no XML element" }]);
    return elementOf(root, (offset) => line + (text.slice(0, offset).match(/\n/g)?.length ?? 0));
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const message = (error.message.split(" (line")[0] ?? "").trim();
    throw new GenerationFault([{ line: line + error.line - 1, message }]);
  }
}

function elementOf(element: XmlElement, lineAt: (offset: number) => number): Element {
  const nodes: readonly XmlNode[] = element.children;
  return {
    tag: element.name,
    attributes: { ...element.attributes },
    children: nodes
      .filter((node) => node instanceof XmlElement)
      .map((child) => elementOf(child, lineAt)),
    text: nodes
      .filter((node) => node instanceof XmlText)
      .map((node) => node.text.trim())
      .join(""),
    line: lineAt(element.start),
  };
}
