/** The read-only Mirror Monitor of one member.
 *  Source: GHA_mirror_manage (panels, columns, words); the heading was seen live. Its buttons are
 *  not simulated. Assumed: the order of rows; here the worst come first. */

import { html, nothing, type Html } from "./html.ts";
import { arbiterPanel, failoverPanel, membersPanel } from "./monitor-members.ts";
import { databasesPanel, missingPanel } from "./monitor-databases.ts";
import { styleElement } from "./monitor-style.ts";
import { detailTable } from "./monitor-table.ts";
import type { PageSource } from "./page.ts";
import type { MirrorView } from "../mirror/view.ts";

/** Seen live for a failover member. Assumed: the sentences for all others. */
function heading({ memberType, mirrorName }: MirrorView): string {
  switch (memberType) {
    case "Not Member":
      return "This system is not a mirror member";
    case "Failover":
      return `This system is a failover member in mirror ${mirrorName}`;
    case "Indeterminate":
      return `This system is not on the member list of mirror ${mirrorName}`;
    case "Async":
    case "Disaster Recovery":
    case "Read-Only Reporting":
    case "Read-Write Reporting":
      return `This system is an async member in mirror ${mirrorName}`;
  }
}

function concernsPanel({ concerns, isMember }: MirrorView): Html {
  if (isMember === 0) return nothing;
  if (concerns.length === 0) {
    return html`<div class="concerns fine"><strong>Nothing needs attention.</strong></div>`;
  }
  const label = { severe: "Severe:", warning: "Warning:" } as const;
  const items = concerns.map(
    ({ severity, text }) =>
      html`<li class="${severity}"><strong>${label[severity]}</strong> ${text}</li> `,
  );
  return html`<div class="concerns ${concerns[0]?.severity ?? "fine"}">
    <ul>
      ${items}
    </ul>
  </div>`;
}

function ownPanel(view: MirrorView): Html {
  const own = view.members.find(({ name }) => name === view.memberName);
  return detailTable("This Member", [
    ["Member name", view.memberName],
    ["Member type", view.memberType],
    ["Member status", own?.status ?? view.qlistStatus],
    ["Mirror name", view.mirrorName],
  ]);
}

function panels(source: PageSource, view: MirrorView): Html {
  if (view.isMember === 0) return nothing;
  const isFailover = view.isMember === 1;
  const databases = databasesPanel(view.mirrorName, source.databases());
  return html`${ownPanel(view)} ${isFailover ? failoverPanel(view) : nothing}
  ${isFailover ? arbiterPanel(view) : nothing} ${membersPanel(view)}
  ${missingPanel(source.missingDatabases())} ${databases}`;
}

/** Says on every page what this is. */
function engineNote({ profile }: PageSource): Html {
  const where =
    profile.privateWebPort === undefined
      ? html`This is a page of the engine's own: release ${profile.release} has no web server.`
      : html`It imitates the Mirror Monitor of release ${profile.release}, read only.`;
  return html`<p class="engine">
    iris-mirror rehearsal engine, not an InterSystems product. ${where}
  </p>`;
}

/** The whole page. */
export function monitorPage(source: PageSource): string {
  const view = source.mirror();
  const title = view.isMember === 0 ? "Mirror Monitor" : `${view.memberName} Mirror Monitor`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        ${engineNote(source)}
        <main>
          <h1>${heading(view)}</h1>
          ${concernsPanel(view)} ${panels(source, view)}
        </main>
      </body>
    </html> `.text;
}
