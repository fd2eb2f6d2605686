/** Resources and roles of one member, by configuration merge. A mirror does not carry them, so
 *  every member gets them alike. Source: GHA_mirror_set_config (users, roles and resources are not
 *  mirrored); GCMF_reconfig (`iris merge` on a running instance). */

import { archive } from "../code.ts";
import type { ParsedInput, VerbOutput } from "../contract.ts";
import { contractVersion } from "../contract/common.ts";
import { instanceSettings, namesOf, type SettingNames } from "../contract/settings.ts";
import { fit, openObject } from "../contract/shape.ts";
import { dockerFailure } from "../docker.ts";
import { withSession } from "../instance.ts";
import { MirrorError } from "../mirror-error.ts";
import { decide, mergeText, type SettingActs } from "../settings-merge.ts";
import { settingsHash, settingsOf } from "../settings.ts";
import type { World } from "../world.ts";

type Input = ParsedInput<"settings">;

export function run(input: Input, world: World): Promise<VerbOutput<"settings">> {
  const { member, settings } = input;
  const before = previousSettings(world.environment["PULUMI_COMMAND_STDOUT"]);
  return withSession(world, member, async (session) => {
    const look = () => settingsOf(session, together(before, namesOf(settings)));
    const found = await look();
    const acts = decide(before, settings, found);
    const result = { version: contractVersion, settings } as const;
    if (isNothing(acts)) {
      return { ...result, hash: settingsHash(settings, found), changed: false };
    }
    for (const resource of acts.descriptions) {
      await session.call("Settings.Describe", resource);
    }
    const said = acts.lines.length === 0 ? "" : await merge(world, member, acts.lines);
    const held = await look();
    const left = decide(before, settings, held);
    if (!isNothing(left)) {
      throw notMerged(member.container, left, said);
    }
    return { ...result, hash: settingsHash(settings, held), changed: true };
  });
}

const previousOutput = openObject({ settings: instanceSettings });

/** What the last run of this step listed, from its output. Nothing for a first run; an output this
 *  version cannot read removes nothing. */
function previousSettings(stdout: string | undefined): SettingNames {
  try {
    const read = fit(previousOutput, JSON.parse(stdout ?? "null"));
    return "value" in read ? namesOf(read.value.settings) : { resources: [], roles: [] };
  } catch {
    return { resources: [], roles: [] };
  }
}

function together(one: SettingNames, other: SettingNames): SettingNames {
  return {
    resources: [...new Set([...one.resources, ...other.resources])],
    roles: [...new Set([...one.roles, ...other.roles])],
  };
}

const isNothing = ({ lines, descriptions }: SettingActs): boolean =>
  lines.length + descriptions.length === 0;

const folder = "irismirror-settings";
const file = "merge.cpf";

/** Has the instance merge the lines.
 *  @returns what `iris merge` said. Its exit status is documented from 2026.1 on and for success
 *  alone, so what it did is asked of the instance. */
async function merge(
  world: World,
  { container, instance }: Input["member"],
  lines: readonly string[],
): Promise<string> {
  const send = ["exec", "-i", container, "tar", "-x", "-C", "/tmp", "-f", "-"];
  const stdin = archive(folder, [{ path: file, content: mergeText(lines) }]);
  const sent = await world.docker(send, { stdin });
  if (sent.code !== 0) {
    throw dockerFailure(`docker ${send.join(" ")}`, sent);
  }
  const argv = ["exec", container, "iris", "merge", instance, `/tmp/${folder}/${file}`];
  const merged = await world.docker(argv, { timeoutMs: world.budget("sessionLine") });
  if (merged.timedOut) {
    throw dockerFailure(`docker ${argv.join(" ")}`, merged);
  }
  await world.docker(["exec", container, "rm", "-rf", "--", `/tmp/${folder}`]);
  return `${merged.stdout}${merged.stderr}`.trim();
}

function notMerged(container: string, { lines, descriptions }: SettingActs, said: string) {
  const open = [...lines, ...descriptions.map(({ name }) => `description of ${name}`)];
  return new MirrorError({
    code: "instance-refused",
    subject: container,
    seen: `after the merge there is still to do: ${open.join("; ")}. iris merge said: ${said}`,
    remedy: "Remove the cause the product names, then run the same command again.",
  });
}
