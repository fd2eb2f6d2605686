/** Results of class queries: `%ResultSet` and `%SQL.Statement`. Source: class reference. */

import { NotSimulated, ObjectScriptError } from "../../objectscript/errors.ts";
import type { Arguments, NativeProcess, NativeQuery } from "../../objectscript/host.ts";
import type { Value } from "../../objectscript/value.ts";

/** Rows of a query that was run, and where reading stands. */
export class Rows {
  readonly columns: readonly string[];
  private readonly rows: readonly (readonly string[])[];
  private at = -1;

  constructor(columns: readonly string[], rows: readonly (readonly string[])[]) {
    this.columns = columns;
    this.rows = rows;
  }

  get count(): number {
    return this.rows.length;
  }

  /** True while there is a row. */
  next(): boolean {
    this.at = Math.min(this.at + 1, this.rows.length);
    return this.at < this.rows.length;
  }

  get isAtEnd(): boolean {
    return this.at >= this.rows.length;
  }

  /** The value of a column, from 1; `""` outside of the rows. */
  byNumber(column: number): string {
    return this.rows[this.at]?.[column - 1] ?? "";
  }

  /** The value of a column by its name; `undefined` when there is no such column. */
  byName(name: string): string | undefined {
    const wanted = name.toLowerCase();
    const column = this.columns.findIndex((one) => one.toLowerCase() === wanted);
    return column === -1 ? undefined : this.byNumber(column + 1);
  }
}

/** A class query by the names of its class and itself.
 *  @throws ObjectScriptError `<CLASS DOES NOT EXIST>`
 *  @throws NotSimulated for a query this engine does not have */
export function findQuery(className: string, name: string, process: NativeProcess): NativeQuery {
  const native = process.nativeClass(className);
  if (native === undefined) {
    if (process.code.classSource(className) !== undefined) {
      throw new NotSimulated(`class query ${className}:${name}`);
    }
    throw new ObjectScriptError("<CLASS DOES NOT EXIST>", `*${className}`);
  }
  const queries = native.queries ?? {};
  const query = Object.hasOwn(queries, name) ? queries[name] : undefined;
  if (query === undefined) throw new NotSimulated(`class query ${className}:${name}`);
  return query;
}

/** Runs a query with the arguments of a call. */
export function runQuery(query: NativeQuery, call: Arguments, process: NativeProcess): Rows {
  const args = Array.from({ length: call.length }, (_, index) => call.text(index));
  return new Rows(query.columns, query.rows(args, process));
}

/** SQL text is not run here: refused by its first words. */
export function refuseSql(text: string): never {
  throw new NotSimulated(`SQL (${text.trim().split(/\s+/).slice(0, 4).join(" ")} …)`);
}

/** 1 while there is a row, and a success for the caller's status. */
export function advance(rows: Rows | undefined, call: Arguments): Value {
  call.set(0, 1);
  return rows?.next() === true ? 1 : 0;
}
