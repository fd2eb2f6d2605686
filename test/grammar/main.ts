/** Prints everything that is sent as JSON, for parse.py. */

import { everythingSent } from "./sent.ts";

process.stdout.write(JSON.stringify(await everythingSent()));
