/** own-volume of a directory: what is given away, what is left, what is refused. That Docker and
 *  `find` do so is proven on real containers. */

import { describe, expect, test } from "vitest";
import { FakeWorld } from "../testing/fake-world.ts";
import { run } from "../verbs/own-volume.ts";
import { decide, foundIn } from "./directory.ts";

const version = 1 as const;

describe("own-volume of a directory", () => {
  const volume = "/srv/sharedA";
  const input = {
    ...{ version, volume, image: "iris:1", stack: "dev", member: "mirrorA", durable: "durable" },
  } as const;
  const decided = (printed: string) => decide(input, foundIn(printed));

  test.each([
    ["empty and root's", "0 \n", "give"],
    ["empty and somebody's", "1000 \n", "give"],
    ["the instance's", "51773 \n51773 durable\n0 .gitkeep\n", "leave"],
    ["somebody's, with an instance's in it", "1000 \n51773 durable\n", "leave"],
    ["the instance's, with other things", "51773 \n1000 a file\n", "leave"],
  ])("that is %s", (_what, printed, wanted) => {
    expect(decided(printed)).toBe(wanted);
  });

  test.each([
    ["0 \n0 etc\n1000 home\n", "the directory belongs to the user 0 and holds etc, home"],
    ["51773 \n0 durable\n", "durable in it belongs to the user 0 and holds durable"],
  ])("of somebody else is refused", (printed, seen) => {
    expect(() => decided(printed)).toThrow(seen);
  });

  const listed = (owner: { readonly stack: string; readonly member: string }) =>
    JSON.stringify({
      ...{ id: "1", name: "other", state: "exited", ports: "", kind: "", specification: "" },
      ...{ mounts: `some-volume,${volume}`, ...owner },
    });

  test("that another container mounts is refused, one of its own member is left", async () => {
    const world = new FakeWorld();
    world.dockerAnswers = () => ({ stdout: listed({ stack: "", member: "" }) });
    await expect(run(input, world)).rejects.toMatchObject({ code: "foreign-directory" });

    world.dockerAnswers = () => ({ stdout: listed(input) });
    expect((await run(input, world)).changed).toBe(false);
    expect(world.dockerCalls.filter((call) => call.startsWith("run"))).toEqual([]);
  });

  test("is given away by a mount that makes no directory", async () => {
    const world = new FakeWorld();
    world.dockerAnswers = (argv) => ({
      stdout: argv[0] === "ps" ? "" : argv.includes("-printf") ? "0 \n" : "/dur\n",
    });

    expect((await run(input, world)).changed).toBe(true);
    expect(world.dockerCalls.at(-1)).toContain(
      "--mount type=bind,source=/srv/sharedA,target=/dur --entrypoint find iris:1 /dur " +
        "-maxdepth 0 -empty -print -exec chown 51773:51773 {} ;",
    );
  });
});
