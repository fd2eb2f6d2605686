/** The choice of image: the only place in the whole project that knows which engine runs. */

import type { Draft } from "../topology/schema.ts";
import { type Fault, shown } from "./fault.ts";

/** Images of the rehearsal by release, named after their content. */
export type RehearsalImages = Readonly<
  Record<string, { readonly member: string; readonly arbiter: string }>
>;

/** What the containers run, and what comes with the image. */
export interface Images {
  readonly member: string;
  readonly arbiter: string;
  /** Port of the web server inside a member's container. */
  readonly webServerPort: number;
  /** How to get an image that is not on the engine, as a sentence without a full stop. */
  readonly remedy: string;
}

const newestRehearsal = "2022.1";

/** Web port inside, by release: the private web server, or where the product has none (2023.2 and
 *  later) the rehearsal's own page. Source: release notes 2023.2. */
const rehearsalWebPort: Readonly<Record<string, number>> = { "2022.1": 52773, "2026.1": 52780 };
const privateWebServerPort = 52773;

/** Fields that belong to one engine and not to the other, and those that are missing. */
export function imageFaults(draft: Draft): Fault[] {
  const foreign =
    draft.engine === "rehearsal" ? (["image", "licenseKey"] as const) : (["version"] as const);
  const strangers = foreign
    .filter((field) => draft[field] !== undefined)
    .map((field) => ({
      path: field,
      given: shown(draft[field]),
      allowed: `nothing with the engine ${draft.engine}`,
      remedy:
        draft.engine === "rehearsal"
          ? "write engine: iris, or take it out"
          : "take it out: the image says which version runs",
    }));
  return [...strangers, ...(draft.engine === "iris" ? missing(draft) : [])];
}

function missing(draft: Draft): Fault[] {
  const needed = [
    {
      path: "image",
      value: draft.image,
      allowed: "the image of IRIS, IRIS for Health or Health Connect to run",
      remedy: "write image: followed by its reference, such as iris:2022.1.0.209.0",
    },
    {
      path: "licenseKey",
      value: draft.licenseKey,
      allowed: "a key file that allows mirroring (the free Community Edition does not)",
      remedy: "write licenseKey: followed by its path, such as ./iris.key",
    },
    {
      path: "arbiter.image",
      value: draft.arbiter === false ? "" : draft.arbiter.image,
      allowed: "the arbiter image of the same vendor, not older than the members",
      remedy: "write image: under arbiter, or arbiter: false",
    },
  ];
  return needed
    .filter(({ value }) => value === undefined)
    .map(({ path, allowed, remedy }) => ({ path, given: "nothing", allowed, remedy }));
}

/** The images of a topology.
 *  @throws Error when the rehearsal has no image of that release: a bug, not a wish */
export function chooseImages(draft: Draft, rehearsal: RehearsalImages): Images {
  const release = draft.version ?? newestRehearsal;
  const arbiter = draft.arbiter === false ? undefined : draft.arbiter.image;
  if (draft.engine === "iris") {
    return {
      member: draft.image ?? "",
      arbiter: arbiter ?? "",
      webServerPort: draft.webServerPort ?? privateWebServerPort,
      remedy: "pull it with your own credentials (docker pull), then run this again",
    };
  }
  const built = rehearsal[release];
  if (built === undefined) throw new Error(`no rehearsal image is known for ${release}`);
  return {
    member: built.member,
    arbiter: arbiter ?? built.arbiter,
    webServerPort: draft.webServerPort ?? rehearsalWebPort[release] ?? privateWebServerPort,
    remedy: "build it with npm run up",
  };
}
