/** XML export files: `<Export generator="Cache"|"IRIS">` with classes and routines. Each class
 *  becomes the text of a class file, so that there is one way to load a class.
 *  Source: exported files in public repositories. */

import { DOMParser, ParseError, type Element } from "@xmldom/xmldom";
import { NotSimulated, SyntaxFault } from "../../errors.ts";
import { classText } from "./class-text.ts";
import { elementsIn } from "./elements.ts";

/** What an export file holds. */
export type ExportedItem =
  | { readonly kind: "class"; readonly name: string; readonly text: string }
  | {
      readonly kind: "routine";
      readonly name: string;
      readonly type: "mac" | "int" | "inc";
      readonly text: string;
    };

/** True for text that is no class file and no routine but XML. */
export function isXml(text: string): boolean {
  return /^\uFEFF?\s*<(?:\?xml|Export\b)/i.test(text);
}

/** Reads an export file.
 *  @throws SyntaxFault for what is no such file
 *  @throws NotSimulated for what it may hold and this engine does not take */
export function parseExportFile(text: string): ExportedItem[] {
  const root = rootOf(text);
  if (root.tagName !== "Export" || !/^(?:Cache|IRIS)$/.test(root.getAttribute("generator") ?? "")) {
    throw new SyntaxFault(0, `<${root.tagName}> is no export of classes and routines`);
  }
  return elementsIn(root).map(itemOf);
}

function rootOf(text: string): Element {
  try {
    const document = new DOMParser({
      onError: (level, message) => {
        if (level !== "warning") throw new ParseError(message);
      },
    }).parseFromString(text.replace(/^\uFEFF?\s*/, ""), "text/xml");
    if (document.documentElement !== null) return document.documentElement;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new SyntaxFault(0, `no well-formed XML: ${error.message.split("\n")[0] ?? ""}`);
  }
  throw new SyntaxFault(0, "an empty XML document");
}

const routineTypes = { MAC: "mac", INT: "int", INC: "inc" } as const;

function itemOf(element: Element): ExportedItem {
  const name = element.getAttribute("name") ?? "";
  if (element.tagName === "Class") return { kind: "class", name, text: classText(element) };
  const type = element.getAttribute("type") ?? "";
  if (element.tagName !== "Routine" || !isRoutineType(type)) {
    throw new NotSimulated(`<${element.tagName}> ${name} in an XML export`);
  }
  const text = (element.textContent ?? "").replace(/^\r?\n/, "");
  return { kind: "routine", name, type: routineTypes[type], text };
}

function isRoutineType(type: string): type is keyof typeof routineTypes {
  return Object.hasOwn(routineTypes, type);
}
