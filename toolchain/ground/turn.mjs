/** One at a time: what two runs on this machine must not do at once. */

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { notFound } from "./child.mjs";
import { phase } from "./progress.mjs";

/**
 * Waits until nobody else does this kind of work, does it, and lets the next one in. The lock is
 * the kernel's (flock), held by a small child that ends with us: a run that is killed leaves none
 * behind. Where flock(1) is missing there is no lock.
 * @template Result
 * @param {string} folder  where the lock lies; who shares it takes turns
 * @param {string} name  of the kind of work
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function inTurn(folder, name, work) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.lock`);
  const release = await phase(`Waiting for another run (${name})`, (report) =>
    take(file, () => {
      report(`held by ${holderOf(file)}`);
    }),
  );
  try {
    return await work();
  } finally {
    release();
  }
}

/**
 * @param {string} file
 * @param {() => void} onWaiting
 * @returns {Promise<() => void>} lets go of the lock
 */
function take(file, onWaiting) {
  onWaiting();
  // A group of its own: Ctrl-C in the terminal must not take the lock away while we clean up.
  const holder = spawn("flock", [file, "sh", "-c", "echo held; exec cat"], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  return new Promise((resolve, reject) => {
    const letGo = () => {
      holder.stdin.end();
    };
    holder.once("error", () => {
      resolve(() => undefined);
    });
    holder.once("exit", (code) => {
      if (code === notFound) {
        resolve(() => undefined);
      }
      reject(new Error(`flock ${file} ended with exit code ${code}`));
    });
    createInterface({ input: holder.stdout }).once("line", () => {
      writeFileSync(file, `process ${process.pid} since ${new Date().toISOString()}\n`);
      resolve(letGo);
    });
  });
}

/** @param {string} file */
function holderOf(file) {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "somebody";
  }
}
