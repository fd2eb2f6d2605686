import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cpfEntries,
  cpfValue,
  formatCpf,
  parseCpf,
  withCpfValue,
  withoutCpfKey,
  withoutCpfSection,
} from "./cpf.ts";

const sample = [
  "[ConfigFile]",
  "Product=IRIS",
  "Version=2022.1",
  "",
  "[Databases]",
  "# kept",
  "IRISSYS=/data/mgr/",
  "",
  "[Mirrors]",
  "DEV=GUID,2,1,,8000,0,1,,0,arbiter|2188,0,0",
  "",
].join("\r\n");

describe("a configuration parameter file", () => {
  test("written back it is the same, unknown sections and comments included", () => {
    expect(formatCpf(parseCpf(sample))).toBe(sample);
    expect(formatCpf(parseCpf(sample.replaceAll("\r\n", "\n")))).toBe(sample);
  });

  test("names do not differ by case, and the later of two entries counts", () => {
    const cpf = parseCpf("[databases]\na=1\n[Databases]\nA=2\n");
    expect(cpfValue(cpf, "DATABASES", "a")).toBe("2");
    expect(cpfEntries(cpf, "Databases").map(({ value }) => value)).toEqual(["1", "2"]);
    expect(cpfValue(withCpfValue(cpf, "Databases", "a", "3"), "Databases", "A")).toBe("3");
    expect(cpfValue(withoutCpfKey(cpf, "Databases", "a"), "Databases", "A")).toBeUndefined();
  });

  test("a value is set where it stands, or at the end of its section or of the file", () => {
    const changed = withCpfValue(parseCpf(sample), "Databases", "COMPANY", "/data/company/");
    expect(formatCpf(changed)).toContain(
      "IRISSYS=/data/mgr/\r\nCOMPANY=/data/company/\r\n\r\n[Mir",
    );
    expect(formatCpf(withCpfValue(parseCpf(sample), "ConfigFile", "Version", "2026.1"))).toBe(
      sample.replace("2022.1", "2026.1"),
    );
    const added = formatCpf(withCpfValue(parseCpf(sample), "Startup", "Port", "1972"));
    expect(added.endsWith("\r\n\r\n[Startup]\r\nPort=1972\r\n")).toBe(true);
    expect(formatCpf(withoutCpfSection(changed, "mirrors"))).not.toContain("arbiter");
  });

  test("a line that is nothing is named by its number", () => {
    expect(() => parseCpf("[A]\nb=1\nnonsense\n")).toThrow("Line 3");
  });

  test("every value without line ends survives writing and reading", () => {
    const word = fc.stringMatching(/^[A-Za-z%_.*][A-Za-z0-9_.*%-]{0,10}$/);
    const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
    fc.assert(
      fc.property(word, word, value, (section, key, text) => {
        const cpf = parseCpf(formatCpf(withCpfValue(parseCpf(sample), section, key, text)));
        expect(cpfValue(cpf, section, key)).toBe(text);
      }),
    );
  });
});
