/** `npm run down`: removes the containers and keeps the data; or, when it is said, the data too. */

import { devStack } from "./cli/environment.mjs";
import { handOver } from "./cli/handover.mjs";
import { forgetStack, hasResources, mayExist } from "./cli/stack-files.mjs";
import { belongings, removeBelongings } from "./engine/belongings.mjs";
import { lastLines, run } from "./ground/child.mjs";
import { command } from "./ground/entry.mjs";
import { Fault } from "./ground/fault.mjs";
import { readOptions, refuseMore } from "./ground/options.mjs";
import { say } from "./ground/progress.mjs";
import { prepare } from "./prepare.mjs";

const help = `Usage: npm run down [-- <stack>]
       npm run down -- --delete-data <stack>

Removes the containers and the network of a stack (${devStack} when none is named) with
pulumi destroy. The volumes with the data stay, and so does the mirror on them: the next
npm run up finds both again.

  --delete-data <stack>  removes the volumes and the stack too. It cannot be undone, so the
                         stack has to be named, also when it is ${devStack}.
  --help, -h             this text`;

await command(async (args) => {
  const named = args.at(-1) === "--delete-data" ? [...args, ""] : args;
  const options = readOptions(named, help, { "delete-data": { type: "string" } });
  if (options === undefined) {
    return 0;
  }
  refuseMore(options.words, 1, help);
  const doomed = options.flags["delete-data"];
  const stack = stackMeant(options.words[0], doomed === undefined ? undefined : String(doomed));
  return doomed === undefined ? down(stack) : deleteAll(stack);
});

/**
 * @param {string | undefined} word
 * @param {string | undefined} doomed
 */
function stackMeant(word, doomed) {
  if (doomed === "" || doomed?.startsWith("-") === true) {
    throw new Fault(
      "--delete-data needs the name of the stack whose data is to be deleted.",
      `For the stack that comes with the project: npm run down -- --delete-data ${devStack}`,
      2,
    );
  }
  if (doomed !== undefined && word !== undefined && word !== doomed) {
    throw new Fault(
      `Two stacks are named, ${word} and ${doomed}: nothing was deleted.`,
      `Name one: npm run down -- --delete-data ${doomed}`,
      2,
    );
  }
  return doomed ?? word ?? devStack;
}

/**
 * @param {string} stack
 * @returns {Promise<number>} exit code
 */
async function down(stack) {
  const { cli, environment } = await prepare(["destroy", "--stack", stack]);
  if (!hasResources(environment, stack)) {
    say(`Stack ${stack} has nothing deployed on this Docker engine.`);
  } else {
    const args = ["destroy", "--yes", "--skip-preview", "--stack", stack];
    const code = await handOver(cli, args, environment);
    if (code !== 0) {
      say("pulumi destroy did not finish; try again.");
      return code;
    }
  }
  await tellWhatStays(environment, stack);
  return 0;
}

/**
 * Deletes a stack and all it has, without its program: a topology that is lost or wrong must not
 * keep anybody from clearing up. The stack goes first, because Pulumi refuses that while an
 * operation on it runs; what an interruption then leaves is found by its label the next time.
 *
 * @param {string} stack
 * @returns {Promise<number>} exit code
 */
async function deleteAll(stack) {
  const { cli, environment } = await prepare(["stack", "rm", "--stack", stack]);
  const removed = [];
  if (mayExist(environment, stack)) {
    // Its configuration belongs to the checkout, not to the deployment, and stays.
    const args = ["stack", "rm", "--yes", "--force", "--preserve-config", "--stack", stack];
    const ended = await run(cli, args, { env: environment });
    if (ended.code !== 0) {
      throw new Fault(
        `Stack ${stack} could not be removed, nothing was deleted:\n${lastLines(ended.stderr, 5)}`,
      );
    }
    removed.push(`stack ${stack}`);
  }
  forgetStack(environment, stack);
  removed.push(...(await removeBelongings(stack, environment)));
  say(removed.length === 0 ? "There was nothing to delete." : `Deleted: ${removed.join(", ")}.`);
  return 0;
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} stack
 */
async function tellWhatStays(environment, stack) {
  const { volume } = await belongings(stack, environment);
  if (volume.length > 0) {
    say(
      `The data stays in the volumes ${volume.join(", ")}.\n` +
        `To delete it too: npm run down -- --delete-data ${stack}`,
    );
  }
}
