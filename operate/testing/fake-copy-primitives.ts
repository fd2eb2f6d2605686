/** The primitives of install/cls that a copy needs, played on facts in memory. */

import type { FakeDatabase, FakeInstance } from "./fake-instance.ts";
import type { Primitive } from "./fake-primitives.ts";

function changeFile(change: Partial<FakeDatabase>): Primitive {
  return (_world, own, { directory }) => {
    own.files.set(directory, { ...known(own, directory), ...change });
    return {};
  };
}

function known(own: FakeInstance, directory: string): FakeDatabase {
  const file = own.files.get(directory);
  if (file === undefined) throw new Error(`no database in ${directory}`);
  return file;
}

export const copyPrimitives: Readonly<Record<string, Primitive>> = {
  "Database.Mount": changeFile({ isDismounted: false }),
  "Database.Dismount": changeFile({ isDismounted: true }),
  "Database.Activate": changeFile({ needs: "catchup" }),
  "Database.CatchUp": (_world, own, { directory }) => {
    if (own.hasLostJournals) return { caughtUp: 0 };
    delete known(own, directory).needs;
    return { caughtUp: 1 };
  },
  "Freeze.Begin": (_world, own, { seconds }) => {
    own.frozenFor = seconds;
    if (own.frozen === "somebody else") return { state: "foreign" };
    // One that a killed run left is lifted and begun anew.
    own.frozen = "a step";
    return { state: "frozen" };
  },
  "Freeze.End": (_world, own) => {
    const held = own.frozen === "a step" ? 1 : 0;
    own.frozen = "nobody";
    return { held };
  },
};
