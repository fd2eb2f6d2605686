/** `Storage Default` blocks, as the product's compiler leaves them in class files. */

import { describe, expect, it } from "vitest";
import { answersOf } from "../../testing/session.ts";

interface Parts {
  readonly slots?: readonly string[];
  readonly location?: string;
  readonly more?: string;
}

/** The class App.Person; its source has City before Name. */
function person({ slots = ["Name", "City"], location = "^App.PersonD", more = "" }: Parts): string {
  const values = ["%%CLASSNAME", ...slots].map(
    (slot, index) => `<Value name="${index + 1}">\n<Value>${slot}</Value>\n</Value>`,
  );
  return `Class App.Person Extends %Persistent
{

Property City As %String;

Property Name As %String;

Storage Default
{
<Data name="PersonDefaultData">
${values.join("\n")}
</Data>
<DataLocation>${location}</DataLocation>
<DefaultData>PersonDefaultData</DefaultData>
<IdLocation>^App.PersonD</IdLocation>
<IndexLocation>^App.PersonI</IndexLocation>
<StreamLocation>^App.PersonS</StreamLocation>
<Type>%Storage.Persistent</Type>${more}
}

}
`;
}

const make = [
  'set p=##class(App.Person).%New(),p.Name="n",p.City="c" write p.%Save()',
  'write $listtostring(^App.PersonD(1))," ",##class(App.Person).%OpenId(1).City',
];

const seen = (parts: Parts): Promise<string[]> =>
  answersOf(make, { sources: { "App.Person": person(parts) } });

describe("a storage definition", () => {
  it("gives the order of the slots, whatever that of the properties is", async () => {
    expect(await seen({})).toEqual(["1", ",n,c c"]);
  });

  it("leaves properties it does not know to the slots behind", async () => {
    expect(await seen({ slots: ["Name"] })).toEqual(["1", ",n,c c"]);
  });

  it("may hold measurements", async () => {
    const more = '\n<ExtentSize>9</ExtentSize>\n<Property name="Name"><Selectivity/></Property>';
    expect(await seen({ more })).toEqual(["1", ",n,c c"]);
  });

  it.each([
    [{ location: "^Other" }, "storage with DataLocation ^Other of"],
    [{ more: "<State>S</State>" }, "storage with State S of"],
    [{ more: "<Data name='x'/>" }, "storage without one Data element of"],
    [{ more: "<Open>" }, "storage that is no XML of"],
    [{ slots: ["Name", "Gone"] }, "slot Gone of"],
  ])("%o is refused by name", async (parts, what) => {
    expect((await seen(parts))[0]).toContain(`\nnot simulated: ${what}`);
  });
});
