/** Deploys a program on mocks and records everything that was registered, so that tests assert on
 *  plain records. What it cannot prove: that Docker takes the arguments, that a second real preview
 *  is empty, that the verbs do what they say. */

import * as pulumi from "@pulumi/pulumi";

/** One registration, as the engine would have got it. */
export interface Registered {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** URN of the parent; empty for the stack alone. */
  readonly parent: string;
  /** Names of the custom resources it depends on, by data or by `dependsOn`. */
  readonly dependencies: readonly string[];
  /** Inputs; a secret keeps its envelope, an unknown value is `unknown`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: RegisteredOptions;
  /** What the component registered as its outputs; undefined when it never did. */
  outputs: Readonly<Record<string, unknown>> | undefined;
}

/** Options that guard data or order. */
interface RegisteredOptions {
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly aliases: readonly object[];
  readonly import: string;
  /** Limits of creation, update and deletion; empty for the engine's own. */
  readonly timeouts: readonly string[];
}

/** How the world answers. */
export interface World {
  /** Whether this is a preview, in which every output is unknown. */
  readonly preview: boolean;
  /** Output of a command, by verb. @default a fixed text */
  readonly stdout?: (verb: string, stdin: string) => string;
  /** Answers of functions, by token. */
  readonly call?: (token: string, inputs: Record<string, unknown>) => Record<string, unknown>;
}

/** Stands for a value that is not known yet. */
export const unknown = "unknown";
/** What marks a value that is not known, on the wire. Source: @pulumi/pulumi, runtime/rpc. */
const unknownOnTheWire = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A registration on the wire, as far as it is read here. */
interface Request {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getParent(): string;
  getDependenciesList(): string[];
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getDeletedwith(): string;
  getIgnorechangesList(): string[];
  getReplaceonchangesList(): string[];
  getDeletebeforereplace(): boolean;
  getAliasesList(): { toObject(): object }[];
  getImportid(): string;
  getCustomtimeouts():
    { getCreate(): string; getUpdate(): string; getDelete(): string } | undefined;
}
interface OutputsRequest {
  getUrn(): string;
  getOutputs(): { toJavaScript(): Record<string, unknown> } | undefined;
}
type Answer<Response> = (error: unknown, response: Response) => void;
interface Monitor {
  registerResource(request: Request, answer: Answer<{ getUrn(): string }>): Promise<void>;
  registerResourceOutputs(request: OutputsRequest, answer: Answer<object>): void;
}

/** Runs a program to its end.
 *  @throws whatever the program throws, and for a URN that is registered twice: the SDK's own mock
 *  silently keeps the second */
export async function deploy(
  program: () => Promise<Record<string, unknown>> | Record<string, unknown>,
  world: World,
): Promise<readonly Registered[]> {
  const records = new Map<string, Registered>();
  const duplicates: string[] = [];
  await pulumi.runtime.setMocks(
    {
      call: ({ token, inputs }) => world.call?.(token, inputs as Record<string, unknown>) ?? {},
      newResource: (resource) => created(resource, world),
    },
    "iris-mirror",
    "dev",
    world.preview,
    "organization",
  );
  record(pulumi.runtime.getMonitor() as unknown as Monitor, records, duplicates);
  let failure: unknown;
  // What a program throws would reject promises inside the stack that nobody can await.
  await pulumi.runtime.runInPulumiStack(async () => {
    try {
      return await program();
    } catch (error) {
      failure = error;
      return {};
    }
  });
  await pulumi.runtime.disconnect();
  if (failure !== undefined) throw failure as Error;
  if (duplicates.length > 0) throw new Error(`registered twice: ${duplicates.join(", ")}`);
  return [...records.values()].map((one) => ({
    ...one,
    parent: records.get(one.parent)?.urn ?? "",
    dependencies: one.dependencies.map((urn) => nameOf(urn)).toSorted(),
    options: { ...one.options, deletedWith: nameOf(one.options.deletedWith) },
  }));
}

/** Last part of a URN. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** What a provider would have answered. */
function created(
  { type, name, inputs, custom }: pulumi.runtime.MockResourceArgs,
  world: World,
): pulumi.runtime.MockResourceResult {
  if (world.preview && custom === true) return { id: undefined, state: {} };
  const given = inputs as Record<string, unknown>;
  const stdout =
    type === "command:local:Command"
      ? { stdout: world.stdout?.(String(given["create"]), String(given["stdin"])) ?? "{}" }
      : {};
  return { id: custom === true ? `${name}-id` : undefined, state: { ...given, ...stdout } };
}

/** Listens on the way to the mock monitor. */
function record(monitor: Monitor, records: Map<string, Registered>, duplicates: string[]): void {
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request, answer) =>
    await register(request, (error, response) => {
      if (error === null || error === undefined) {
        const urn = response.getUrn();
        if (records.has(urn)) duplicates.push(urn);
        records.set(urn, registered(realUrn(request, records), request));
      }
      answer(error, response);
    });
  const outputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, answer) => {
    const component = records.get(request.getUrn());
    if (component !== undefined) {
      component.outputs = plain(request.getOutputs()?.toJavaScript() ?? {});
    }
    outputs(request, answer);
  };
}

/** The URN as the engine makes it: with the types of all ancestors but the stack. The mock monitor
 *  keeps the nearest one only. */
function realUrn(request: Request, records: ReadonlyMap<string, Registered>): string {
  const parent = records.get(request.getParent());
  const isTop = parent === undefined || parent.type === "pulumi:pulumi:Stack";
  const ancestors = isTop ? [] : [parent.urn.split("::")[2] ?? ""];
  const type = [...ancestors, request.getType()].join("$");
  return `urn:pulumi:dev::iris-mirror::${type}::${request.getName()}`;
}

function registered(urn: string, request: Request): Registered {
  const limits = request.getCustomtimeouts();
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    dependencies: request.getDependenciesList(),
    inputs: plain(request.getObject()?.toJavaScript() ?? {}),
    options: {
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
      deletedWith: request.getDeletedwith(),
      ignoreChanges: request.getIgnorechangesList(),
      replaceOnChanges: request.getReplaceonchangesList(),
      deleteBeforeReplace: request.getDeletebeforereplace(),
      aliases: request.getAliasesList().map((alias) => alias.toObject()),
      import: request.getImportid(),
      timeouts: [limits?.getCreate() ?? "", limits?.getUpdate() ?? "", limits?.getDelete() ?? ""],
    },
    outputs: undefined,
  };
}

/** Values of the wire with unknowns named; secrets keep their envelope. */
function plain(value: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value).replaceAll(unknownOnTheWire, unknown)) as Record<
    string,
    unknown
  >;
}
