/** Words that random programs are made of. */

import { libraryClasses } from "../../../system/library/classes.ts";
import { testEnvironment } from "../session.ts";

/** Variables of every kind: local, global, of the process, of an object, by indirection. */
export const variables = [
  "x", "y", "a(1)", 'a("k",2)', "a", "^g(1)", "^g", "^g(1,2)", '^|"%SYS"|h(1)', "^||p(2)", "^(1)",
  "o.Name", "%z", "@n", "@n@(1)", "b",
] as const; // prettier-ignore

/** Sets most of them, so that a program gets beyond its first command. */
export const setVariables =
  'set x=1,y="a,b",n="a(1)",a=2,a(1)=3,a("k",2)="t",^g="w",^g(1)=5,^g(1,2)="6a",b=$lb(1,"q",,"z"),' +
  '%z="abc",^||p(2)=-.5,^|"%SYS"|h(1)="""",o=##class(A.B).%New(),d={"a":1,"b":[2,{"c":null}]}';

/** Numbers at the edges of what a number can be. */
export const numbers = [
  "0", "1", "-1", "1.5", ".5", "007.10", "1E5", "1E-130", "9.9E145", "1E400", "9223372036854775807",
  "9223372036854775808", "123456789012345678901234567890", "255", "65536", "2147483648", "66445",
] as const; // prettier-ignore

/** Texts that mean something to somebody: code, names, lists of options. */
export const texts = [
  '""', '"abc"', '"a,b,c"', '"x"', '"a(1)"', '"^g(1)"', '"set x=1"', '"*C"', '"*E"', '"U"', '"f"',
  '"3A"', '"S"', '",T"', '"P"', '""""', '"12:00:00"', '"2020-12-02"', '"99999999999999999999"',
  '"ä€"',  '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1"', '"{""a"":[1,{}]}"', '"[1,2"', '"/f.txt"', '"USER"', '"f^R"',
] as const; // prettier-ignore

/** Atoms of patterns (`x?1N.A`). */
export const patterns = [
  "1N", ".E", "1.3A", '1"a"', ".P1U", "1(1N,2A)", ".(.A,.N)", "3L", '.1"-"', ".(1.A)",
] as const; // prettier-ignore

/** Binary operators. */
export const operators = [
  "+", "-", "*", "/", "\\", "#", "**", "_", "=", "'=", "<", ">", "<=", ">=", "'<", "'>", "[", "'[",
  "]", "]]", "&", "'&", "!", "'!", "&&", "||",
] as const; // prettier-ignore

/** Arguments of each function: `e` a value, `v` a variable, `p` a place from either end (`*-1`);
 *  in upper case it may be left out. `$select`, `$case` and `$text` have forms of their own. */
export const functionShapes: Readonly<Record<string, string>> = {
  ascii: "eE", char: "eEE", classname: "E", classmethod: "eeE", data: "v", decimal: "eE",
  extract: "ePP", find: "eeE", fnumber: "eeE", get: "vE", increment: "vE", isobject: "e",
  isvalidnum: "eEEE", justify: "eeE", length: "eE", list: "ePP", listbuild: "EEEE",
  listdata: "eP", listfind: "eeE", listfromstring: "eE", listget: "ePE", listlength: "e",
  listnext: "evv", listsame: "ee", listtostring: "eEE", listvalid: "e", method: "eeE", name: "vE",
  next: "v", normalize: "ee", now: "E", number: "eEEE", order: "vEV", parameter: "ee",
  piece: "eePP",
   property: "ee", qlength: "e", qsubscript: "eE", query: "vEV", random: "e", replace: "eeeEEE",
  reverse: "e", sequence: "v", stack: "e", translate: "eeE", wascii: "eE", wchar: "eE",
  wextract: "eEE", wfind: "eeE", wlength: "e", wreverse: "e", zabs: "e", zboolean: "eee",
  zconvert: "eeEE", zdate: "eEEEEEE", zdateh: "eEEEEEE", zdatetime: "eEEEEEEE",
  zdatetimeh: "eEEEEEEE", zexp: "e", zhex: "e", zincrement: "vE", zln: "e", zlog: "e", zpower: "ee",
  zsqr: "e", zstrip: "eeEE", ztime: "eEEE", ztimeh: "eEE", zutil: "eE", zversion: "e",
}; // prettier-ignore

/** Special variables that can be read. */
export const specials = [
  "ecode", "estack", "etrap", "halt", "horolog", "io", "job", "key", "namespace", "principal",
  "quit", "roles", "stack", "storage", "system", "test", "this", "tlevel", "username", "x", "y",
  "zchild", "zeof", "zerror", "zhorolog", "zname", "znspace", "zreference", "ztimestamp",
  "ztimezone", "ztrap", "zversion",
] as const; // prettier-ignore

/** `##class(C).M`, all there are in the library. */
export const libraryMethods: readonly string[] = [
  ...libraryClasses(testEnvironment()).values(),
].flatMap(({ name, classMethods, create }) =>
  [...Object.keys(classMethods), ...(create === undefined ? [] : ["%New"])].map(
    (method) =>
      `##class(${name}).${/^[%\p{L}][\p{L}\p{N}]*$/u.test(method) ? method : `"${method}"`}`,
  ),
);

/** Members that objects of the library and of the programs have, or none has. */
export const members = [
  "Name", "H", "%Get", "%Set", "%Push", "%Pop", "%ToJSON", "%FromJSON", "%GetIterator", "%GetNext",
  "%Remove", "%Size", "%IsDefined", "DisplayString", "AsStatus", "Code", "Location", "Data", "Next",
  "%Next", "Get", "%Save", "%Id", "NoSuch", "%OnNew", "%Prepare", "%Execute", "Execute", "Prepare",
] as const; // prettier-ignore
