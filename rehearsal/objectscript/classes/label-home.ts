/** Labels of a body as things to call. */

import { compileSteps } from "../compile/parts.ts";
import { procedureScope, type Scope } from "../compile/scope.ts";
import type { Callable, LabelHome } from "../run/callable.ts";
import type { Step } from "../run/signal.ts";
import type { Body, LabelNode, Procedure } from "../syntax/program.ts";
import { compileFormals } from "./formals.ts";

/** A body that has been compiled. */
interface CompiledBody {
  readonly steps: readonly Step[];
  readonly scope: Scope;
}

/** Where `do label` of this body, and `label^routine` from elsewhere, look. */
export function bodyHome(name: string, body: Body, compiled: CompiledBody): LabelHome {
  const labels = new Map(body.labels.map((label) => [label.name, label.index]));
  const callables = new Map<string, Callable>();
  const home: LabelHome = {
    name,
    callable(label) {
      const known = callables.get(label);
      if (known !== undefined) return known;
      const node = label === "" ? firstLine(body) : body.labels.find((one) => one.name === label);
      if (node === undefined) return undefined;
      const callable = compileLabel(node, { ...compiled, labels, home });
      callables.set(label, callable);
      return callable;
    },
  };
  return home;
}

/** `do ^routine` begins with the first line, which may be a label. */
function firstLine(body: Body): LabelNode {
  const [first] = body.labels;
  if (first?.index === 0 && body.statements.length > 0 && first.procedure === undefined)
    return first;
  const isProcedureFirst = first?.index === 0 && body.statements.length === 0;
  if (isProcedureFirst) return first;
  return { name: "", at: 0, formals: undefined, index: 0, procedure: undefined };
}

interface LabelSurroundings extends CompiledBody {
  readonly labels: ReadonlyMap<string, number>;
  readonly home: LabelHome;
}

function compileLabel(node: LabelNode, surroundings: LabelSurroundings): Callable {
  if (node.procedure !== undefined) return compileProcedure(node, node.procedure, surroundings);
  const { steps, scope, labels, home } = surroundings;
  return {
    unit: scope.unit,
    formals: node.formals && compileFormals(node.formals, scope),
    steps,
    start: node.index,
    isProcedure: false,
    labels,
    home,
  };
}

function compileProcedure(
  node: LabelNode,
  procedure: Procedure,
  surroundings: LabelSurroundings,
): Callable {
  const { scope, home } = surroundings;
  const inner = procedureScope(scope, procedure.publicNames);
  return {
    unit: scope.unit,
    formals: compileFormals(node.formals ?? [], inner),
    steps: compileSteps(procedure.body, inner),
    start: 0,
    isProcedure: true,
    labels: new Map(),
    home,
  };
}
