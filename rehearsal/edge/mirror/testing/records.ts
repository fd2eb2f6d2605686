/** What a client of a member writes and reads, without a session. */

import type { InstanceStore } from "../../../storage/instance-store.ts";
import { drive } from "../../../storage/process-store.ts";

/** A database's namespace on a running member. */
interface Where {
  readonly store: InstanceStore;
  readonly namespace: string;
}

/** Sets `^x(key)=value` in one transaction and waits until the commit is acknowledged. */
export async function writeRecord(
  { store, namespace }: Where,
  key: string,
  value: string,
): Promise<void> {
  const process = store.process({ jobNumber: 1, namespace });
  process.synchronousCommit = true;
  try {
    process.transactions.start();
    const reference = { name: "x", subscripts: [key] };
    for (;;) {
      const barrier = process.globals.writeBarrier(reference);
      if (barrier === undefined) break;
      await barrier;
    }
    process.globals.set(reference, value);
    await drive(process.transactions.commit());
  } finally {
    void process.end();
  }
}

/** The value of `^x(key)`; `undefined` where there is none. */
export function readRecord({ store, namespace }: Where, key: string): string | undefined {
  const process = store.process({ jobNumber: 2, namespace });
  try {
    return process.globals.get({ name: "x", subscripts: [key] });
  } finally {
    void process.end();
  }
}
