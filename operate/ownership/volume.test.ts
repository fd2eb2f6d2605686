/** own-volume of a volume of Docker's: its decisions and its docker commands. What Docker does with
 *  those is proven on real containers. */

import { describe, expect, test } from "vitest";
import { labels } from "../contract/common.ts";
import type { Volume } from "../docker.ts";
import { FakeWorld } from "../testing/fake-world.ts";
import * as ownVolume from "../verbs/own-volume.ts";
import { giveArgv, helperArgv } from "./helper.ts";

const version = 1 as const;

describe("own-volume", () => {
  const input = {
    ...{ version, volume: "dev-a-data", image: "iris:1", stack: "dev", member: "mirrorA" },
    durable: "iconfig",
  } as const;
  const volume = (stack?: string, member?: string): Volume => ({
    ...{ name: input.volume, createdAt: "" },
    labels: {
      ...(stack === undefined ? {} : { [labels.stack]: stack }),
      ...(member === undefined ? {} : { [labels.member]: member }),
    },
  });

  test("uses the member's own image and touches only an empty directory of root", () => {
    expect(helperArgv(input, giveArgv(["-uid", "0"])).join(" ")).toBe(
      "run --rm --user 0:0 --network none --label io.iris-mirror.stack=dev " +
        "--mount type=volume,source=dev-a-data,target=/dur --entrypoint find iris:1 " +
        "/dur -maxdepth 0 -empty -uid 0 -print -exec chown 51773:51773 {} ;",
    );
  });

  test("leaves a volume alone that a container mounts", async () => {
    const world = new FakeWorld();
    world.dockerAnswers = ([command]) => ({
      stdout:
        command === "ps" ? "mirrorA\n" : JSON.stringify([{ Name: input.volume, Labels: null }]),
    });

    const output = await ownVolume.run(input, world);

    expect(output.changed).toBe(false);
    expect(world.dockerCalls.filter((call) => call.startsWith("run"))).toEqual([]);
  });

  test("tells by what the helper prints whether it changed anything", async () => {
    const world = new FakeWorld();
    const printed: Record<string, string> = {
      ...{ ps: "", run: "/dur\n", volume: JSON.stringify([{ Name: input.volume, Labels: null }]) },
    };
    world.dockerAnswers = ([command = ""]) => ({ stdout: printed[command] ?? "" });

    expect((await ownVolume.run(input, world)).changed).toBe(true);
    printed["run"] = "";
    expect((await ownVolume.run(input, world)).changed).toBe(false);
  });

  test("refuses an absent volume, which docker would create, and a foreign one", () => {
    const refuse = (given: Volume | undefined) => (): void => {
      ownVolume.refuseForeign(input, given);
    };

    expect(refuse(undefined)).toThrow("there is no volume of that name");
    expect(refuse(volume("prod", "mirrorA"))).toThrow("stack prod, member mirrorA");
    expect(refuse(volume("dev", "mirrorB"))).toThrow("stack dev, member mirrorB");
    expect(refuse(volume("dev", "mirrorA"))).not.toThrow();
    expect(refuse(volume())).not.toThrow();
  });
});
