/** What goes into an `iris session` and what comes out, as text. Pure.
 *
 *  One complete command per line, because the terminal runs each line by itself. Prompts, banner
 *  and error displays stand around everything printed, in words that depend on version and locale,
 *  so an answer is one JSON object between markers of our own, and a second marker tells that the
 *  line is through whatever became of it. Source: GTER, published captures of sessions. */

/** What one line led to: the JSON between the markers, if there was any, and all it printed. */
export interface Turn {
  readonly json: string | undefined;
  readonly said: string;
  /** Output after the end marker. */
  readonly rest: string;
}

/** Longer arguments are handed over in pieces: how long a typed line may be is not documented. */
const pieceLength = 1000;

/** Lines that run one primitive of install/cls (`Mirror.Create`) with a JSON argument. */
export function callLines(id: number, primitive: string, argument: object): string[] {
  const [className = "", method = ""] = primitive.split(".");
  const head = `do ##class(ZIrisMirror.Call).Run(${id},"${className}","${method}",`;
  const json = asciiJson(argument);
  if (json.length <= pieceLength) {
    return [`${head}${literal(json)})`, endLine(id)];
  }
  const pieces = json.match(new RegExp(`.{1,${pieceLength}}`, "g")) ?? [];
  return [
    'set irismirror=""',
    ...pieces.map((piece) => `set irismirror=irismirror_${literal(piece)}`),
    `${head}irismirror)`,
    endLine(id),
  ];
}

/** Lines that run plain commands and print the value of an expression, which is JSON text. */
export function plainLines(id: number, commands: readonly string[], expression: string): string[] {
  // The markers are put together at run time: an error display repeats the line as it was typed,
  // and must not look like an answer.
  const answer = `write !,"<<irismirror"_" ${id} ",${expression}," irismirror"_" ${id}>>",!`;
  return [...commands, answer, endLine(id)];
}

function endLine(id: number): string {
  return `write !,"<<irismirror"_" ${id} end>>",!`;
}

/** The turn of line `id`, or `undefined` while its end marker has not come. */
export function readTurn(output: string, id: number): Turn | undefined {
  const end = `<<irismirror ${id} end>>`;
  const endAt = output.indexOf(end);
  if (endAt < 0) {
    return undefined;
  }
  const said = output.slice(0, endAt);
  return { json: between(said, id), said: tidy(said), rest: output.slice(endAt + end.length) };
}

function between(said: string, id: number): string | undefined {
  const open = `<<irismirror ${id} `;
  const from = said.indexOf(open);
  const to = said.indexOf(` irismirror ${id}>>`, from);
  if (from < 0 || to < 0) {
    return undefined;
  }
  // A device with a right margin would break long lines; JSON has no line ends of its own.
  return said.slice(from + open.length, to).replaceAll(/[\r\n]/g, "");
}

/** What a session printed, for a person: without banner, prompts and empty lines. */
export function tidy(said: string): string {
  return said
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !isDecoration(line))
    .join(" / ");
}

function isDecoration(line: string): boolean {
  return /^(TL\d+:)?%?[\w-]+( \d+[a-zA-Z]+\d*)*>$/.test(line) || /^Node: .*, Instance: /.test(line);
}

/** A string literal of ObjectScript. @throws RangeError for what a typed line cannot hold. */
export function literal(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\uffff]/.test(text)) {
    throw new RangeError(`not fit for a session line: ${JSON.stringify(text)}`);
  }
  return `"${text.replaceAll('"', '""')}"`;
}

/** JSON in ASCII only, so that no locale of a session can change it. */
export function asciiJson(value: object): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
