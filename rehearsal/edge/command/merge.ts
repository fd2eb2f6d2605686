/** `iris merge <instance> [merge-file] [target-CPF]`: has the running instance merge a file.
 *  Source: GCMF_reconfig. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import type { Profile } from "../../profile.ts";
import { eachFrame, InstanceDown, openControl } from "../control/client.ts";
import { encodeFrame } from "../control/frames.ts";
import { mergeFilesFrom } from "../merge-files.ts";
import type { Places } from "../places.ts";

const exitAnswer = z.object({ exit: z.number() });

/** The files to merge: those named, or those of the environment.
 *  @throws Error for words that mean something else, or when nothing is named */
export function filesToMerge(
  words: readonly string[],
  {
    places,
    profile,
    environment,
  }: { places: Places; profile: Profile; environment: NodeJS.ProcessEnv },
): readonly string[] {
  const [file = "", target = "", ...more] = words;
  if (more[0] !== undefined) throw new Error(`Unknown argument "${more[0]}"`);
  if (target !== "" && resolve(target) !== places.cpf) {
    throw new Error(`not simulated: merging into ${target}`);
  }
  const named = file === "" ? (environment["ISC_CPF_MERGE_FILE"] ?? "") : file;
  const files = mergeFilesFrom(named, profile);
  // Assumed: text and exit status.
  if (files.length === 0) throw new Error("No merge file: name one, or set ISC_CPF_MERGE_FILE");
  return files;
}

type Print = (bytes: Buffer) => void;

/** Merges files in their order and stops at the first that fails.
 *  @param print @default to standard output
 *  @returns the exit status
 *  @throws Error when a file cannot be read, InstanceDown when nobody answers */
export async function mergeFiles(
  places: Places,
  files: readonly string[],
  print: Print = (bytes) => process.stdout.write(bytes),
): Promise<number> {
  const read = files.map((file) => ({ path: resolve(file), text: textOf(file) }));
  for (const file of read) {
    const status = await mergeOne(places, file, print);
    if (status !== 0) return status;
  }
  return 0;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`Merge file ${file} cannot be read`, { cause });
  }
}

async function mergeOne(
  places: Places,
  file: { readonly path: string; readonly text: string },
  print: Print,
): Promise<number> {
  const socket = await openControl(places.controlSocket);
  socket.write(encodeFrame({ kind: "message", value: { ask: "merge", ...file } }));
  let status: number | undefined;
  await eachFrame(socket, (frame) => {
    if (frame.kind === "output") print(frame.bytes);
    if (frame.kind === "message") status = exitAnswer.parse(frame.value).exit;
  });
  if (status === undefined) throw new InstanceDown("the instance ended the merge");
  return status;
}
