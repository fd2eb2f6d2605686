/** Dynamic objects and arrays. Source: GJSON; class reference %Library.DynamicAbstractObject. */

import { ObjectScriptError } from "../../objectscript/errors.ts";
import type { Arguments, NativeClass, NativeProcess } from "../../objectscript/host.ts";
import {
  DynamicEntity,
  typedItem,
  valueOfItem,
  type JsonItem,
} from "../../objectscript/json/dynamic.ts";
import { dynamicClass, entityJson, entityOf } from "../../objectscript/json/json-text.ts";
import { JsonFault, parseJsonText, type ParsedJson } from "../../objectscript/json/json-parser.ts";
import type { Value } from "../../objectscript/value.ts";
import { throwGeneral } from "./exceptions.ts";

/** Where `$zerror` says a text was no JSON. Source: observed error of %FromJSON. */
const parserPlace = "%FromJSON+37^%Library.DynamicAbstractObject.1";

function toItem(parsed: ParsedJson, process: NativeProcess): JsonItem {
  if (parsed.kind === "entries" || parsed.kind === "items") {
    return { kind: "object", value: toObject(parsed, process) };
  }
  return parsed;
}

type ParsedEntity = Extract<ParsedJson, { kind: "entries" | "items" }>;

function toObject(parsed: ParsedEntity, process: NativeProcess) {
  if (parsed.kind === "items") {
    const entity = new DynamicEntity("array");
    for (const item of parsed.value) entity.push(toItem(item, process));
    return process.createObject("%Library.DynamicArray", entity);
  }
  const entity = new DynamicEntity("object");
  for (const [name, value] of parsed.value) entity.set(name, toItem(value, process));
  return process.createObject("%Library.DynamicObject", entity);
}

/** `%FromJSON(text)`; streams are not simulated.
 *  Assumed: every fault has the number 3 that was seen. */
function fromJson(call: Arguments, process: NativeProcess): Value {
  try {
    const parsed = parseJsonText(call.text(0));
    if (parsed.kind === "entries" || parsed.kind === "items") return toObject(parsed, process);
    throw new JsonFault(call.text(0), 0);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const location = `Line ${String(error.line)} Offset ${String(error.offset)}`;
    return throwGeneral(process, { name: "Parsing error", code: 3, location }, parserPlace);
  }
}

function itemFrom(call: Arguments, valueIndex: number): JsonItem {
  const item = typedItem(call.value(valueIndex), call.text(valueIndex + 1).toLowerCase());
  if (item !== undefined) return item;
  throw new ObjectScriptError("<ILLEGAL VALUE>");
}

/** The object itself, so that calls can be chained. */
function itself(call: Arguments): Value {
  return call.object ?? "";
}

function set(entity: DynamicEntity, call: Arguments): Value {
  const isSet = entity.set(call.text(0), itemFrom(call, 1));
  if (!isSet) throw new ObjectScriptError("<ILLEGAL VALUE>");
  return itself(call);
}

function push(entity: DynamicEntity, call: Arguments): Value {
  entity.push(itemFrom(call, 0));
  return itself(call);
}

/** `%Get(key,default)`. */
function get(entity: DynamicEntity, call: Arguments): Value {
  const item = entity.get(call.text(0));
  return item === undefined && call.given(1) ? call.value(1) : valueOfItem(item);
}

/** Type of a member: `unassigned` for one that is not there. Source: GJSON, %GetTypeOf. */
function typeOf(entity: DynamicEntity, call: Arguments): Value {
  const item = entity.get(call.text(0));
  return item === undefined ? "unassigned" : typeName(item);
}

function typeName(item: JsonItem): string {
  if (item.kind !== "object") return item.kind;
  const inner = entityOf(item.value);
  return inner === undefined ? "oref" : inner.shape;
}

function foreignObject(): never {
  throw new ObjectScriptError("<ILLEGAL VALUE>");
}

const abstractObject: NativeClass<DynamicEntity> = {
  name: dynamicClass,
  extends: ["%Library.RegisteredObject"],
  classMethods: { "%FromJSON": fromJson },
  methods: {
    "%ToJSON": (entity) => entityJson(entity, foreignObject),
    "%Get": get,
    "%Set": set,
    "%Size": (entity) => entity.size,
    "%IsDefined": (entity, call) => (entity.get(call.text(0)) === undefined ? 0 : 1),
    "%Remove": (entity, call) => valueOfItem(entity.remove(call.text(0))),
    "%GetTypeOf": typeOf,
    "%GetIterator": (entity, _call, process) =>
      process.createObject(
        entity.shape === "object" ? "%Iterator.Object" : "%Iterator.Array",
        new Walk(entity),
      ),
  },
  notSimulated: ["%FromJSONFile", "%ToJSONStream", "%ToJSONFile"],
};

const dynamicObject: NativeClass<DynamicEntity> = {
  name: "%Library.DynamicObject",
  extends: [dynamicClass],
  create: () => new DynamicEntity("object"),
  classMethods: {},
  anyProperty: {
    get: (entity, name) => valueOfItem(entity.get(name)),
    set: (entity, name, value) => {
      const item = typedItem(value, "");
      if (item !== undefined) entity.set(name, item);
    },
  },
};

const dynamicArray: NativeClass<DynamicEntity> = {
  name: "%Library.DynamicArray",
  extends: [dynamicClass],
  create: () => new DynamicEntity("array"),
  classMethods: {},
  methods: {
    "%Push": push,
    "%Pop": (entity) => valueOfItem(entity.pop()),
  },
};

/** A walk over the members as they were when it began. */
class Walk {
  private readonly entries: ReturnType<DynamicEntity["entries"]>;
  private at = 0;

  constructor(entity: DynamicEntity) {
    this.entries = entity.entries();
  }

  /** `%GetNext(.key,.value,.type)`: 1 while there is one. */
  next(call: Arguments): Value {
    const entry = this.entries[this.at];
    if (entry === undefined) return 0;
    this.at += 1;
    const [key, item] = entry;
    call.set(0, key);
    call.set(1, valueOfItem(item));
    call.set(2, typeName(item));
    return 1;
  }
}

function iterator(name: string): NativeClass<Walk> {
  return {
    name,
    extends: ["%Library.RegisteredObject"],
    classMethods: {},
    methods: { "%GetNext": (walk, call) => walk.next(call) },
  };
}

/** All classes of dynamic objects. */
export const dynamicClasses: readonly NativeClass[] = [
  abstractObject,
  dynamicObject,
  dynamicArray,
  iterator("%Iterator.Object"),
  iterator("%Iterator.Array"),
];
