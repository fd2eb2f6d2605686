/** The language this engine speaks, as a grammar that makes programs at random. */

import fc from "fast-check";
import {
  functionShapes,
  libraryMethods,
  members,
  numbers,
  operators,
  patterns,
  specials,
  texts,
  variables,
} from "./words.ts";

type Text = fc.Arbitrary<string>;

/** A template in which every `<…>` stands for an arbitrary: `text("set <v>=<e>", {v, e})`. */
function text(template: string, parts: Readonly<Record<string, Text>>): Text {
  const [first = "", ...rest] = template.split(/<(\w)>/);
  const inserted = rest.filter((_, index) => index % 2 === 0);
  const fixed = rest.filter((_, index) => index % 2 === 1);
  return fc
    .tuple(...inserted.map((name) => parts[name] ?? fc.constant(`<${name}>`)))
    .map((values) => first + values.map((value, at) => value + (fixed[at] ?? "")).join(""));
}

const freeText = fc.string({ maxLength: 12 }).map((value) => `"${value.replaceAll('"', '""')}"`);
const literal = fc.oneof(fc.constantFrom(...numbers), fc.constantFrom(...texts), freeText);
const variable = fc.constantFrom(...variables);
const special = fc.constantFrom(...specials).map((name) => `$${name}`);
const pattern = fc
  .array(fc.constantFrom(...patterns), { minLength: 1, maxLength: 4 })
  .map((atoms) => atoms.join(""));

/** Arguments after one of `functionShapes`; missing ones stay as empty places. */
function shaped(shape: string, expression: Text): Text {
  const place = fc.oneof(expression, fc.constantFrom("*", "*-1", "*+1"));
  const kinds: Readonly<Record<string, Text>> = { e: expression, v: variable, p: place };
  const args = Array.from(shape, (letter) => {
    const kind = kinds[letter.toLowerCase()] ?? expression;
    const isOptional = letter !== letter.toLowerCase();
    return isOptional ? fc.oneof(fc.constant(""), kind) : kind;
  });
  return fc.tuple(...args).map((values) => values.join(",").replace(/,+$/, ""));
}

/** Calls of every function of the language. */
function functions(expression: Text): Text {
  const calls = Object.entries(functionShapes).map(([name, shape]) =>
    shaped(shape, expression).map((args) => `$${name}(${args})`),
  );
  return fc.oneof(...calls);
}

/** Calls of classes, objects and labels. */
function calls(e: Text): Text {
  const argument = fc.oneof(e, fc.constantFrom(".x", ".a", ".q", "", ".@n"));
  const l = fc.array(argument, { maxLength: 4 }).map((args) => args.join(","));
  const m = fc.constantFrom(...members);
  const c = fc.constantFrom(...libraryMethods);
  return fc.oneof(
    text("<c>(<l>)", { c, l }),
    text("##class(A.B).M(<l>)", { l }),
    text("o.<m>(<l>)", { m, l }),
    text("o.<m>", { m }),
    text("d.<m>(<l>)", { m, l }),
    text("$$f^R(<l>)", { l }),
    text('$classmethod("A.B","M",<l>)', { l }),
    text("$method(o,<e>,<l>)", { e, l }),
    text('{"a":(<e>),"b":[(<e>),null]}', { e }),
    text("[(<e>),true].<m>(<l>)", { e, m, l }),
  );
}

/** How deep the grammar nests: every pair of constructs meets, and a program can be read. */
const deepest = { expression: 3, statement: 2 } as const;

