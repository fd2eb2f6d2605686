/** Which images the rehearsal of this checkout has: named by the hash of their content. */

import type { LookOutput } from "../contract/look.ts";
import { object, record, text } from "../contract/shape.ts";

/** What names the images also when they are built; plain JavaScript, because it runs before any
 *  dependency is installed. */
const source = new URL("../../toolchain/image-reference.mjs", import.meta.url).href;

const references = record(object({ member: text, arbiter: text, unlicensed: text }));

/** References by release; no topology asks for the image without a licence. */
export async function rehearsalImages(): Promise<LookOutput["rehearsal"]> {
  const { imageReferences } = (await import(source)) as { imageReferences: () => unknown };
  const releases = Object.entries(references.parse(imageReferences()));
  return Object.fromEntries(
    releases.map(([release, { member, arbiter }]) => [release, { member, arbiter }]),
  );
}
