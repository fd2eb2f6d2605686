/** Errors of the language, and the ways a process leaves its code that are no errors. */

/** Number of each error as `e.Code` and `DisplayString()` show it.
 *  Source: callin header of the product (IRIS_ER… constants). */
const codes: Readonly<Record<string, number>> = {
  "<MAXNUMBER>": 1,
  "<SELECT>": 2,
  "<SYNTAX>": 3,
  "<MAXSTRING>": 5,
  "<FUNCTION>": 6,
  "<INTERRUPT>": 7,
  "<NOLINE>": 8,
  "<UNDEFINED>": 9,
  "<SYSTEM>": 10,
  "<COMMAND>": 12,
  "<NAME>": 14,
  "<STORE>": 15,
  "<SUBSCRIPT>": 16,
  "<NOROUTINE>": 17,
  "<DIVIDE>": 18,
  "<FRAMESTACK>": 21,
  "<UNIMPLEMENTED>": 22,
  "<NOTOPEN>": 24,
  "<PROTECT>": 27,
  "<DATABASE>": 28,
  "<FILEFULL>": 29,
  "<NAKED>": 30,
  "<READ>": 37,
  "<WRITE>": 38,
  "<ENDOFFILE>": 39,
  "<PARAMETER>": 40,
  "<DIRECTORY>": 43,
  "<ILLEGAL VALUE>": 80,
  "<LIST>": 82,
  "<NAMESPACE>": 83,
  "<COMMITFAIL>": 84,
  "<ROLLFAIL>": 85,
  "<ECODETRAP>": 99,
  "<NULL VALUE>": 109,
  "<MISSING VALUE>": 110,
  "<VALUE OUT OF RANGE>": 112,
  "<INVALID CLASS>": 117,
  "<INVALID OREF>": 119,
  "<METHOD DOES NOT EXIST>": 120,
  "<PROPERTY DOES NOT EXIST>": 121,
  "<CLASS DOES NOT EXIST>": 122,
  "<CANNOT GET THIS PROPERTY>": 129,
  "<CANNOT SET THIS PROPERTY>": 130,
  "<NO CURRENT OBJECT>": 138,
  "<INVALID TYPE>": 162,
  "<INVALID ARGUMENT>": 164,
  "<PRIVATE PROPERTY>": 167,
  "<PRIVATE METHOD>": 168,
  "<TRANSACTION LEVEL>": 173,
  "<THROW>": 183,
};

/** What `$ecode` receives. Codes of the M standard where it has one, else `Z` and the name.
 *  Source: RCOS, $ECODE. */
const standardCodes: Readonly<Record<string, string>> = {
  "<SELECT>": "M4",
  "<DIVIDE>": "M9",
  "<NOLINE>": "M13",
  "<NOROUTINE>": "M13",
  "<MAXSTRING>": "M75",
};

/** $ZERROR never grows longer. Source: RCOS, $ZERROR. */
const longestText = 512;

/** An error of the language, such as `<UNDEFINED> *abc`. */
export class ObjectScriptError extends Error {
  /** With its angle brackets. */
  readonly code: string;
  /** What follows the place in `$ZERROR`: `*abc`, `*Method,Class`. */
  readonly info: string;
  /** `label+n^routine`, or `""` for a typed line; `undefined` until the place is known. */
  place: string | undefined;
  /** Where it happened, to show the line; `undefined` until the place is known. */
  source: { readonly text: string; readonly at: number; readonly isTyped: boolean } | undefined;
  /** False once the process has set `$zerror` and `$ecode` from it. */
  fresh = true;

  constructor(code: string, info = "") {
    super(info === "" ? code : `${code} ${info}`);
    this.name = "ObjectScriptError";
    this.code = code;
    this.info = info;
  }

  /** The text of `$ZERROR`. Source: RCOS, $ZERROR. */
  get text(): string {
    const info = this.info === "" ? "" : ` ${this.info}`;
    return `${this.code}${this.place ?? ""}${info}`.slice(0, longestText);
  }

  /** The entry for `$ecode`, without commas. */
  get ecode(): string {
    if (this.code === "<UNDEFINED>") return this.info.startsWith("^") ? "M7" : "M6";
    return standardCodes[this.code] ?? `Z${this.code.slice(1, -1)}`;
  }
}

/** Number of an error by its name.
 *  @default 0 for one whose number is not known */
export function errorNumber(code: string): number {
  return codes[code] ?? 0;
}

/** Whether the product has an error of that name, with its angle brackets. */
export function isErrorName(code: string): boolean {
  return code in codes;
}

/** Something the product has and this engine does not. A script cannot catch it: a program that
 *  goes on as if nothing happened would end with a success that means nothing. */
export class NotSimulated extends Error {
  constructor(what: string) {
    super(`not simulated: ${what}`);
    this.name = "NotSimulated";
  }
}

/** The process ends: `halt`, `Terminate`, or the end of its input. */
export class ProcessEnd extends Error {
  readonly exitStatus: number;

  constructor(exitStatus: number) {
    super(`process ends with ${String(exitStatus)}`);
    this.name = "ProcessEnd";
    this.exitStatus = exitStatus;
  }
}

/** Text that is not ObjectScript, where reading it stopped. Becomes `<SYNTAX>` when it runs. */
export class SyntaxFault extends Error {
  /** Offset in the text that was parsed. */
  readonly at: number;

  constructor(at: number, message = "syntax error") {
    super(message);
    this.name = "SyntaxFault";
    this.at = at;
  }
}

/** What a generator of code found wrong in the text it makes the code from. */
export class GenerationFault extends Error {
  /** Each with its line of the class file, counted from 1. */
  readonly faults: readonly { readonly line: number; readonly message: string }[];

  constructor(faults: GenerationFault["faults"]) {
    super(faults.map(({ line, message }) => `line ${String(line)}: ${message}`).join("; "));
    this.name = "GenerationFault";
    this.faults = faults;
  }
}

/** Throws where an expression wants a value. */
export function fail(code: string, info = ""): never {
  throw new ObjectScriptError(code, info);
}
