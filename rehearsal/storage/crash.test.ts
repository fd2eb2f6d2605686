import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { comparePositions, startOfHistory } from "./position.ts";
import { slowMs } from "./testing/budgets.ts";
import { openInstance, TestProcess } from "./testing/instances.ts";
import { firstFile, temporaryDirectory } from "./testing/places.ts";
import type { InstanceStore } from "./instance-store.ts";

/** Promises after which the program is killed; the moment inside the work is nobody's choice. */
const killAfter = [1, 2, 3, 5, 8, 21, 40, 100, 250];

/** Runs the program until it has made this many promises, then kills it at once. */
async function runAndKill(directory: string, promises: number): Promise<string[]> {
  const worker = fileURLToPath(new URL("./testing/crash-worker.ts", import.meta.url));
  const child = spawn(process.execPath, [worker, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === lines.indexOf("ready") + 1 + promises && lines.includes("ready")) {
      child.kill("SIGKILL");
    }
  }
  await ended;
  expect(child.signalCode).toBe("SIGKILL");
  return lines;
}

/** What must hold in one database after a crash. */
function check(store: InstanceStore, namespace: string, lines: readonly string[]): void {
  const reader = new TestProcess(store, namespace);
  for (const line of lines) {
    const [kind, session = "", count = ""] = line.split(" ");
    if (kind !== namespace.toLowerCase()) continue;
    expect(reader.get("ledger", session, count), `lost: ${line}`).toBe("committed");
  }
  for (const [[session = ""], count] of reader.all("count")) {
    expect(reader.get("twin", session)).toBe(count);
    expect(reader.all("ledger").filter(([[owner]]) => owner === session)).toHaveLength(
      Number(count),
    );
  }
  const plain = reader.all("plain").map(([, value]) => Number(value));
  expect(plain).toEqual(plain.map((_, index) => index + 1));
}

test(
  "killed at any moment: every synchronous commit is there, no half transaction, sets in order",
  async () => {
    const directory = temporaryDirectory();
    const promised: string[] = [];
    for (const promises of killAfter) {
      promised.push(...(await runAndKill(directory, promises)));
      const { store } = await openInstance(directory);
      check(store, "OWN", promised);

      const journal = store.mirror.openJournal(firstFile.mirror, firstFile.mirrorGuid);
      const acknowledged = promised
        .filter((line) => line.startsWith("ack "))
        .map((line) => line.split(" ").map(Number))
        .map(([, file = 0, offset = 0]) => ({ file, offset }));
      const newest = acknowledged.at(-1) ?? startOfHistory;
      const [copy] = store.mirror.copies.mounted();
      const position = copy?.label.mirrored?.position ?? startOfHistory;
      expect(comparePositions(position, newest), "data before its acknowledgement").toBeLessThan(1);

      journal.beginFile({ ...firstFile, lineage: "check", createdEpochMs: Date.now() });
      await store.mirror.rollbackOpenTransactions();
      check(store, "MIRRORED", promised);
      await store.close();
    }
  },
  slowMs,
);
