/** Text of a configuration parameter file: sections of `key=value`, comments, CR LF line ends.
 *  Source: RACS. Pure. */

/** A line of a section: an entry, or text that is kept as it is (comment, blank line). */
type CpfLine =
  | { readonly kind: "entry"; readonly key: string; readonly value: string }
  | { readonly kind: "text"; readonly text: string };

/** `[Name]` and what follows it. */
export interface CpfSection {
  readonly name: string;
  readonly lines: readonly CpfLine[];
}

/** A parsed file; what stands before the first section has the name `""`. */
export type Cpf = readonly CpfSection[];

/** A line that is neither section, entry, comment nor blank. */
class CpfFault extends Error {
  /** Counted from 1. */
  readonly line: number;

  constructor(line: number, text: string) {
    super(`Line ${line} of the configuration file is no "key=value": ${text}`);
    this.name = "CpfFault";
    this.line = line;
  }
}

/** Reads a file. Sections and keys may repeat; who uses the result decides what that means.
 *  @throws CpfFault naming the line */
export function parseCpf(text: string): Cpf {
  const sections: { name: string; lines: CpfLine[] }[] = [{ name: "", lines: [] }];
  for (const [index, line] of text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    const section = /^\s*\[([^\]]+)\]\s*$/.exec(line);
    if (section === null) sections.at(-1)?.lines.push(parseLine(line, index + 1));
    else sections.push({ name: (section[1] ?? "").trim(), lines: [] });
  }
  return sections
    .map(withoutClosingBlanks)
    .filter(({ name, lines }) => name !== "" || lines.length);
}

function parseLine(line: string, number: number): CpfLine {
  const trimmed = line.trim();
  if (trimmed === "" || /^[#;]/.test(trimmed)) return { kind: "text", text: line };
  const equals = line.indexOf("=");
  if (equals < 1) throw new CpfFault(number, line);
  return {
    kind: "entry",
    key: line.slice(0, equals).trim(),
    value: line.slice(equals + 1).trim(),
  };
}

function withoutClosingBlanks(section: CpfSection): CpfSection {
  const isText = (line: CpfLine): boolean => line.kind === "entry" || line.text.trim() !== "";
  return { ...section, lines: section.lines.slice(0, section.lines.findLastIndex(isText) + 1) };
}

/** Writes a file: a blank line between sections, CR LF. */
export function formatCpf(cpf: Cpf): string {
  const blocks = cpf.map(({ name, lines }) => {
    const texts = lines.map((line) =>
      line.kind === "entry" ? `${line.key}=${line.value}` : line.text,
    );
    return [...(name === "" ? [] : [`[${name}]`]), ...texts, ""].join("\r\n");
  });
  return blocks.join("\r\n");
}

const same = (left: string, right: string): boolean => left.toUpperCase() === right.toUpperCase();

/** The value of a key, of the last entry where it stands twice. Neither name cares for case. */
export function cpfValue(cpf: Cpf, section: string, key: string): string | undefined {
  return cpfEntries(cpf, section).findLast((entry) => same(entry.key, key))?.value;
}

/** The entries of a section in order. */
export function cpfEntries(cpf: Cpf, section: string): { key: string; value: string }[] {
  return cpf
    .filter(({ name }) => same(name, section))
    .flatMap(({ lines }) => lines)
    .filter((line) => line.kind === "entry")
    .map(({ key, value }) => ({ key, value }));
}

/** With this value; a new key goes to the end of its section, a new section to the end. */
export function withCpfValue(cpf: Cpf, section: string, key: string, value: string): Cpf {
  const isEntry = (line: CpfLine): boolean => line.kind === "entry" && same(line.key, key);
  const holder =
    cpf.findLast(({ name, lines }) => same(name, section) && lines.some(isEntry)) ??
    cpf.findLast(({ name }) => same(name, section));
  const entry = { kind: "entry", key, value } as const;
  if (holder === undefined) return [...cpf, { name: section, lines: [entry] }];
  const place = holder.lines.findLastIndex(isEntry);
  const lines =
    place < 0
      ? [...holder.lines, entry]
      : holder.lines.map((line, index) =>
          index === place && line.kind === "entry" ? { ...line, value } : line,
        );
  return cpf.map((candidate) => (candidate === holder ? { ...holder, lines } : candidate));
}

/** Without this key. */
export function withoutCpfKey(cpf: Cpf, section: string, key: string): Cpf {
  return cpf.map((candidate) =>
    same(candidate.name, section)
      ? {
          ...candidate,
          lines: candidate.lines.filter((line) => line.kind !== "entry" || !same(line.key, key)),
        }
      : candidate,
  );
}

/** Without this section. */
export function withoutCpfSection(cpf: Cpf, section: string): Cpf {
  return cpf.filter(({ name }) => !same(name, section));
}
