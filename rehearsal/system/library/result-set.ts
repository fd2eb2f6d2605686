/** `%Library.ResultSet`, also known as `%ResultSet`. Source: class reference. */

import { ObjectScriptError } from "../../objectscript/errors.ts";
import type { Arguments, NativeClass, NativeProcess } from "../../objectscript/host.ts";
import { fullClassName } from "../../objectscript/classes/product-classes.ts";
import { toText } from "../../objectscript/numbers.ts";
import type { Value } from "../../objectscript/value.ts";
import { advance, findQuery, refuseSql, runQuery, type Rows } from "./queries.ts";
import { okStatus } from "./status.ts";

interface State {
  className: string;
  queryName: string;
  rows: Rows | undefined;
}

/** `%New("Class:Query")`. */
function create(call: Arguments): State {
  const [className = "", queryName = ""] = call.text(0).split(":");
  return { className, queryName, rows: undefined };
}

function execute(state: State, call: Arguments, process: NativeProcess): Value {
  const { className, queryName } = state;
  if (className.startsWith("%DynamicQuery") || queryName === "") return refuseSql(className);
  state.rows = runQuery(findQuery(fullClassName(className), queryName, process), call, process);
  return okStatus;
}

function byName(state: State, call: Arguments): Value {
  const value = state.rows?.byName(call.text(0));
  if (value === undefined) throw new ObjectScriptError("<UNDEFINED>", `.Data("${call.text(0)}")`);
  return value;
}

/** The class. */
export const resultSetClass: NativeClass<State> = {
  name: "%Library.ResultSet",
  extends: ["%Library.RegisteredObject"],
  create,
  classMethods: {},
  properties: {
    ClassName: {
      get: (state) => state.className,
      set: (state, value) => {
        state.className = toText(value);
      },
    },
    QueryName: {
      get: (state) => state.queryName,
      set: (state, value) => {
        state.queryName = toText(value);
      },
    },
    AtEnd: { get: (state) => (state.rows?.isAtEnd === false ? 0 : 1) },
  },
  methods: {
    Execute: execute,
    Prepare: (_, call) => refuseSql(call.text(0)),
    Next: (state, call) => advance(state.rows, call),
    GetData: (state, call) => state.rows?.byNumber(Number(call.text(0))) ?? "",
    Get: byName,
    Data: byName,
    GetColumnCount: (state) => state.rows?.columns.length ?? 0,
    GetColumnName: (state, call) => state.rows?.columns[Number(call.text(0)) - 1] ?? "",
    GetDataByName: byName,
    Close: () => okStatus,
  },
  notSimulated: ["GetColumnHeader", "GetColumnType", "GetParamCount", "RunQuery", "CSVQuery"],
};