function expressions(e: Text): Text {
  const o = fc.constantFrom(...operators);
  return fc.oneof(
    { maxDepth: deepest.expression, withCrossShrink: true },
    { weight: 12, arbitrary: fc.oneof(literal, variable, special) },
    { weight: 4, arbitrary: functions(e) },
    { weight: 3, arbitrary: calls(e) },
    { weight: 1, arbitrary: text("<o><e>", { o: fc.constantFrom("-", "+", "'"), e }) },
    { weight: 1, arbitrary: text("(<e>)", { e }) },
    { weight: 1, arbitrary: text("<e><o><e>", { o, e }) },
    { weight: 1, arbitrary: text("(<e>)<n><p>", { e, n: fc.constantFrom("?", "'?"), p: pattern }) },
    { weight: 1, arbitrary: text("$select(<e>:<e>,1:<e>)", { e }) },
    { weight: 1, arbitrary: text("$case(<e>,1:<e>,:<e>)", { e }) },
  );
}

const bare = [
  "quit  ", "return  ", "goto  ", "tstart  ", "tcommit  ", "trollback  ", "trollback 1", "new  ",
  "zwrite  ", "write  ", "lock  ", "kill  ", "halt  ", "new x,y", "new (x,o)", "new $namespace",
  "new $etrap", "kill (x,o,n)", 'zn "%SYS"', 'open "/f.txt":"WN"', 'use "/f.txt"', 'close "/f.txt"',
  "use 0", "read x", "read !,y:1", "job f^R(1)", "job ##class(A.B).M(1)", "do f^R(.x,.y)",
  "set $ecode=\"\"", "goto f", "do f", "set $ztrap=\"f\"", "set $etrap=\"write 1 set $ecode=\"\"\"\"\"",
] as const; // prettier-ignore

function simpleStatements(e: Text): Text {
  const v = variable;
  const parts = { e, v };
  return fc.oneof(
    fc.constantFrom(...bare),
    text("set <v>=<e>,(<v>,<v>)=<e>", parts),
    text("set $piece(<v>,<e>,<e>)=<e>", parts),
    text("set $extract(<v>,<e>)=<e>", parts),
    text("set $list(<v>,<e>)=<e>", parts),
    text("set:<e> <v>=<e>", { v, e: text("(<e>)", { e }) }),
    text("set @(<e>)", parts),
    text("write <e>,!,?<e>,<e>", parts),
    text("write *<e>", parts),
    text("kill <v>", parts),
    text("zkill <v>", parts),
    text("zwrite <v>", parts),
    text("merge <v>=<v>", parts),
    text("do <c>", { c: calls(e).filter((call) => /^(##class|o\.\S+\(|d\.\S+\()/.test(call)) }),
    text("do @(<e>)", parts),
    text("xecute <e>", parts),
    text("throw <e>", parts),
    text("throw ##class(%Exception.General).%New(<e>,<e>,<e>,<e>)", parts),
    text("return (<e>)", parts),
    text("lock +^a(<e>):0,-^a(<e>)", parts),
    text("hang <e>", { e: fc.constantFrom("0", "-1", ".001", '"x"') }),
  );
}

function blocks(e: Text, s: Text): Text {
  const parts = { e, s };
  return fc.oneof(
    text("if (<e>) { <s> } elseif (<e>) { <s> } else { <s> }", parts),
    text("for i=1:1:3 { <s> continue:(<e>)  quit:(<e>)  }", parts),
    text("for i=<e>:<e>:<e> { <s> }", parts),
    text("for i=<e>,<e> { <s> }", parts),
    text("while (<e>) { <s> }", parts),
    text("do { <s> } while (<e>)", parts),
    text("try { <s> } catch b { <s> }", parts),
    text("for  { <s> quit  }", parts),
  );
}

const language = fc.letrec<{ expression: string; statement: string }>((tie) => ({
  expression: expressions(tie("expression")),
  statement: fc.oneof(
    { maxDepth: deepest.statement, withCrossShrink: true },
    { weight: 3, arbitrary: simpleStatements(tie("expression")) },
    { weight: 1, arbitrary: blocks(tie("expression"), tie("statement")) },
  ),
}));

/** One to three commands in a line. */
export const anyLine: Text = fc
  .array(language.statement, { minLength: 1, maxLength: 3 })
  .map((commands) => commands.join(" "));
