import { describe, expect, it } from "vitest";
import { sourceIn } from "../image/base.mjs";
import { isDebian } from "./install.mjs";
import { engineOf, reachEngine } from "./reach.mjs";

const info = { ID: "AB:CD", ServerVersion: "20.10.24", DockerRootDir: "/d", ContainersRunning: 2 };

describe("a Docker engine", () => {
  it("says who it is", () => {
    expect(engineOf(JSON.stringify(info))).toEqual({
      id: "AB:CD",
      version: "20.10.24",
      dataFolder: "/d",
      runningContainers: 2,
    });
  });

  it("is none when the client printed an answer without one, or nothing", () => {
    expect(engineOf(JSON.stringify({ ID: "", ServerErrors: ["x"] }))).toBeUndefined();
    expect(engineOf("")).toBeUndefined();
  });

  it("that is not there is told with its address and a reason", async () => {
    const address = "unix:///no/such/docker.sock";

    const answer = await reachEngine({ ...process.env, DOCKER_HOST: address });

    expect(answer).toMatchObject({ engine: undefined, address });
    expect(answer.engine === undefined && answer.why).not.toBe("");
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
