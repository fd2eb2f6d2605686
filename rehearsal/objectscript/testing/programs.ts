/** Programs at random, right and wrong ones, for tests that want any input at all. */

import fc from "fast-check";

const variables = [
  "x", "y", "a(1)", 'a("k")', "a", "^g(1)", "^g", "^||p(2)", "o.Name", "%z", "@n", "@n@(1)",
]; // prettier-ignore

const operands = [
  "1", '"abc"', "-1", "1.5", '""', "1E5", "x", "y", "n", "o", "a(1)", "^g(1)", "o.Name", "$h",
  "$zv", '$lb(1,,"b")', "$get(x)", '$order(a(""))', "$c(1,2)", '{"a":1}', "[1]", "$increment(x)",
  "$$f^R(x)", "##class(A.B).M(x,.y)", "$list(x)", '$piece(x,"b",1,2)', "$extract(y,2,*)",
  "$zhex(x)", '$fn(x,",",2)', "$j(x,y,2)", "$zdt(x,3)", "$query(a)", "$na(a(1))", "$qs(n,1)",
  "$case(x,1:2,:y)", "$s(x:1,1:y)", "$data(a)", '$zstrip(x,"*C")', "$tr(x,y)", "$replace(x,y,1)",
  "$lts(x)", "$lfs(x)", "$test", "$zerror", "$listget(x,y)", "$ascii(x,y)", "$find(x,y)", "x?1N.E",
  "x?@y", "$number(x,2)", '$classmethod("A.B","M",1)', "$property(o,n)", '$method(o,"H")',
  "$zdth(x,3)", "$zpower(x,y)",
]; // prettier-ignore

const operators = [
  "+", "-", "*", "/", "\\", "#", "**", "_", "=", "'=", "<", ">", "<=", ">=", "[", "]", "]]", "&",
  "!", "&&", "||",
]; // prettier-ignore

const { statement } = fc.letrec<{ expression: string; statement: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...operands),
    fc.tuple(fc.constantFrom("-", "+", "'"), tie("expression")).map(([sign, x]) => `${sign}${x}`),
    tie("expression").map((inner) => `(${inner})`),
    fc
      .tuple(tie("expression"), fc.constantFrom(...operators), tie("expression"))
      .map(([left, operator, right]) => left + operator + right),
  ),
  statement: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc
      .tuple(fc.constantFrom(...variables), tie("expression"))
      .map(([name, value]) => `set ${name}=${value}`),
    tie("expression").map((value) => `write ${value},!`),
    fc.constantFrom(...variables).map((name) => `kill ${name}`),
    fc.constantFrom(...variables).map((name) => `zwrite ${name}`),
    tie("expression").map((value) => `do f^R(${value})`),
    tie("expression").map((value) => `do ##class(A.B).M(${value},.q)`),
    tie("expression").map((value) => `xecute ${value}`),
    tie("expression").map((value) => `set $piece(a,",",${value})=x,$list(y,${value})=x`),
    tie("expression").map((value) => `set $extract(a,${value})=x`),
    tie("expression").map((value) => `throw ##class(%Exception.General).%New(${value})`),
    tie("expression").map((value) => `set $ztrap=${value}`),
    fc.constantFrom(
      "quit  ",
      "quit 1",
      "goto  ",
      "tstart  ",
      "tcommit  ",
      "new  ",
      "zw  ",
      "lock +^a",
    ),
    fc
      .tuple(tie("expression"), tie("statement"), tie("statement"))
      .map(([condition, yes, no]) => `if ${condition} { ${yes} } else { ${no} }`),
    tie("statement").map((body) => `for i=1:1:3 { ${body} }`),
    fc
      .tuple(tie("statement"), tie("statement"))
      .map(([body, handler]) => `try { ${body} } catch e { ${handler} }`),
  ),
}));

/** Typed lines with one to three commands. */
export const anyLines: fc.Arbitrary<string[]> = fc.array(
  fc.array(statement, { minLength: 1, maxLength: 3 }).map((commands) => commands.join(" ")),
  { minLength: 1, maxLength: 6 },
);
