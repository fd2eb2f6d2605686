/** Reads class files (UDL). Source: ROBJ, class definition syntax. */

import { SyntaxFault } from "../errors.ts";
import { lineNumber } from "../run/unit.ts";
import { Parser } from "../syntax/parser.ts";
import { parseFormals, parseType, parseTypeWithParameters } from "../syntax/program.ts";
import { codeBlockEnd, dataBlockEnd } from "./blocks.ts";
import type {
  ClassDefinition,
  MethodDefinition,
  ParameterDefinition,
  PropertyDefinition,
  StorageDefinition,
  XDataDefinition,
} from "./class-definition.ts";
import { parseKeywords, parseTypeParameters, restOfDeclaration } from "./keywords.ts";

const wordPattern = /[A-Za-z]+/y;

/** Members whose text ends at a closing brace in the first column. */
const withData: ReadonlySet<string> = new Set(["query", "trigger"]);
/** Members that are one declaration up to the semicolon. */
const declarations: ReadonlySet<string> = new Set([
  "index",
  "foreignkey",
  "projection",
  "relationship",
]);

interface Draft {
  readonly parameters: ParameterDefinition[];
  readonly properties: PropertyDefinition[];
  readonly methods: MethodDefinition[];
  readonly xdata: XDataDefinition[];
  readonly storages: StorageDefinition[];
  readonly others: { readonly kind: string; readonly name: string }[];
}

/** Parses the text of one class file.
 *  @throws SyntaxFault where it is none */
export function parseClassFile(text: string): ClassDefinition {
  const parser = new Parser(text);
  const header = parseHeader(parser);
  const draft: Draft = {
    ...{ parameters: [], properties: [], methods: [], xdata: [], storages: [], others: [] },
  };
  parser.skipLayout();
  parser.expect("{");
  for (;;) {
    parser.skipLayout();
    if (parser.accept("}")) break;
    parseMember(parser, draft);
  }
  parser.skipLayout();
  if (!parser.isAtEnd) throw new SyntaxFault(parser.at);
  return { ...header, ...draft };
}

function word(parser: Parser): string {
  wordPattern.lastIndex = parser.at;
  const match = wordPattern.exec(parser.text);
  if (match === null) throw new SyntaxFault(parser.at);
  parser.at += match[0].length;
  return match[0].toLowerCase();
}

function parseHeader(
  parser: Parser,
): Pick<ClassDefinition, "name" | "superclasses" | "imports" | "includes" | "keywords"> {
  const imports: string[] = [];
  const includes: string[] = [];
  for (;;) {
    parser.skipLayout();
    const directive = word(parser);
    parser.skipBlanks();
    if (directive === "class") break;
    const names = parseNames(parser);
    if (directive === "import") imports.push(...names);
    else if (directive === "include") includes.push(...names);
    else if (directive !== "includegenerator") throw new SyntaxFault(parser.at);
  }
  const name = parser.needDottedName();
  parser.skipLayout();
  const superclasses = parser.accept("extends ") ? parseNames(parser) : [];
  return { name, superclasses, imports, includes, keywords: parseKeywords(parser) };
}

/** `A.B` or `(A.B, C)`. */
function parseNames(parser: Parser): string[] {
  parser.skipLayout();
  if (!parser.accept("(")) return [parser.needDottedName()];
  return parser.listUntil(")", () => parser.needDottedName());
}

function parseMember(parser: Parser, draft: Draft): void {
  const start = parser.at;
  const kind = word(parser);
  parser.skipBlanks();
  if (kind === "method" || kind === "classmethod") {
    draft.methods.push(parseMethod(parser, kind === "classmethod"));
  } else if (kind === "property") draft.properties.push(parseProperty(parser));
  else if (kind === "parameter") draft.parameters.push(parseParameter(parser));
  else if (kind === "xdata") draft.xdata.push(parseXData(parser));
  else if (withData.has(kind)) draft.others.push({ kind, name: parseDataMember(parser).name });
  else if (kind === "storage") draft.storages.push(parseDataMember(parser));
  else if (declarations.has(kind)) {
    draft.others.push({ kind, name: memberName(parser) });
    restOfDeclaration(parser);
  } else throw new SyntaxFault(start);
}

function memberName(parser: Parser): string {
  const quoted = parser.quotedText();
  return quoted ?? parser.needName();
}

function parseMethod(parser: Parser, isClassMethod: boolean): MethodDefinition {
  const name = memberName(parser);
  parser.expect("(");
  const formals = parseFormals(parser);
  const returnType = parseType(parser);
  const keywords = parseKeywords(parser);
  parser.skipLayout();
  parser.expect("{");
  const isObjectScript =
    (keywords.get("language") ?? "objectscript").toLowerCase() === "objectscript";
  const end = isObjectScript ? codeBlockEnd(parser) : dataBlockEnd(parser);
  const body = parser.text.slice(parser.at, end);
  parser.at = end + 1;
  return { name, isClassMethod, formals, returnType, keywords, body: withoutFirstBreak(body) };
}

/** The text behind the opening brace, from its first own line on. */
function withoutFirstBreak(body: string): string {
  return body.replace(/^[ \t]*\r?\n/, "").replace(/[ \t]+$/, "");
}

function parseProperty(parser: Parser): PropertyDefinition {
  const name = memberName(parser);
  const collection = parseCollection(parser);
  const { type, parameters } =
    collection === undefined
      ? parseTypeWithParameters(parser)
      : { type: parser.needDottedName(), parameters: "" };
  if (collection !== undefined && parser.accept("(")) restOfDeclaration(parser, ")");
  const keywords = parseKeywords(parser);
  parser.skipLayout();
  parser.expect(";");
  const typeParameters = parseTypeParameters(parameters);
  return { name, type, typeParameters, collection, keywords };
}

function parseCollection(parser: Parser): PropertyDefinition["collection"] {
  const match = /\s*as\s+(list|array)\s+of\s+/iy;
  match.lastIndex = parser.at;
  const found = match.exec(parser.text);
  if (found === null) return undefined;
  parser.at += found[0].length;
  return found[1]?.toLowerCase() === "list" ? "list" : "array";
}

function parseParameter(parser: Parser): ParameterDefinition {
  const name = memberName(parser);
  parseType(parser);
  parseKeywords(parser);
  parser.skipLayout();
  if (!parser.accept("=")) {
    parser.expect(";");
    return { name, value: '""' };
  }
  return { name, value: restOfDeclaration(parser).trim() };
}

function parseDataMember(parser: Parser): { readonly name: string; readonly text: string } {
  const name = memberName(parser);
  const open = parser.text.indexOf("{", parser.at);
  if (open === -1) throw new SyntaxFault(parser.at);
  parser.at = open + 1;
  const end = dataBlockEnd(parser);
  parser.at = end + 1;
  return { name, text: parser.text.slice(open + 1, end) };
}

function parseXData(parser: Parser): XDataDefinition {
  const name = memberName(parser);
  const keywords = parseKeywords(parser);
  parser.skipLayout();
  parser.expect("{");
  const start = parser.at;
  const end = dataBlockEnd(parser);
  parser.at = end + 1;
  const line = lineNumber(parser.text, start) + 1;
  return { name, keywords, text: parser.text.slice(start, end), line };
}
