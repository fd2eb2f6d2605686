/** The lexical layer: names, numbers, texts, blanks and comments at a place in the source. */

import { SyntaxFault } from "../errors.ts";
import { parseNumber } from "../numbers.ts";
import type { Numeric } from "../value.ts";

const namePattern = /[\p{L}%][\p{L}\p{N}]*/uy;
const labelPattern = /[\p{L}\p{N}%][\p{L}\p{N}]*/uy;
const dottedPattern = /%?[\p{L}\p{N}]+(?:\.[\p{L}\p{N}]+)*/uy;
const numberPattern = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?|\d+\./y;
const textPattern = /"(?:[^"\r\n]|"")*"/y;
const blankPattern = /[ \t]*/y;
const lineCommentPattern = /(?:;|\/\/|##?;)[^\r\n]*/y;
const blockCommentPattern = /\/\*[\s\S]*?\*\//y;
const lineEndPattern = /\r\n|\n|\r/y;

/** A place in source text that moves on as pieces are taken. */
export class Scanner {
  readonly text: string;
  at = 0;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  /** The character `ahead` of the place, `""` at the end. */
  peek(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Takes `text` if it stands here, in any letter case. */
  accept(text: string): boolean {
    const found = this.text.slice(this.at, this.at + text.length);
    if (found !== text && found.toLowerCase() !== text) return false;
    this.at += text.length;
    return true;
  }

  /** Takes `text`.
   *  @throws SyntaxFault when something else stands here */
  expect(text: string): void {
    if (!this.accept(text)) throw new SyntaxFault(this.at);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at += match[0].length;
    return match[0];
  }

  private need(pattern: RegExp): string {
    const found = this.take(pattern);
    if (found === undefined) throw new SyntaxFault(this.at);
    return found;
  }

  /** A name of a variable, method or property, if one stands here. */
  name(): string | undefined {
    return this.take(namePattern);
  }

  /** @throws SyntaxFault when no name stands here */
  needName(): string {
    return this.need(namePattern);
  }

  /** A label, which may begin with a digit. */
  label(): string | undefined {
    return this.take(labelPattern);
  }

  /** A name with dots in it: of a class, a routine, a global.
   *  @throws SyntaxFault when none stands here */
  needDottedName(): string {
    return this.need(dottedPattern);
  }

  /** A number, if one begins here. */
  number(): Numeric | undefined {
    const text = this.take(numberPattern);
    return text === undefined ? undefined : parseNumber(text);
  }

  /** The content of a quoted text, if one begins here.
   *  @throws SyntaxFault when it does not end on its line */
  quotedText(): string | undefined {
    if (this.peek() !== '"') return undefined;
    return this.need(textPattern).slice(1, -1).replaceAll('""', '"');
  }

  /** Passes blanks and tabs; how many there were. */
  skipBlanks(): number {
    return this.take(blankPattern)?.length ?? 0;
  }

  /** Passes a comment that begins here and runs to the end of its line, or `/*` … its end mark. */
  skipComment(): boolean {
    return (
      this.take(lineCommentPattern) !== undefined || this.take(blockCommentPattern) !== undefined
    );
  }

  skipLineEnd(): boolean {
    return this.take(lineEndPattern) !== undefined;
  }

  /** Passes blanks, line ends and comments. */
  skipSpace(): void {
    let moved = true;
    while (moved) {
      moved = this.skipBlanks() > 0 || this.skipLineEnd() || this.skipComment();
    }
  }

  /** Passes blanks, line ends and comments between the declarations of a class, where a semicolon
   *  ends a declaration and begins no comment. */
  skipLayout(): void {
    let moved = true;
    while (moved) {
      const isComment = this.peek() !== ";" && this.isAtComment;
      moved = this.skipBlanks() > 0 || this.skipLineEnd() || (isComment && this.skipComment());
    }
  }

  /** True where a line ends, or the text. */
  get isAtLineEnd(): boolean {
    const next = this.peek();
    return next === "" || next === "\n" || next === "\r";
  }

  /** True where a comment begins. */
  get isAtComment(): boolean {
    return (
      this.peek() === ";" ||
      this.startsWith("//") ||
      this.startsWith("/*") ||
      this.startsWith("#;") ||
      this.startsWith("##;")
    );
  }
}
