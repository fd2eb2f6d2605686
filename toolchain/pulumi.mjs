#!/usr/bin/env node
/** `npx pulumi …`: the ordinary command line of Pulumi, on whatever was found or built. */

import { handOver } from "./cli/handover.mjs";
import { command } from "./ground/entry.mjs";
import { prepare } from "./prepare.mjs";

await command(async (args) => {
  const { cli, environment } = await prepare(args);
  return handOver(cli, args, environment);
});
