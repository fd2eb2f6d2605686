/** A container of one of the engine's images that belongs to no stack: started as a person would,
 *  gone at the end of its scope. */

import { randomBytes } from "node:crypto";
import { imageReferences } from "../../toolchain/image-reference.mjs";
import { budgets } from "./budgets.ts";
import { docker } from "./docker.ts";
import { run, type Ended } from "./run.ts";
import { sharedStack } from "./shared-stack.ts";
import { waitFor } from "./wait.ts";

type Release = "2022.1" | "2026.1";

/** What is run: `docker run <options> <image> <words>`. */
interface Wanted {
  readonly release?: Release;
  readonly kind?: "member" | "arbiter" | "unlicensed";
  readonly options?: readonly string[];
  readonly words?: readonly string[];
}

/** Reference of an image of the checkout that is tested. @default a member of the newest release */
function imageOf({ release = "2026.1", kind = "member" }: Wanted): string {
  const found = imageReferences(sharedStack().stack.folder)[release]?.[kind];
  if (found === undefined) throw new Error(`no image ${kind} of ${release}`);
  return found;
}

/** One container. */
export class LooseContainer implements AsyncDisposable {
  readonly name = `t${process.env["IRIS_MIRROR_TEST_RUN"] ?? ""}${randomBytes(4).toString("hex")}`;

  /** Starts it; how its first program does is not waited for. */
  static async run(wanted: Wanted): Promise<LooseContainer> {
    const container = new LooseContainer();
    const { options = [], words = [] } = wanted;
    const named = ["run", "-d", "--name", container.name, ...options];
    await docker([...named, imageOf(wanted), ...words]);
    return container;
  }

  /** Starts it and waits until its instance runs. */
  static async started(wanted: Wanted = {}): Promise<LooseContainer> {
    const container = await LooseContainer.run(wanted);
    try {
      await container.says("...started InterSystems IRIS instance IRIS");
      return container;
    } catch (error) {
      await container[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Waits until its log has the text.
   *  @param behind so many characters of the log are passed over */
  async says(text: string, behind = 0): Promise<void> {
    await waitFor(`the container says "${text}"`, budgets.memberBackMs, async () => {
      const log = (await this.log()).slice(behind);
      if (log.includes(text)) return true;
      throw new Error(log);
    });
  }

  async log(): Promise<string> {
    return (await run("docker", ["logs", this.name])).text;
  }

  /** Runs a program inside. */
  exec(argv: readonly string[], input?: string): Promise<Ended> {
    const words = ["exec", ...(input === undefined ? [] : ["-i"]), this.name, ...argv];
    return run("docker", words, input === undefined ? {} : { input });
  }

  /** Waits until it has ended. @returns its exit status */
  async ended(): Promise<number> {
    return Number(await docker(["wait", this.name]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await docker(["rm", "-f", "-v", this.name]);
  }
}
