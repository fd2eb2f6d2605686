import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMainOptions } from "./options.ts";

const run = (...words: string[]) => {
  const command = parseMainOptions(words);
  if (command.kind !== "run") throw new Error(`no run: ${JSON.stringify(command)}`);
  return command.options;
};

describe("the command line of iris-main", () => {
  it("is the article's: capabilities, key, after-hook", () => {
    const options = run(
      ...["--check-caps", "false", "--key", "/install/iris.key", "-a", "/install/installer.sh"],
    );

    expect(options.checkCapabilities).toBe(false);
    expect(options.key).toBe("/install/iris.key");
    expect(options.after).toBe("/install/installer.sh");
  });

  it("starts everything when nothing is asked", () => {
    const options = run();

    expect(options).toMatchObject({
      instance: "IRIS",
      up: true,
      down: true,
      startAgent: true,
      agentPort: 2188,
    });
  });

  it("takes a value behind a blank and behind an equals sign, long and short", () => {
    expect(run("--ISCAgentPort=2189").agentPort).toBe(2189);
    expect(run("--ISCAgentPort", "2189").agentPort).toBe(2189);
    expect(run("-u", "false").up).toBe(false);
    expect(run("--up=false").up).toBe(false);
  });

  it("names an option it does not know, one without value, one with a wrong value", () => {
    expect(parseMainOptions(["--chek-caps", "false"])).toEqual({
      kind: "fault",
      message: 'Unknown option "--chek-caps"',
    });
    expect(parseMainOptions(["--key"])).toMatchObject({ kind: "fault" });
    expect(parseMainOptions(["--up", "perhaps"])).toMatchObject({ kind: "fault" });
    expect(parseMainOptions(["--ISCAgentPort", "70000"])).toMatchObject({ kind: "fault" });
    expect(parseMainOptions(["stray"])).toMatchObject({ kind: "fault" });
  });

  it("says of what the product has and the engine lacks that it is not simulated", () => {
    expect(parseMainOptions(["-s", "true"])).toEqual({
      kind: "fault",
      message: "not simulated: option --nostu",
    });
    expect(run("--nostu", "false").up).toBe(true);
  });

  it("never runs on words it did not understand", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (word) => {
        fc.pre(!/^-{1,2}(h|help|version)$/.test(word));
        expect(parseMainOptions([word]).kind).toBe("fault");
      }),
    );
  });
});
