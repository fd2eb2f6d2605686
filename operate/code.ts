/** The ObjectScript of install/ as it lies on disk: its files, its hash, one stream of it. */

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface CodeFile {
  /** Path inside install/cls or the application's folder, with slashes. */
  readonly path: string;
  readonly content: string;
}

const install = join(import.meta.dirname, "..", "install");
const directory = join(install, "cls");

/** All classes, sorted by path. */
export async function readCode(from = directory): Promise<CodeFile[]> {
  const entries = await readdir(from, { recursive: true });
  const paths = entries.filter((path) => path.endsWith(".cls")).toSorted();
  return Promise.all(
    paths.map(async (path) => ({
      path: path.replaceAll("\\", "/"),
      content: await readFile(join(from, path), "utf8"),
    })),
  );
}

/** All classes of a sample application. @throws Error with a code when there is no such folder */
export function readApp(name: string): Promise<CodeFile[]> {
  return readCode(join(install, "apps", name));
}

/** Changes when any class is added, removed, renamed or edited. */
export function hashOfCode(files: readonly CodeFile[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(`${file.path}\0${file.content.length}\0${file.content}`);
  }
  return hash.digest("hex").slice(0, 16);
}

const blockSize = 512;

/** A tar archive (ustar) of the files under one directory: what `tar -x` in the container reads.
 *  Owner and time are fixed, so the same code is the same bytes. */
export function archive(root: string, files: readonly CodeFile[]): Uint8Array {
  const parts = files.flatMap((file) => {
    const content = Buffer.from(file.content);
    const padding = Buffer.alloc((blockSize - (content.length % blockSize)) % blockSize);
    return [header(`${root}/${file.path}`, content.length), content, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * blockSize)]);
}

/** Offsets and widths as POSIX ustar has them. */
function header(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > 100) {
    throw new RangeError(`path too long for the archive: ${path}`);
  }
  const block = Buffer.alloc(blockSize);
  const octal = (value: number, width: number): string =>
    `${value.toString(8).padStart(width - 1, "0")}\0`;
  block.write(path, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\0", 257);
  block.write("00", 263);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
