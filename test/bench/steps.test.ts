import { expect, test } from "vitest";
import { phases, stepTimes } from "./steps.ts";

const line = (type: string, name: string) => ` +  ${type} ${name} created (0.5s)\n`;
const command = (name: string) => line("command:local:Command", name);
const container = "docker:index:Container";
const network = "docker:index:Network";

test("finds the resources of providers only", () => {
  const output = ` +  iris-mirror:index:Member a created (2s)\n${command("mirrorA-ready")}`;
  expect(stepTimes(output)).toEqual([
    { type: "command:local:Command", name: "mirrorA-ready", text: "0.5s" },
  ]);
});

test("phases follow each other and add up to the whole", () => {
  const pieces = [
    { at: 100, text: line(network, "mirror-network") },
    { at: 150, text: command("mirrorA-own-volume") },
    { at: 300, text: line(container, "mirrorA") + line(container, "mirrorB") },
    { at: 400, text: command("mirrorA-ready") },
    { at: 600, text: command("mirror-form") },
    { at: 700, text: command("COMPANY") },
    { at: 800, text: command("mirrorB-join") },
    { at: 900, text: command("mirrorB-databases") },
    { at: 950, text: command("mirror-verify") },
  ];
  expect(phases(pieces, 1000).map(({ name, ms }) => `${name} ${ms}`)).toEqual([
    "program, first resource 100",
    "network, volumes 50",
    "containers 150",
    "members ready 100",
    "mirror formed 200",
    "members joined 200",
    "databases, namespaces 100",
    "verified 50",
    "state saved, ended 50",
  ]);
});

test("a line that came in two pieces counts from its end", () => {
  const text = command("mirror-verify");
  const pieces = [
    { at: 10, text: text.slice(0, 20) },
    { at: 15, text: text.slice(20) },
  ];
  expect(phases(pieces, 20)[0]?.ms).toBe(15);
});

test("a kind that did not occur takes no time", () => {
  const took = phases([{ at: 10, text: command("mirror-verify") }], 20);
  expect(took.reduce((sum, { ms }) => sum + ms, 0)).toBe(20);
  expect(took.filter(({ ms }) => ms > 0)).toHaveLength(2);
});
