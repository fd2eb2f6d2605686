/** The one entry that Pulumi calls: `node operate/step.ts <verb>`, JSON on standard input, exactly
 *  one JSON object on standard output when the exit status is 0, and nothing there otherwise.
 *  Everything for people goes to standard error.
 *
 *  This file never moves: `delete` steps in old states call it by this path. It loads nothing
 *  itself, so that what it loads comes from the compile cache. */

import { enableCompileCache } from "node:module";
import { join } from "node:path";

enableCompileCache(join(import.meta.dirname, "..", "node_modules", ".cache", "operate"));

const { runStep } = await import("./run-step.ts");
// Ended at once: a limit that still ticks somewhere must not keep Pulumi waiting.
process.exit(await runStep(process.argv.slice(2)));
