/** The browser that looks at the Mirror Monitor. */

import { canInstall, installPackages, isOnPath } from "../engine/install.mjs";
import { Fault } from "../ground/fault.mjs";
import { say } from "../ground/progress.mjs";

const program = "chromium";

/** Installs it where that can be done; elsewhere its tests are skipped. */
export async function ensureBrowser() {
  try {
    if (!isOnPath(program) && canInstall()) {
      await installPackages([program], "a test looks at the Mirror Monitor in a browser");
    }
  } catch (problem) {
    if (!(problem instanceof Fault)) {
      throw problem;
    }
    say(problem.message);
  }
  if (!isOnPath(program)) {
    say(`No ${program} here: the Mirror Monitor is not looked at in a browser.`);
  }
}
