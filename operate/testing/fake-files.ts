/** `docker` as a copy of a database uses it, played on the files of instances in memory. What the
 *  programs in a container really print is proven on real containers. */

import type { Finished } from "../child-process.ts";
import type { FakeDatabase, FakeInstance } from "./fake-instance.ts";

type Answer = Partial<Finished>;
type Program = (own: FakeInstance, args: readonly string[]) => Answer;

const said = (stdout: string | number): Answer => ({ stdout: `${stdout}\n` });
const failed = (stderr: string): Answer => ({ code: 1, stderr });

const sizeOf = ({ content = "" }: FakeDatabase): number => content.length;

/** Another content, another sum; that is all a test needs of it. */
const sumOf = (file: FakeDatabase): string =>
  `${Buffer.from(file.content ?? "").reduce((sum, byte) => sum + byte, 0)} ${sizeOf(file)}`;

const programs: Readonly<Record<string, Program>> = {
  stat: (own, [, format, path = ""]) => {
    if (format === "%a") return said(path.endsWith("IRIS.DAT") ? "640" : "770");
    const file = own.files.get(path.replace(/IRIS\.DAT$/, ""));
    return file === undefined ? failed(`stat: ${path}`) : said(sizeOf(file));
  },
  df: (own) => {
    const grown = [...own.growing.values()].reduce((sum, file) => sum + sizeOf(file), 0);
    return said(`Avail\n${own.free - grown}`);
  },
  rm: (own, args) => {
    own.growing.delete(args.at(-1) ?? "");
    return {};
  },
  chmod: () => ({}),
  sync: () => ({}),
  cksum: (own, [path = ""]) => {
    const file = own.growing.get(path.replace(/\/IRIS\.DAT\.part$/, ""));
    return file === undefined ? failed(`cksum: ${path}`) : said(sumOf(file));
  },
  test: (own, [, path = ""]) => ({
    code: isTaken(own, path) ? 0 : 1,
  }),
  rmdir: (own, args) => {
    own.emptyFolders.delete(`${args.at(-1) ?? ""}/`);
    return {};
  },
  mv: move,
};

function move(own: FakeInstance, [, from = "", to = ""]: readonly string[]): Answer {
  const part = own.growing.get(from.replace(/\/IRIS\.DAT\.part$/, ""));
  if (from.endsWith(".part")) {
    if (part === undefined) return failed(`mv: ${from}`);
    own.sealed.add(from.replace(/\/IRIS\.DAT\.part$/, ""));
    return {};
  }
  const grown = own.growing.get(from);
  const old = own.files.get(`${from}/`);
  const moved = grown ?? old;
  if (moved === undefined || isTaken(own, to)) return failed(`mv: ${from} to ${to}`);
  if (grown !== undefined && !own.sealed.delete(from)) return failed("mv: a half file");
  if (old !== undefined && old.isDismounted !== true) return failed("mv: it is mounted");
  own.growing.delete(from);
  own.files.delete(`${from}/`);
  own.files.set(`${to}/`, { ...moved, directory: `${to}/` });
  return {};
}

function isTaken(own: FakeInstance, path: string): boolean {
  return own.files.has(`${path}/`) || own.emptyFolders.has(`${path}/`);
}

/** Answers a command of `docker`. */
export function answerDocker(instances: readonly FakeInstance[], argv: readonly string[]): Answer {
  const [verb = "", ...rest] = argv;
  if (verb === "exec") {
    const [container, program = "", ...args] = rest;
    const own = instances.find((one) => one.address.container === container);
    return own === undefined ? failed("No such container") : (programs[program]?.(own, args) ?? {});
  }
  if (argv.slice(0, 2).join(" ") === "container inspect") return inspect(argv[2] ?? "");
  if (verb === "rm") endHelper(instances, argv.at(-1) ?? "");
  return verb === "run" ? copy(instances, argv) : {};
}

function endHelper(instances: readonly FakeInstance[], name: string): void {
  for (const one of instances) {
    if (name === `${one.address.container}-seeding`) one.hasHelper = false;
  }
}

function inspect(container: string): Answer {
  const volume = { Type: "volume", Name: `${container}-data`, Source: "/x", Destination: "/dur" };
  const Config = { Labels: { "io.iris-mirror.stack": "dev" } };
  return said(JSON.stringify([{ Image: "sha256:1", Config, Mounts: [volume] }]));
}

/** The helper container. What is read from an instance that is not frozen is torn. */
function copy(instances: readonly FakeInstance[], argv: readonly string[]): Answer {
  const [from, to] = argv
    .filter((word) => word.startsWith("type=volume"))
    .map((word) => instances.find(({ address }) => word.includes(`${address.container}-data`)));
  const [source = "", target = ""] = argv.slice(argv.indexOf("copy") + 1);
  const directory = source.replace("/from/", "/dur/").replace(/IRIS\.DAT$/, "");
  const file = from?.files.get(directory);
  if (from === undefined || to === undefined || file === undefined) return failed("no such file");
  if (to.hasHelper) return failed("Conflict. The container name is already in use");
  const content = from.frozen === "a step" ? (file.content ?? "") : "torn";
  const copied: FakeDatabase = { ...file, content, needs: "activation", isDismounted: true };
  to.growing.set(target.replace("/to/", "/dur/"), copied);
  return said(sumOf(copied));
}
