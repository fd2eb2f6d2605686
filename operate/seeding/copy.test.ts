/** The helper container that copies: what it is told and what it sees. */

import { describe, expect, test } from "vitest";
import { codeOf, pair } from "../testing/deployment.ts";
import { bytesIn, copyArgv, progressText } from "./copy.ts";
import { placeOf } from "./place.ts";

describe("the helper container", () => {
  const mounted = (destinations: readonly (readonly [string, string])[]) => {
    const world = pair();
    world.dockerAnswers = () => ({
      stdout: JSON.stringify([
        {
          Image: "sha256:1",
          Config: { Labels: { "io.iris-mirror.stack": "dev" } },
          Mounts: destinations.map(([Type, Destination]) => ({
            ...{ Type, Destination, Name: `v${Destination}`, Source: `/host${Destination}` },
          })),
        },
      ]),
    });
    return world;
  };

  test("sees the volume of the source, read only, and that of the copy, and no network", async () => {
    const world = mounted([
      ["volume", "/dur"],
      ["bind", "/dur/extra"],
    ]);
    const from = await placeOf(world, "a", "/dur/db/company/");
    const to = await placeOf(world, "b", "/dur/extra/company.seeding/");

    const argv = copyArgv({ name: "b-seeding", from, to, bytes: 1, limitMs: 1, what: "" });

    expect(argv.join(" ")).toContain(
      "run --rm --init --name b-seeding --user 51773:51773 --network none " +
        "--label io.iris-mirror.stack=dev " +
        "--mount type=volume,source=v/dur,target=/from,readonly " +
        "--mount type=bind,source=/host/dur/extra,target=/to --entrypoint bash sha256:1 -c ",
    );
    expect(argv.slice(-4)).toEqual([
      ...["copy", "/from/db/company/IRIS.DAT", "/to/company.seeding", "IRIS.DAT.part"],
    ]);
  });

  test("is not made for a directory that lies on no volume", async () => {
    expect(await codeOf(placeOf(mounted([["volume", "/du"]]), "a", "/dur/db/"))).toBe(
      "copy-failed",
    );
  });

  test("tells how far it is in what dd writes", () => {
    expect(bytesIn("\r41943040 bytes (42 MB, 40 MiB) copied, 1 s, 42 MB/s\r8")).toBe(41943040);
    expect(bytesIn("1+0 records in")).toBeUndefined();
    expect(progressText({ done: 40_000_000, bytes: 100_000_000, elapsedMs: 8000 })).toBe(
      "40 of 100 MB, 12 s left",
    );
  });
});
