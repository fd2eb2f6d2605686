/** `%SQL.Statement` over class queries; SQL text is refused by name. Source: class reference. */

import { ObjectScriptError } from "../../objectscript/errors.ts";
import { fullClassName } from "../../objectscript/classes/product-classes.ts";
import type {
  Arguments,
  NativeClass,
  NativeProcess,
  NativeQuery,
} from "../../objectscript/host.ts";
import type { Value } from "../../objectscript/value.ts";
import { advance, findQuery, refuseSql, runQuery, type Rows } from "./queries.ts";
import { okStatus } from "./status.ts";

const resultName = "%SQL.StatementResult";

/** SQLCODE of a result with rows still to come, and of one that has none left. */
const rowsLeft = 0;
const noRowsLeft = 100;

interface StatementState {
  query: NativeQuery | undefined;
}

function prepareQuery(state: StatementState, call: Arguments, process: NativeProcess): Value {
  state.query = findQuery(fullClassName(call.text(0)), call.text(1), process);
  return okStatus;
}

function execute(state: StatementState, call: Arguments, process: NativeProcess): Value {
  if (state.query === undefined) throw new ObjectScriptError("<INVALID OREF>");
  return process.createObject(resultName, runQuery(state.query, call, process));
}

const statement: NativeClass<StatementState> = {
  name: "%SQL.Statement",
  extends: ["%Library.RegisteredObject"],
  create: () => ({ query: undefined }),
  classMethods: { "%ExecDirect": (call) => refuseSql(call.text(1)) },
  methods: {
    "%Prepare": (_, call) => refuseSql(call.text(0)),
    "%PrepareClassQuery": prepareQuery,
    "%Execute": execute,
  },
  notSimulated: ["%Display", "%ExecDirectNoPriv"],
};

function byName(rows: Rows, name: string): string {
  const value = rows.byName(name);
  if (value === undefined) {
    throw new ObjectScriptError("<PROPERTY DOES NOT EXIST>", `*${name},${resultName}`);
  }
  return value;
}

/** All rows as columns between tabs.
 *  Assumed: the layout; scripts read single values. */
function display(rows: Rows, _: Arguments, process: NativeProcess): Value {
  process.write(`${rows.columns.join("\t")}\n`);
  let shown = 0;
  for (; rows.next(); shown++) {
    const values = rows.columns.map((__, index) => rows.byNumber(index + 1));
    process.write(`${values.join("\t")}\n`);
  }
  process.write(`\n${String(shown)} Rows(s) Affected\n`);
  return okStatus;
}

const result: NativeClass<Rows> = {
  name: resultName,
  extends: ["%Library.RegisteredObject"],
  classMethods: {},
  properties: {
    "%SQLCODE": { get: (rows) => (rows.isAtEnd ? noRowsLeft : rowsLeft) },
    "%Message": { get: () => "" },
    "%ROWCOUNT": { get: (rows) => rows.count },
    "%ResultColumnCount": { get: (rows) => rows.columns.length },
  },
  anyProperty: {
    get: (rows, name) => byName(rows, name),
    set: (_, name) => {
      throw new ObjectScriptError("<CANNOT SET THIS PROPERTY>", `*${name},${resultName}`);
    },
  },
  methods: {
    "%Next": (rows, call) => advance(rows, call),
    "%Get": (rows, call) => byName(rows, call.text(0)),
    "%GetData": (rows, call) => rows.byNumber(Number(call.text(0))),
    "%Display": display,
  },
  notSimulated: ["%DisplayFormatted", "%GetMetadata", "%GetRow", "%Print"],
};

/** Both classes. */
export const sqlClasses: readonly NativeClass[] = [statement, result];
