/** Writes a class of an export file as the text of a class file. */

import type { Element } from "@xmldom/xmldom";
import { NotSimulated } from "../../errors.ts";
import { elementsIn, textIn } from "./elements.ts";
import { formalsText } from "./formal-spec.ts";

/** Elements of a class that say nothing that matters here. */
const withoutEffect: ReadonlySet<string> = new Set(["Description", "TimeChanged", "TimeCreated"]);

const members: Readonly<Record<string, (member: Element) => string>> = {
  Parameter: parameterText,
  Property: propertyText,
  Method: methodText,
  XData: xdataText,
};

/** The text of a class file.
 *  Assumed: a class that says nothing of ProcedureBlock has its variables in common: that is the
 *  first value of the keyword in the class dictionary.
 *  @throws NotSimulated for members other than parameters, properties, methods and XData */
export function classText(element: Element): string {
  const name = nameOf(element);
  const procedureBlock = textIn(element, "ProcedureBlock") ?? "0";
  const keywords = keywordsText(
    element,
    ["Super", "Import", "IncludeCode", "ProcedureBlock"],
    [procedureBlock === "1" ? "ProcedureBlock" : "Not ProcedureBlock"],
  );
  const body = elementsIn(element)
    .filter(isMember)
    .map((member) => {
      const write = members[member.tagName];
      if (write === undefined) {
        throw new NotSimulated(`<${member.tagName}> ${nameOf(member)} of ${name} in an XML export`);
      }
      return write(member);
    });
  const superclasses = names(textIn(element, "Super"));
  const extending = superclasses === "" ? "" : ` Extends ${superclasses}`;
  const imports = names(textIn(element, "Import"));
  const includes = names(textIn(element, "IncludeCode"));
  const head = [
    ...(imports === "" ? [] : [`Import ${imports}`]),
    ...(includes === "" ? [] : [`Include ${includes}`]),
    `Class ${name}${extending}${keywords}`,
  ];
  return [...head, "{", ...body, "}", ""].join("\n");
}

/** Members have names; keywords have none. */
function isMember(element: Element): boolean {
  return element.hasAttribute("name");
}

function nameOf(element: Element): string {
  return element.getAttribute("name") ?? "";
}

/** `A,B` as `(A, B)`. */
function names(text = ""): string {
  const found = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return found.length === 0 ? "" : `(${found.join(", ")})`;
}

/** The elements without name as ` [ Keyword, Not Keyword, Keyword = value ]`.
 *  @param taken names of those that stand elsewhere in a class file */
function keywordsText(
  element: Element,
  taken: readonly string[],
  first: readonly string[] = [],
): string {
  const keywords = elementsIn(element)
    .filter((one) => !isMember(one) && !withoutEffect.has(one.tagName))
    .filter((one) => !taken.includes(one.tagName))
    .map(keywordText);
  const all = [...first, ...keywords];
  return all.length === 0 ? "" : ` [ ${all.join(", ")} ]`;
}

function keywordText(element: Element): string {
  const { tagName } = element;
  const value = element.textContent ?? "";
  if (elementsIn(element).length > 0) throw new NotSimulated(`<${tagName}> in an XML export`);
  if (tagName === "InitialExpression") return `${tagName} = {${value}}`;
  if (value === "1") return tagName;
  if (value === "0") return `Not ${tagName}`;
  if (tagName === "PublicList") return `${tagName} = ${names(value)}`;
  return `${tagName} = ${/^[\w.%]+$/.test(value) ? value : quoted(value)}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A value that is no number is text. An expression stands in braces. */
function parameterText(element: Element): string {
  const expression = textIn(element, "Expression");
  const value = textIn(element, "Default") ?? "";
  if (textIn(element, "Type") === "COSEXPRESSION") {
    throw new NotSimulated(`parameter ${nameOf(element)} As COSEXPRESSION in an XML export`);
  }
  const literal = /^-?\d+(?:\.\d+)?$/.test(value) ? value : quoted(value);
  const source = expression === undefined ? literal : `{${expression}}`;
  return `Parameter ${nameOf(element)} = ${source};`;
}

function propertyText(element: Element): string {
  const type = textIn(element, "Type");
  const collection = textIn(element, "Collection");
  const parameters = elementsIn(element)
    .filter(({ tagName }) => tagName === "Parameter")
    .map((one) => `${nameOf(one)} = ${quoted(one.getAttribute("value") ?? "")}`);
  const typed = collection === undefined ? type : `${collection} Of ${type ?? "%String"}`;
  const as = typed === undefined ? "" : ` As ${typed}`;
  const list = parameters.length === 0 ? "" : `(${parameters.join(", ")})`;
  const keywords = keywordsText(element, ["Type", "Collection"]);
  return `Property ${memberName(element)}${as}${list}${keywords};`;
}

function methodText(element: Element): string {
  const kind = textIn(element, "ClassMethod") === "1" ? "ClassMethod" : "Method";
  const formals = formalsText(textIn(element, "FormalSpec") ?? "");
  const type = textIn(element, "ReturnType");
  const as = type === undefined ? "" : ` As ${type}`;
  const taken = ["ClassMethod", "FormalSpec", "ReturnType", "ReturnTypeParams", "Implementation"];
  const keywords = keywordsText(element, taken);
  const code = textIn(element, "Implementation") ?? "";
  return `${kind} ${memberName(element)}(${formals})${as}${keywords}\n{${startingLine(code)}\n}`;
}

/** Data ends at a brace in the first column, so none may stand there before its end. */
function xdataText(element: Element): string {
  const data = textIn(element, "Data") ?? "";
  if (/^\}/m.test(data)) throw new NotSimulated(`XData ${nameOf(element)} with } in column 1`);
  return `XData ${nameOf(element)}${keywordsText(element, ["Data"])}\n{${startingLine(data)}\n}`;
}

function startingLine(text: string): string {
  return /^\r?\n/.test(text) ? text.trimEnd() : `\n${text.trimEnd()}`;
}

/** A name with characters that need it stands in quotes. */
function memberName(element: Element): string {
  const name = nameOf(element);
  return /^%?[A-Za-z][A-Za-z\d]*$/.test(name) ? name : quoted(name);
}
