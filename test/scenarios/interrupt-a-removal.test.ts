/** What happens: an `up` that takes something out is ended in its middle, by Ctrl-C or by `kill -9`.
 *  What must hold: the next `up` finishes it, to the same end as one that nobody ended.
 *  How it is measured: what is taken out and the step are drawn (and printed) or, by
 *  `npm run test:interrupt`, each one in turn; the list of members, `iris qlist`, the list of mirrored
 *  databases, what Docker has, and Pulumi's verdict at the end. */

import { expect, it } from "vitest";
import { Checkout } from "../support/checkout.ts";
import { type Ending, interruptedUp } from "../support/interrupted-up.ts";
import { arrives, listedMembers, memberStatus, wholePair } from "../support/mirror-state.ts";
import { changesOf } from "../support/preview.ts";
import { line } from "../support/session.ts";
import { TestStack } from "../support/test-stack.ts";

const named = { COMPANY: {}, CUSTOMER: {} };
const pair: Record<string, object> = { mirrorA: {}, mirrorB: {} };
const whole = {
  ...{ name: "MIRRORSET", version: "2022.1", failover: pair, async: { dr1: { type: "dr" } } },
  ...{ databases: named, namespaces: named },
};

/** Who is what when the removal begins. */
interface Roles {
  readonly primary: string;
  readonly backup: string;
}

/** Something that is taken out: the topology without it, and who is in the mirror afterwards. */
interface Removal {
  without(roles: Roles): object;
  members(roles: Roles): string[];
}

const alone = (key: string) => ({ ...whole, failover: { [key]: {} } });
const removals: Readonly<Record<string, Removal>> = {
  "the backup": {
    without: ({ primary }) => alone(primary),
    members: ({ primary }) => ["dr1", primary],
  },
  "the primary": {
    without: ({ backup }) => alone(backup),
    members: ({ backup }) => ["dr1", backup],
  },
  "an async": {
    without: () => ({ ...whole, async: {} }),
    members: ({ primary, backup }) => [primary, backup],
  },
  "a database": {
    without: () => ({ ...whole, databases: { COMPANY: {} }, namespaces: { COMPANY: {} } }),
    members: ({ primary, backup }) => ["dr1", primary, backup],
  },
};

/** How finely an up is divided: there are about as many steps. */
const parts = 16;

/** What is taken out, after which part of the up that is ended, and how. */
type Case = [what: string, part: number, ending: Ending];

function every(): Case[] {
  return Object.keys(removals).flatMap((what) =>
    Array.from({ length: parts - 1 }, (_, index): Case => [
      what,
      index + 1,
      index % 2 === 0 ? "SIGKILL" : "SIGINT",
    ]),
  );
}

/** One of all, or the one that is named as it was printed: `the primary 7 SIGKILL`. */
function drawn(): Case[] {
  const all = every();
  const wanted = process.env["IRIS_MIRROR_INTERRUPT_REMOVAL"];
  if (wanted !== undefined) return all.filter((one) => one.join(" ").startsWith(wanted));
  return all.slice(Math.floor(Math.random() * all.length)).slice(0, 1);
}

/** The step that ends a part, counted as the preview announces them. */
async function stepOf(stack: TestStack, part: number): Promise<number> {
  const changes = changesOf((await stack.preview()).text);
  const provided = changes.filter(({ resource }) => /^(docker|command):/.test(resource));
  return Math.ceil((provided.length * part) / parts);
}

/** Names of the mirrored databases of a member. */
function mirrored(stack: TestStack, member: string): Promise<string> {
  const query =
    'set r=##class(%ResultSet).%New("SYS.Mirror:MirroredDatabaseList") do r.Execute("*","*") ' +
    'while r.Next() { write r.GetData(1)," " }';
  return line(stack.container(member), "%SYS", query);
}

const isEvery = process.env["IRIS_MIRROR_INTERRUPT"] === "every";

it.for(isEvery ? every() : drawn())(
  `%s taken out, the up ended after %i/${parts} by %s, is out after the next up`,
  async ([what, part, ending]) => {
    const removal = removals[what];
    if (removal === undefined) throw new Error(`${what} is not known here`);
    using checkout = new Checkout();
    await using stack = await TestStack.create(checkout, whole);
    await stack.up();
    const roles = await wholePair(stack);
    await line(stack.container(roles.primary), "COMPANY", 'set ^before="the end"');

    stack.configure({ ...removal.without(roles) });
    await interruptedUp(stack, await stepOf(stack, part), ending);
    await stack.up();

    const members = removal.members(roles);
    const databases = what === "a database" ? "COMPANY " : "COMPANY CUSTOMER ";
    for (const member of members) {
      expect(await memberStatus(stack, member)).toMatch(/ (Primary|Backup|Connected)$/);
      const names = members.map((one) => one.toUpperCase()).toSorted();
      expect(await listedMembers(stack, member)).toEqual(names);
      expect(await mirrored(stack, member)).toBe(databases);
      await arrives(stack, member, "^before", "the end");
    }
    const all = ["dr1", "mirrorA", "mirrorB"];
    expect(await stack.belongings()).toEqual(
      [
        ...[...members, "arbiter"].map((member) => `container ${stack.container(member)}`),
        ...all.map((member) => `volume ${stack.name}-${member}-data`),
        `network ${stack.name}-mirror`,
      ].toSorted(),
    );
    await stack.expectNoChanges();
  },
);
