/** Reading keys back: the inverse of `key.ts`. */

/** A subscript and the offset behind it. */
export interface DecodedSubscript {
  readonly subscript: string;
  readonly next: number;
}

const exponentBias = 0x8000;

/** The name of the global a key belongs to, and where its subscripts begin. */
export function decodeName(key: Buffer): { name: string; next: number } {
  const end = key.indexOf(0);
  if (end < 0) throw new Error("A stored key has no end of its global's name.");
  return { name: key.toString("utf8", 0, end), next: end + 1 };
}

/** All subscripts of a key. */
export function decodeSubscripts(key: Buffer): string[] {
  const subscripts: string[] = [];
  for (let at = decodeName(key).next; at < key.length;) {
    const { subscript, next } = decodeSubscript(key, at);
    subscripts.push(subscript);
    at = next;
  }
  return subscripts;
}

/** The subscript that begins at an offset. */
export function decodeSubscript(key: Buffer, at: number): DecodedSubscript {
  switch (key[at]) {
    case 1:
      return { subscript: "", next: at + 1 };
    case 2:
      return decodeNegative(key, at + 1);
    case 3:
      return { subscript: "0", next: at + 1 };
    case 4:
      return decodePositive(key, at + 1);
    case 5:
      return decodeText(key, at + 1);
    default:
      throw new Error(`A stored key has the unknown kind ${String(key[at])} of subscript.`);
  }
}

function decodePositive(key: Buffer, at: number): DecodedSubscript {
  const end = key.indexOf(0, at + 2);
  const digits = key.toString("latin1", at + 2, end);
  return { subscript: numberText(digits, key.readUInt16BE(at) - exponentBias), next: end + 1 };
}

function decodeNegative(key: Buffer, at: number): DecodedSubscript {
  const end = key.indexOf(255, at + 2);
  const inverted = Buffer.from(key.subarray(at, end).map((byte) => 255 - byte));
  const digits = inverted.toString("latin1", 2);
  const exponent = inverted.readUInt16BE(0) - exponentBias;
  return { subscript: `-${numberText(digits, exponent)}`, next: end + 1 };
}

function numberText(digits: string, exponent: number): string {
  if (exponent <= 0) return `.${"0".repeat(-exponent)}${digits}`;
  if (digits.length <= exponent) return digits.padEnd(exponent, "0");
  return `${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

function decodeText(key: Buffer, from: number): DecodedSubscript {
  let end = key.indexOf(0, from);
  let isPlain = true;
  while (key[end + 1] === 255) {
    isPlain = false;
    end = key.indexOf(0, end + 2);
  }
  isPlain &&= !hasSurrogates(key, from, end);
  const subscript = isPlain ? key.toString("utf8", from, end) : decodeUnits(key, from, end);
  return { subscript, next: end + 1 };
}

/** Only halves of surrogate pairs are written as 0xed and 0xa0 or more. */
function hasSurrogates(key: Buffer, from: number, end: number): boolean {
  for (let at = key.indexOf(0xed, from); at >= 0 && at < end; at = key.indexOf(0xed, at + 1)) {
    if ((key[at + 1] ?? 0) >= 0xa0) return true;
  }
  return false;
}

function decodeUnits(key: Buffer, from: number, end: number): string {
  let text = "";
  for (let at = from; at < end;) {
    const first = key[at] ?? 0;
    const second = (key[at + 1] ?? 0) & 0x3f;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      at += first === 0 ? 2 : 1;
    } else if (first < 0xe0) {
      text += String.fromCharCode(((first & 0x1f) << 6) | second);
      at += 2;
    } else {
      const third = (key[at + 2] ?? 0) & 0x3f;
      text += String.fromCharCode(((first & 0x0f) << 12) | (second << 6) | third);
      at += 3;
    }
  }
  return text;
}
