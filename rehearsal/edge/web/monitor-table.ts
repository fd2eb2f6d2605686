/** Tables of the Mirror Monitor. */

import { html, type Html } from "./html.ts";
import type { Severity } from "../../core/concerns.ts";

/** One cell: its text, and how bad that is. */
interface Cell {
  readonly text: string;
  readonly severity?: Severity;
  /** A long path that may break anywhere. */
  readonly isPath?: boolean;
}

/** A row; its first text names it. */
export interface TableRow {
  readonly name: string;
  readonly cells: readonly Cell[];
}

/** The id of a panel's heading. */
function idOf(title: string): string {
  return title.toLowerCase().replace(/[^a-z]+/g, "-");
}

function section(title: string, content: Html): Html {
  const id = idOf(title);
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;
}

function cell({ text, severity, isPath }: Cell): Html {
  if (isPath === true) return html`<td class="path">${text}</td>`;
  return severity === undefined
    ? html`<td>${text}</td>`
    : html`<td class="${severity}">${text}</td>`;
}

/** A table with a header row, in which an empty text names no column; `No Results` without rows,
 *  as the product says. */
export function listTable(
  title: string,
  columns: readonly string[],
  rows: readonly TableRow[],
): Html {
  if (rows.length === 0) return section(title, html`<p class="none">No Results</p>`);
  const heads = columns.map((column) =>
    column === "" ? html`<td></td>` : html`<th scope="col">${column}</th>`,
  );
  const lines = rows.map(
    ({ name, cells }) =>
      html`<tr>
        <th scope="row">${name}</th>
        ${cells.map(cell)}
      </tr> `,
  );
  return section(
    title,
    html`<div class="wide">
      <table>
        <thead>
          <tr>
            ${heads}
          </tr>
        </thead>
        <tbody>
          ${lines}
        </tbody>
      </table>
    </div>`,
  );
}

/** A table of names and values. */
export function detailTable(title: string, rows: readonly (readonly [string, string])[]): Html {
  const lines = rows.map(
    ([name, value]) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${value}</td>
      </tr> `,
  );
  return section(
    title,
    html`<table class="detail">
      <tbody>
        ${lines}
      </tbody>
    </table>`,
  );
}
