/** `open`, `use`, `read`, `close`: the principal device and files. Source: RCOS. */

import { compileExpression, compilePlace } from "../compile/parts.ts";
import { all, runCode, type Code } from "../compile/code.ts";
import type { Scope } from "../compile/scope.ts";
import type { CommandContext, Execute } from "../compile/statement.ts";
import { fail, NotSimulated, ObjectScriptError } from "../errors.ts";
import type { Running } from "../host.ts";
import { toText } from "../numbers.ts";
import type { Frame } from "../run/frame.ts";
import type { Place } from "../run/place.ts";
import type { Process } from "../run/process.ts";
import { normal } from "../run/signal.ts";
import type { Expression } from "../syntax/nodes.ts";
import type { Action, DeviceItem, ReadItem } from "../syntax/statements.ts";
import type { Value } from "../value.ts";
import { timeoutMs } from "./lock.ts";
import { awaitWritable, inSequence } from "./sequence.ts";
import { compileWriteItem } from "./write.ts";

type DeviceAction = Extract<Action, { command: "open" | "use" | "close" | "read" }>;

/** Compiles a command about devices. */
export function compileDevice(action: DeviceAction, context: CommandContext): Execute {
  if (action.command === "read") {
    return inSequence(action.items.map((item) => compileRead(item, context)));
  }
  const apply = { open: openDevice, use: useDevice, close: closeDevice }[action.command];
  return inSequence(action.items.map((item) => compileItem(item, apply, context.scope)));
}

interface FoundDevice {
  readonly name: string;
  readonly parameters: readonly Value[];
  readonly limitMs: number | undefined;
}

function compileItem(
  item: DeviceItem,
  apply: (process: Process, device: FoundDevice) => void,
  scope: Scope,
): Execute {
  const name = compileExpression(item.device, scope);
  const parameters = all(item.parameters.map((parameter) => optional(parameter, scope)));
  const timeout = item.timeout && compileExpression(item.timeout, scope);
  return function* (frame) {
    const found = toText(yield* runCode(name, frame));
    const values = yield* runCode(parameters, frame);
    const limitMs = timeout && timeoutMs(yield* runCode(timeout, frame));
    apply(frame.process, { name: found, parameters: values, limitMs });
    return normal;
  };
}

function optional(expression: Expression | undefined, scope: Scope): Code<Value> {
  return expression === undefined ? { now: () => "" } : compileExpression(expression, scope);
}

/** `0` and the name of the principal device are the principal device. */
function isPrincipal(process: Process, name: string): boolean {
  return name === "0" || name === process.output.principal.name;
}

/** Without a time limit a device that is not there raises the error of the host; with one it only
 *  leaves `$test` false. */
function openDevice(process: Process, { name, parameters, limitMs }: FoundDevice): void {
  if (isPrincipal(process, name) || process.openDevices.has(name)) {
    if (limitMs !== undefined) process.test = true;
    return;
  }
  if (name.startsWith("|") || /^\d+$/.test(name)) throw new NotSimulated(`OPEN of device ${name}`);
  try {
    const device = process.host.openFile(name, toText(parameters[0] ?? ""));
    process.openDevices.set(name, { device, close: () => device.close() });
    if (limitMs !== undefined) process.test = true;
  } catch (error) {
    if (limitMs === undefined || !(error instanceof ObjectScriptError)) throw error;
    process.test = false;
  }
}

function useDevice(process: Process, { name }: FoundDevice): void {
  if (isPrincipal(process, name)) {
    process.output.usePrincipal();
    return;
  }
  const opened = process.openDevices.get(name) ?? fail("<NOTOPEN>");
  process.output.use(opened.device);
}

function closeDevice(process: Process, { name }: FoundDevice): void {
  const opened = process.openDevices.get(name);
  if (opened === undefined) return;
  if (process.output.current === opened.device) process.output.usePrincipal();
  process.openDevices.delete(name);
  opened.close();
}

function compileRead(item: ReadItem, context: CommandContext): Execute {
  if (item.kind !== "line") return compileWriteItem(item, context);
  const { scope } = context;
  const place = compilePlace(item.variable, scope);
  const timeout = item.timeout && compileExpression(item.timeout, scope);
  return function* (frame) {
    if (item.length !== undefined) throw new NotSimulated("READ variable#length");
    const target = yield* runCode(place, frame);
    const limitMs = timeout && timeoutMs(yield* runCode(timeout, frame));
    yield* readInto(target, limitMs, frame);
    return normal;
  };
}

/** At the end of the input: `<ENDOFFILE>`, or with a time limit `$test` false and `""`. */
function* readInto(target: Place, limitMs: number | undefined, frame: Frame): Running<void> {
  const { process } = frame;
  const line = yield* process.output.current.readLine(limitMs);
  process.forgetCode();
  process.atEndOfFile = line === undefined && limitMs === undefined;
  yield* awaitWritable(target);
  target.set(line ?? "");
  if (limitMs !== undefined) process.test = line !== undefined;
  else if (line === undefined) fail("<ENDOFFILE>");
}
