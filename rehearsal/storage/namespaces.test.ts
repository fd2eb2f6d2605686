import { describe, expect, test } from "vitest";
import {
  databaseOfClass,
  databaseOfGlobal,
  databaseOfRoutine,
  findNamespace,
  type Mapping,
  type NamespaceView,
} from "./namespaces.ts";

const phonebook = { name: "PHONEBOOK", globals: "DATA", routines: "CODE", temporary: "IRISTEMP" };

const map = (kind: Mapping["kind"], name: string, database: string): Mapping => ({
  kind,
  name,
  database,
});

const view = (...mappings: Mapping[]): NamespaceView => ({
  namespace: (name) => (name === "PHONEBOOK" ? phonebook : undefined),
  mappings: (name) => (name === "PHONEBOOK" ? mappings : [map("Global", "everywhere", "ALL")]),
});

describe("which database a name belongs to", () => {
  test("globals: the namespace's default, % in IRISSYS, temporary ones in IRISTEMP", () => {
    const at = (name: string) => databaseOfGlobal(view(), phonebook, name);
    expect(at("person")).toBe("DATA");
    expect(at("%person")).toBe("IRISSYS");
    expect(["IRIS.TempUser.x", "CacheTempX", "mtemp1"].map(at)).toEqual(Array(3).fill("IRISTEMP"));
    expect(at("IRISx")).toBe("DATA");
    expect(at("everywhere")).toBe("ALL");
  });

  test("of several mappings the one that says most is taken", () => {
    const mappings = view(
      map("Global", "demo.*", "A"),
      map("Global", "demo.Person*", "B"),
      map("Global", "demo.PersonD", "C"),
      map("Global", "%mine", "D"),
    );
    const at = (name: string) => databaseOfGlobal(mappings, phonebook, name);
    expect([at("demo.x"), at("demo.PersonX"), at("demo.PersonD"), at("%mine"), at("demo")]).toEqual(
      ["A", "B", "C", "D", "DATA"],
    );
  });

  test("a subscript-level mapping is refused by name for its global only", () => {
    const mappings = view(map("Global", 'x("a"):("b")', "A"));
    expect(() => databaseOfGlobal(mappings, phonebook, "x")).toThrow(
      "not simulated: global mapping",
    );
    expect(databaseOfGlobal(mappings, phonebook, "y")).toBe("DATA");
  });

  test("code: the routine database, packages and routines where they are mapped", () => {
    const mappings = view(map("Package", "Demo", "A"), map("Package", "Demo.Sub", "B"));
    const at = (name: string) => databaseOfClass(mappings, phonebook, name);
    expect([at("Demo.X"), at("Demo.Sub.X"), at("DemoX.Y"), at("%ZX.Y")]).toEqual([
      "A",
      "B",
      "CODE",
      "IRISSYS",
    ]);
    const routines = view(map("Routine", "ACC*", "A"));
    expect(databaseOfRoutine(routines, phonebook, "ACC1")).toBe("A");
    expect(databaseOfRoutine(routines, phonebook, "X")).toBe("CODE");
  });

  test("a namespace is found in any case, and an unknown one is <NAMESPACE>", () => {
    expect(findNamespace(view(), "phonebook")).toBe(phonebook);
    expect(() => findNamespace(view(), "NOWHERE")).toThrow("<NAMESPACE>");
  });
});
