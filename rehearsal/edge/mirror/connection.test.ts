/** Two ends of a real socket, with clocks that the test moves. */

import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Connection, dial, type ConnectionKeeping } from "./connection.ts";
import { ManualClock } from "./testing/manual-clock.ts";
import { eventually } from "./testing/wait.ts";
import { channelPreamble } from "./wire.ts";

const silenceMs = 800;
const heartbeatMs = 100;
const ends: Connection[] = [];
let server: Server | undefined;

afterEach(() => {
  for (const end of ends.splice(0)) end.destroy();
  server?.close();
});

interface End {
  readonly connection: Connection;
  readonly clock: ManualClock;
  readonly messages: unknown[];
  readonly lost: string[];
}

function endOf(connection: Connection, clock: ManualClock): End {
  const messages: unknown[] = [];
  const lost: string[] = [];
  connection.owner = {
    message: (value) => messages.push(value),
    journal: (at, bytes) => messages.push({ at, text: bytes.toString() }),
    drained: () => undefined,
    lost: (why) => lost.push(why),
  };
  ends.push(connection);
  return { connection, clock, messages, lost };
}

/** Whoever listens, and whoever dialled. */
async function connected(
  more: Partial<ConnectionKeeping> = {},
): Promise<{ listener: End; dialler: End }> {
  const listenerClock = new ManualClock();
  const diallerClock = new ManualClock();
  const keeping = { preamble: channelPreamble, silenceMs, heartbeatMs };
  let listener: End | undefined;
  const listening = createServer((socket) => {
    const connection = new Connection(socket, { ...keeping, clock: listenerClock, ...more });
    listener = endOf(connection, listenerClock);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, resolve));
  const address = listening.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const socket = await dial({ address: "127.0.0.1", port }, 1000, diallerClock);
  const dialler = endOf(new Connection(socket, { ...keeping, clock: diallerClock }), diallerClock);
  await eventually("the listener has it", () => listener !== undefined);
  if (listener === undefined) throw new Error("no listener");
  return { listener, dialler };
}

/** Everything that is on its way has arrived: a message behind it says so. */
async function settled({ listener, dialler }: { listener: End; dialler: End }): Promise<void> {
  for (const [from, to] of [
    [listener, dialler],
    [dialler, listener],
  ] as const) {
    const mark = `mark ${to.messages.length}`;
    from.connection.send(mark);
    await eventually(mark, () => to.messages.includes(mark));
  }
}

describe("a connection", () => {
  it("carries messages and journal in order", async () => {
    const { listener, dialler } = await connected();

    dialler.connection.send({ one: 1 });
    dialler.connection.sendJournal({ file: 2, offset: 5 }, Buffer.from("abc"));
    dialler.connection.send("end");
    await eventually("all arrived", () => listener.messages.includes("end"));
    expect(listener.messages).toEqual([
      { one: 1 },
      { at: { file: 2, offset: 5 }, text: "abc" },
      "end",
    ]);
  });

  it("lives while both sides give signs of life", async () => {
    const both = await connected();

    for (let turn = 0; turn < 20; turn++) {
      both.dialler.clock.pass(heartbeatMs);
      both.listener.clock.pass(heartbeatMs);
      await settled(both);
    }
    expect([...both.listener.lost, ...both.dialler.lost]).toEqual([]);
  });

  it("is lost when nothing was heard for the time of silence", async () => {
    const both = await connected();

    for (let turn = 0; turn < 10; turn++) both.listener.clock.pass(heartbeatMs);
    await eventually("lost", () => both.listener.lost.length > 0);
    expect(both.listener.lost).toEqual(["silent for too long"]);
  });

  it("is not lost because this process itself was held up", async () => {
    const both = await connected();

    both.listener.clock.pass(heartbeatMs);
    both.dialler.clock.pass(heartbeatMs);
    await settled(both);
    // One long pause: the alarm of the next heartbeat comes late.
    both.listener.clock.jump(20 * heartbeatMs);
    both.listener.clock.pass(0);
    await settled(both);
    expect(both.listener.lost).toEqual([]);
  });

  it("that wants its echo is lost when the other side talks but does not hear", async () => {
    const both = await connected({ wantsEcho: () => true });
    const deaf = both.dialler.connection;
    deaf.pause();

    for (let turn = 0; turn < 12; turn++) {
      both.dialler.clock.pass(heartbeatMs);
      both.listener.clock.pass(heartbeatMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually("lost", () => both.listener.lost.length > 0);
    expect(both.listener.lost).toEqual(["silent for too long"]);
  });

  it("that wants its echo lives while heartbeats go round", async () => {
    const both = await connected({ wantsEcho: () => true });

    for (let turn = 0; turn < 20; turn++) {
      both.listener.clock.pass(heartbeatMs);
      await settled(both);
      both.dialler.clock.pass(heartbeatMs);
      await settled(both);
    }
    expect(both.listener.lost).toEqual([]);
  });

  it("tells whoever speaks another protocol, and closes", async () => {
    const both = await connected();
    const address = server?.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const stranger = await dial({ address: "127.0.0.1", port }, 1000, both.dialler.clock);

    let heard = "";
    stranger.on("data", (bytes: Buffer) => (heard += bytes.toString()));
    stranger.write("GET / HTTP/1.1\r\n\r\n");
    await new Promise<void>((resolve) => stranger.once("close", () => resolve()));
    expect(heard).toContain("not simulated");
  });
});
