/** The command line of `iris-main`, the first program of every IRIS container.
 *  Source: ADOCK_iris_iscmain (options, long and short names, defaults). */

/** What iris-main was asked to do. */
export interface MainOptions {
  readonly instance: string;
  /** Start the instance when the container starts. */
  readonly up: boolean;
  /** Stop the instance when the container stops. */
  readonly down: boolean;
  readonly key: string | undefined;
  /** A further log that is copied to standard output. */
  readonly log: string | undefined;
  readonly create: string | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly exit: string | undefined;
  readonly terminate: string | undefined;
  readonly startAgent: boolean;
  readonly agentPort: number;
  readonly checkCapabilities: boolean;
  /** Holds the password of the predefined accounts. */
  readonly passwordFile: string | undefined;
  /** Merge again what changes in the files of `ISC_CPF_MERGE_FILE`. */
  readonly monitorsCpf: boolean;
}

/** The parsed command line, or what to print instead of starting anything. */
export type MainCommand =
  | { readonly kind: "run"; readonly options: MainOptions }
  | { readonly kind: "help" | "version" }
  | { readonly kind: "fault"; readonly message: string };

const longNames: Readonly<Record<string, string>> = {
  i: "instance",
  d: "down",
  u: "up",
  s: "nostu",
  k: "key",
  l: "log",
  b: "before",
  a: "after",
  e: "exit",
  c: "create",
  t: "terminate",
  p: "password-file",
  h: "help",
};

const known = new Set([
  ...Object.values(longNames),
  "ISCAgent",
  "ISCAgentPort",
  "check-caps",
  "version",
  "monitorCPF",
]);

interface Given {
  readonly name: string;
  readonly value: string;
}

class OptionFault extends Error {}

/** Splits `--name value`, `--name=value` and `-n value` into names and values. */
function pair(words: readonly string[]): Given[] {
  const given: Given[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (!word.startsWith("-")) throw new OptionFault(`Unexpected argument "${word}"`);
    const [flag, attached] = splitAtEquals(word);
    const name = flag.startsWith("--") ? flag.slice(2) : longNames[flag.slice(1)];
    if (name === undefined || !known.has(name)) throw new OptionFault(`Unknown option "${flag}"`);
    if (name === "help" || name === "version") {
      given.push({ name, value: "" });
      continue;
    }
    const value = attached ?? words[++index];
    if (value === undefined) throw new OptionFault(`Option "${flag}" needs a value`);
    given.push({ name, value });
  }
  return given;
}

function splitAtEquals(word: string): [string, string | undefined] {
  const at = word.indexOf("=");
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function truth(name: string, value: string | undefined, otherwise: boolean): boolean {
  if (value === undefined) return otherwise;
  if (value.toLowerCase() === "true") return true;
  if (value.toLowerCase() === "false") return false;
  throw new OptionFault(`Option "--${name}" is true or false, not "${value}"`);
}

function port(value: string | undefined): number {
  if (value === undefined) return 2188;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 65535) {
    throw new OptionFault(`Option "--ISCAgentPort" is a port number, not "${value}"`);
  }
  return number;
}

function build(values: ReadonlyMap<string, string>): MainOptions {
  if (truth("nostu", values.get("nostu"), false)) {
    throw new OptionFault("not simulated: option --nostu");
  }
  return {
    instance: values.get("instance") ?? "IRIS",
    up: truth("up", values.get("up"), true),
    down: truth("down", values.get("down"), true),
    key: values.get("key"),
    log: values.get("log"),
    create: values.get("create"),
    before: values.get("before"),
    after: values.get("after"),
    exit: values.get("exit"),
    terminate: values.get("terminate"),
    startAgent: truth("ISCAgent", values.get("ISCAgent"), true),
    agentPort: port(values.get("ISCAgentPort")),
    checkCapabilities: truth("check-caps", values.get("check-caps"), true),
    passwordFile: values.get("password-file"),
    monitorsCpf: truth("monitorCPF", values.get("monitorCPF"), true),
  };
}

/** Reads the words behind the image name. */
export function parseMainOptions(words: readonly string[]): MainCommand {
  try {
    const given = pair(words);
    const early = given.find(({ name }) => name === "help" || name === "version");
    if (early !== undefined) return { kind: early.name === "help" ? "help" : "version" };
    return {
      kind: "run",
      options: build(new Map(given.map(({ name, value }) => [name, value]))),
    };
  } catch (error) {
    if (error instanceof OptionFault) return { kind: "fault", message: error.message };
    throw error;
  }
}

/** Text of `--help`. */
export const mainHelp = `Usage: iris-main [options]

  -i, --instance <name>      instance to start and stop (IRIS)
  -u, --up <true|false>      start the instance with the container (true)
  -d, --down <true|false>    stop the instance with the container (true)
  -k, --key <file>           license key, copied to the manager's directory and watched
  -l, --log <file>           a further log to copy to standard output
  -p, --password-file <file> password of the predefined accounts; deleted where it may be
  -s, --nostu <true|false>   start for a single user (false; true is not simulated)
  -c, --create <command>     before anything else
  -b, --before <command>     before the instance starts
  -a, --after <command>      after the instance has started
  -e, --exit <command>       after the instance has stopped
  -t, --terminate <command>  after everything else
      --ISCAgent <true|false>   start the ISCAgent with the container (true)
      --ISCAgentPort <port>     its port (2188)
      --check-caps <true|false> check the container's capabilities (true)
      --monitorCPF <true|false> merge again what changes in the merge files (true)
      --version, -h, --help
`;
