/** How the Mirror Monitor looks: readable in light and dark, wide and narrow, in print. State is
 *  never told by colour alone: the product's word stands in each cell. */

import { createHash } from "node:crypto";
import { Html } from "./html.ts";

const styleSheet = `
:root { color-scheme: light dark; --line: #8886; --severe: #b3261e; --warning: #8a5a00;
  --fine: #1b6e3c; }
@media (prefers-color-scheme: dark) {
  :root { --severe: #ff9b94; --warning: #ffca6b; --fine: #7ddba3; }
}
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0.5rem 0 1rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
.engine { border: 1px dashed var(--line); font-size: 0.875rem; margin: 0; padding: 0.5rem 0.75rem; }
.concerns { border-left: 0.3rem solid var(--line); margin: 1rem 0; padding: 0.25rem 1rem; }
.concerns.severe { border-color: var(--severe); }
.concerns.warning { border-color: var(--warning); }
.concerns.fine { border-color: var(--fine); }
.concerns ul { list-style: none; margin: 0; padding: 0; }
.severe strong, td.severe { color: var(--severe); font-weight: 600; }
.warning strong, td.warning { color: var(--warning); font-weight: 600; }
.fine strong, td.fine { color: var(--fine); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: 0.4rem 1rem 0.4rem 0; text-align: left;
  vertical-align: top; }
tbody th { font-weight: 600; }
.detail th { width: 14rem; }
td.path { overflow-wrap: anywhere; }
.none { margin: 0; opacity: 0.8; }
`;

/** The style sheet, for the head of the page. */
export const styleElement = new Html(`<style>${styleSheet}</style>`);

const hash = createHash("sha256").update(styleSheet).digest("base64");

/** Nothing but this style sheet may be loaded or run. */
export const monitorPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
