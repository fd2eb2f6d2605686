/** Why no session could be had: one definite answer each for container, instance and Docker. */

import type { InstanceAddress } from "./contract/common.ts";
import { findContainer } from "./docker.ts";
import { MirrorError } from "./mirror-error.ts";
import type { World } from "./world.ts";

/** Looks at the container and at the instance inside, after a session ended before its first line
 *  was through. `said` is what the session and docker printed. */
export async function whyNoSession(
  world: World,
  member: InstanceAddress,
  said: string,
): Promise<MirrorError> {
  let container;
  try {
    container = await findContainer(world, member.container);
  } catch (problem) {
    if (problem instanceof MirrorError) {
      return problem;
    }
    throw problem;
  }
  if (container === undefined) {
    return new MirrorError({
      code: "container-absent",
      subject: member.container,
      seen: "there is no container of that name",
      remedy: "Run `npx pulumi up` to create it.",
    });
  }
  if (container.state !== "running") {
    return new MirrorError({
      code: "container-stopped",
      subject: member.container,
      seen: `the container is ${container.state}`,
      remedy: `Run \`npx pulumi up\`, or \`docker start ${member.container}\`.`,
    });
  }
  const listed = await world.docker(["exec", member.container, "iris", "qlist", member.instance]);
  return instanceProblem(member, statusField(listed.stdout), said);
}

/** Field 4 of `iris qlist`: `running, since …`, `down, last used …`, `sign-on inhibited…`.
 *  Source: GSA, "iris qlist". */
function statusField(line: string): string {
  return line.split("^")[3]?.split(",")[0]?.trim() ?? "";
}

/** What the status word of an instance means for somebody who could not get a session. */
function instanceProblem(member: InstanceAddress, status: string, said: string): MirrorError {
  const subject = `${member.container} (instance ${member.instance})`;
  if (status === "down") {
    return new MirrorError({
      code: "instance-down",
      subject,
      seen: "the container runs, the instance is down",
      remedy:
        `Look into its messages.log for the reason; then ` +
        `\`docker exec ${member.container} iris start ${member.instance} quietly\`.`,
    });
  }
  if (/inhibited|start|transition/i.test(`${status} ${said}`)) {
    return new MirrorError({
      code: "instance-starting",
      subject,
      seen: `the instance admits no sessions yet: ${status || said}`,
      remedy: "Wait until it has started, then run the same command again.",
    });
  }
  return new MirrorError({
    code: "no-answer",
    subject,
    seen: `no session could be had; status "${status}", output: ${said || "none"}`,
    remedy: "Run the same command again; look into the container's log if this stays.",
    definite: true,
  });
}
