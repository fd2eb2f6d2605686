/** Gives a fresh volume, or an empty directory in its place, to the instance's user. A new Docker
 *  volume belongs to root, and the first start of an instance on it fails ("Cannot create target").
 *  Source: ADOCK; users' reports. */

import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion, labels } from "../contract/common.ts";
import { dockerFailure, findVolumes, type Volume } from "../docker.ts";
import { MirrorError } from "../mirror-error.ts";
import { findInside, giveArgv } from "../ownership/helper.ts";
import type { World } from "../world.ts";
import { ownDirectory } from "../ownership/directory.ts";

type Input = ParsedInput<"own-volume">;

export function run(input: Input, world: World): Promise<VerbOutput<"own-volume">> {
  return input.volume.startsWith("/") ? ownDirectory(input, world) : ownVolume(input, world);
}

async function ownVolume(input: Input, world: World): Promise<VerbOutput<"own-volume">> {
  const [[volume], users] = await Promise.all([
    findVolumes(world, [input.volume]),
    containersThatMount(world, input.volume),
  ]);
  refuseForeign(input, volume);
  const result = { version: contractVersion, volume: input.volume } as const;
  if (users.length > 0) {
    world.say(`${input.volume}: mounted by ${users.join(", ")}, so it is left as it is`);
    return { ...result, changed: false };
  }
  return { ...result, changed: await giveAway(input, world) };
}

/** @throws MirrorError when the volume is absent or another stack's or member's. Docker would
 *  create an absent one silently, without labels. */
export function refuseForeign(input: Input, volume: Volume | undefined): void {
  if (volume === undefined) {
    throw new MirrorError({
      code: "volume-absent",
      subject: input.volume,
      seen: "there is no volume of that name",
      remedy: "Run `npx pulumi up`: it creates the volume first.",
    });
  }
  const stack = volume.labels[labels.stack];
  const member = volume.labels[labels.member];
  const isForeign =
    (stack !== undefined && stack !== input.stack) ||
    (member !== undefined && member !== input.member);
  if (isForeign) {
    throw new MirrorError({
      code: "foreign-volume",
      subject: input.volume,
      seen: `the volume belongs to stack ${String(stack)}, member ${String(member)}`,
      remedy: "Choose another stack name, or remove that volume yourself if it is of no use.",
    });
  }
}

async function containersThatMount(world: World, volume: string): Promise<string[]> {
  const argv = ["ps", "--all", "--filter", `volume=${volume}`, "--format", "{{.Names}}"];
  const answer = await world.docker(argv);
  if (answer.code !== 0) {
    throw dockerFailure(`docker ${argv.join(" ")}`, answer);
  }
  return answer.stdout.split("\n").filter((name) => name !== "");
}

/** What the helper changes it prints. */
async function giveAway(input: Input, world: World): Promise<boolean> {
  return (await findInside(world, input, giveArgv(["-uid", "0"]))).trim() !== "";
}
