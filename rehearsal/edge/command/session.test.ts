import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSessionOptions } from "./session.ts";

describe("the command line of iris session", () => {
  it.for([
    [["-U", "%SYS"], "%SYS", undefined],
    [["-U%SYS"], "%SYS", undefined],
    [["-B"], undefined, undefined],
    [["-U", "USER", "##class(C).M(1)"], "USER", "##class(C).M(1)"],
    [["label^routine"], undefined, "label^routine"],
    [["-b", "1024", "-U", "X"], "X", undefined],
  ] as const)("%j", ([words, namespace, entry]) => {
    expect(parseSessionOptions(words)).toEqual({ namespace, entry });
  });

  it("refuses what it does not know", () => {
    expect(() => parseSessionOptions(["-X"])).toThrow("not simulated: option -X");
    expect(() => parseSessionOptions(["-U"])).toThrow("-U needs a namespace");
    expect(() => parseSessionOptions(["a^b", "c"])).toThrow('Unexpected argument "c"');
  });
});

describe("a session whose connection breaks", () => {
  it("ends, though its input stays open", async () => {
    const folder = mkdtempSync(join(tmpdir(), "session-"));
    const controlSocket = join(folder, "control");
    // What is no frame ends the connection with an error, as a killed instance does that had not
    // read everything (ECONNRESET, whose moment no test can choose).
    const server = createServer((socket) => socket.end(Buffer.alloc(5, 255)));
    server.listen(controlSocket);
    await once(server, "listening");
    const module = JSON.stringify(join(import.meta.dirname, "session.ts"));
    const places = JSON.stringify({ controlSocket });
    // Ends by itself or not at all, as the iris command.
    const program =
      `import(${module}).then(({ runSession }) => runSession(${places}, {}))` +
      `.catch((problem) => { console.error(problem); process.exitCode = 1; });`;
    const child = spawn(process.execPath, ["--eval", program]);
    child.stdin.on("error", () => undefined);
    child.stdin.write("write 1\n");
    let said = "";
    child.stderr.on("data", (bytes: Buffer) => (said += bytes.toString("utf8")));

    const [code] = (await once(child, "close")) as [number | null];

    expect(code).toBe(1);
    expect(said).toMatch(/InstanceDown/);
    server.close();
    rmSync(folder, { recursive: true });
  });
});
