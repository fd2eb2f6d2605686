/** `Storage Default`, which the product's compiler adds to the source of a persistent class: the
 *  order of the slots and the names of the globals.
 *  Source: GOBJ, storage; the elements as class files in public repositories have them. */

import { DOMParser, onWarningStopParsing, ParseError } from "@xmldom/xmldom";
import type { Element } from "@xmldom/xmldom";
import { NotSimulated } from "../../errors.ts";
import type { ClassDefinition, StorageDefinition } from "../../source/class-definition.ts";
import { elementsIn, textIn } from "../../source/xml/elements.ts";

/** Elements with measurements for queries, which change nothing of what is stored. */
const measurements: ReadonlySet<string> = new Set(["ExtentSize", "Property", "SQLMap"]);

const className = "%%CLASSNAME";

/** Names of the properties in the order of their slots, behind the first, which is the class's;
 *  `undefined` for a class whose source has no storage definition.
 *  @throws NotSimulated for one that is not that of default storage */
export function slotsOf(definition: ClassDefinition): readonly string[] | undefined {
  const [storage, second] = definition.storages;
  if (storage === undefined) return undefined;
  if (second !== undefined || storage.name !== "Default") refuse(definition, "of other names");
  const root = parse(definition, storage);
  const [data, ...more] = elementsIn(root).filter(({ tagName }) => tagName === "Data");
  if (data === undefined || more.length > 0) return refuse(definition, "without one Data element");
  requireDefault(definition, root, data);
  return namesIn(definition, data);
}

function parse(definition: ClassDefinition, { text }: StorageDefinition): Element {
  try {
    const parser = new DOMParser({ onError: onWarningStopParsing });
    const { documentElement } = parser.parseFromString(`<Storage>${text}</Storage>`, "text/xml");
    return documentElement ?? refuse(definition, "that is no XML");
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return refuse(definition, "that is no XML");
  }
}

/** Every element says what default storage says, or is a measurement. */
function requireDefault(definition: ClassDefinition, root: Element, data: Element): void {
  const { name } = definition;
  const wanted: Readonly<Record<string, readonly string[]>> = {
    DataLocation: [`^${name}D`],
    DefaultData: [data.getAttribute("name") ?? ""],
    IdLocation: [`^${name}D`],
    IndexLocation: [`^${name}I`],
    StreamLocation: [`^${name}S`],
    Type: ["%Storage.Persistent", "%Library.CacheStorage"],
  };
  for (const { tagName } of elementsIn(root)) {
    if (tagName === "Data" || measurements.has(tagName)) continue;
    const text = textIn(root, tagName) ?? "";
    if (wanted[tagName]?.includes(text) !== true) refuse(definition, `with ${tagName} ${text}`);
  }
}

/** `<Value name="2"><Value>Name</Value></Value>`, numbered from 1, the first for the class. */
function namesIn(definition: ClassDefinition, data: Element): string[] {
  const names = elementsIn(data).map((element, index) => {
    const isNumbered = element.getAttribute("name") === String(index + 1);
    const inner = elementsIn(element).length === 1 ? textIn(element, "Value") : undefined;
    if (element.tagName !== "Value" || !isNumbered || inner === undefined) {
      return refuse(definition, `with ${element.tagName} ${element.getAttribute("name") ?? ""}`);
    }
    return inner;
  });
  if (names.shift() !== className) refuse(definition, `without ${className} in its first slot`);
  return names;
}

function refuse(definition: ClassDefinition, how: string): never {
  throw new NotSimulated(`storage ${how} of the persistent class ${definition.name}`);
}
