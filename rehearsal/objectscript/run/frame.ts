/** One level of the program stack: a called label, method or function, an `xecute`, a prompt. */

import type { Value } from "../value.ts";
import type { ObjectInstance } from "../classes/instance.ts";
import type { RuntimeClass } from "../classes/runtime-class.ts";
import type { Callable } from "./callable.ts";
import { LocalNode } from "./local-node.ts";
import type { Process } from "./process.ts";
import type { CodeUnit } from "./unit.ts";

/** Letter of the frame in the prompt: sign-on, error prompt, `do`, function, `xecute`.
 *  Source: GCOS, command-line debugging. */
export type FrameKind = "S" | "E" | "d" | "e" | "x";

/** Names of variables with what they hold. */
export type Variables = Map<string, LocalNode>;

/** What a new frame is made of. */
export interface FrameParts {
  readonly kind: FrameKind;
  readonly unit: CodeUnit;
  /** What was called; none at a prompt and in `xecute`. */
  readonly callable?: Callable | undefined;
  /** The variables of a procedure; the public ones for all other code. */
  readonly variables: Variables;
  readonly self?: ObjectInstance | undefined;
  /** The class the method was called on. */
  readonly receiver?: RuntimeClass | undefined;
  /** The class whose source has the method, for `##super`. */
  readonly owner?: string | undefined;
  /** Name of the method that runs. */
  readonly method?: string | undefined;
  /** True when parameters or the frame itself count as a state in the prompt. */
  readonly hasState?: boolean;
}

/** A level of the stack while it runs. */
export class Frame {
  readonly process: Process;
  readonly parent: Frame | undefined;
  readonly kind: FrameKind;
  /** A prompt takes up a new unit with every line. */
  unit: CodeUnit;
  readonly callable: Callable | undefined;
  readonly variables: Variables;
  readonly self: ObjectInstance | undefined;
  readonly receiver: RuntimeClass | undefined;
  readonly owner: string | undefined;
  readonly method: string | undefined;
  private readonly hasState: boolean;
  /** NEW commands done in this frame. */
  newCommands = 0;
  /** FOR loops under way: each is a level of its own in the prompt. */
  forLevels = 0;
  /** What `quit value` leaves behind. */
  returned: Value | undefined;
  /** What `$ztrap` and `$etrap` hold in this frame. */
  readonly traps = { ztrap: "", etrap: "" };
  private hasTrap = false;
  /** Label to go on with after `goto`, as an index into the statements of the body. */
  target = 0;
  private readonly restorers: (() => void)[] = [];

  constructor(process: Process, parent: Frame | undefined, parts: FrameParts) {
    this.process = process;
    this.parent = parent;
    this.kind = parts.kind;
    this.unit = parts.unit;
    this.callable = parts.callable;
    this.variables = parts.variables;
    this.self = parts.self;
    this.receiver = parts.receiver;
    this.owner = parts.owner;
    this.method = parts.method;
    this.hasState = parts.hasState === true;
  }

  /** Level of this frame in the prompt. Below another frame, NEW commands and FOR loops take levels
   *  of their own. Source: GCOS, command-line debugging (samples of the prompt). */
  get level(): number {
    let level = 1 + this.forLevels;
    for (let below = this.parent; below !== undefined; below = below.parent) {
      level += 1 + below.forLevels + below.newCommands;
    }
    return level;
  }

  /** What stands between namespace and `>` in the prompt: `2d1`. */
  get promptState(): string {
    const letter = this.forLevels > 0 ? "f" : this.kind;
    return `${String(this.level)}${letter}${String(this.newCommands + (this.hasState ? 1 : 0))}`;
  }

  /** Sets a variable aside until the frame ends. */
  renew(variables: Variables, name: string): void {
    const before = variables.get(name);
    this.onLeave(() => {
      if (before === undefined) variables.delete(name);
      else variables.set(name, before);
    });
    variables.set(name, new LocalNode());
  }

  /** Sets `$ztrap` or `$etrap`. The process counts the frames that would take an error; one at a
   *  prompt has no code to go on with and does not count. */
  setTrap(name: "ztrap" | "etrap", text: string): void {
    this.traps[name] = text;
    const takesErrors =
      this.callable !== undefined && (this.traps.ztrap !== "" || this.traps.etrap !== "");
    if (takesErrors !== this.hasTrap) this.process.handlers += takesErrors ? 1 : -1;
    this.hasTrap = takesErrors;
  }

  /** Forgets both traps. */
  clearTraps(): void {
    this.setTrap("ztrap", "");
    this.setTrap("etrap", "");
  }

  /** Runs `restore` when the frame ends, last first. */
  onLeave(restore: () => void): void {
    this.restorers.push(restore);
  }

  /** Ends the frame: what NEW set aside comes back. */
  leave(): void {
    for (const restore of this.restorers.reverse()) restore();
    this.restorers.length = 0;
    this.newCommands = 0;
  }
}

/** A variable that may be set; it comes into being without a value. */
export function demandVariable(variables: Variables, name: string): LocalNode {
  let node = variables.get(name);
  if (node === undefined) {
    node = new LocalNode();
    variables.set(name, node);
  }
  return node;
}
