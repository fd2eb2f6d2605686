import { createServer } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sourceIn } from "../image/base.mjs";
import { isDebian } from "./install.mjs";
import { engineOf, reachEngine } from "./reach.mjs";

const info = { ID: "AB:CD", ServerVersion: "20.10.24", DockerRootDir: "/d", ContainersRunning: 2 };

describe("a Docker engine", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "iris-mirror-test-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is reached by its socket and says who it is", async () => {
    const socket = join(folder, "docker.sock");
    const server = createServer((asked, answer) => {
      answer.writeHead(asked.url === "/info" ? 200 : 404).end(JSON.stringify(info));
    });
    await new Promise<void>((resolve) => {
      server.listen(socket, resolve);
    });

    const { engine } = await reachEngine({ DOCKER_HOST: `unix://${socket}` });

    expect(engine).toEqual({
      id: "AB:CD",
      version: "20.10.24",
      dataFolder: "/d",
      runningContainers: 2,
      host: undefined,
      socket,
    });
    server.close();
  });

  it("that is not there is told with its address and the reason", async () => {
    const socket = join(folder, "none.sock");

    const answer = await reachEngine({ DOCKER_HOST: `unix://${socket}` });

    expect(answer).toMatchObject({ engine: undefined, address: `unix://${socket}` });
    expect(answer.engine === undefined && answer.why).toContain("ENOENT");
  });

  it("is none when the client printed an answer without one", () => {
    const answer = JSON.stringify({ ID: "", ServerErrors: ["cannot connect"] });

    expect(() => engineOf(answer)).toThrow("cannot connect");
  });
});

describe("the machine", () => {
  it.for(["ID=debian\n", 'NAME="x"\nID=ubuntu\nID_LIKE=debian\n', 'ID_LIKE="ubuntu debian"'])(
    "installs Debian packages where it descends from Debian",
    (release) => {
      expect(isDebian(release)).toBe(true);
    },
  );

  it("does not elsewhere", () => {
    expect(isDebian('ID=fedora\nHOME_URL="https://debian.example"')).toBe(false);
    expect(isDebian("")).toBe(false);
  });

  it("takes the base from where it takes its own packages", () => {
    const targets = "http://mirror/debian-security main Debian-Security\n";

    expect(sourceIn(`${targets}http://mirror/debian main Debian\n`)).toBe("http://mirror/debian");
    expect(sourceIn(targets)).toBeUndefined();
  });
});
