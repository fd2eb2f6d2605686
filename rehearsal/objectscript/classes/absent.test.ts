/** Classes that extend a class of the product which this engine does not have. */

import { describe, expect, it } from "vitest";
import { answer, answersOf } from "../testing/session.ts";

const sources = {
  "App.Page": `Class App.Page Extends %CSP.Page
{
Parameter OWN = 5;

ClassMethod OnPage() As %Status
{
  if 1 { &html<<style>p { color: red; }</style><p>"it's</p>> }
  quit ..Own()
}

ClassMethod Own() [ SqlProc ]
{
  if 0 { &sql(SELECT ")" INTO :x FROM t WHERE y = ')') } else { quit ..#OWN }
}
}
`,
  "App.Record": `Class App.Record Extends (%Persistent, %JSON.Adaptor, %Populate)
{
Property Name As %String;
}
`,
  "App.Service": `Class App.Service Extends (%RegisteredObject, Ens.BusinessService) { }
`,
};

const page = "##class(App.Page)";
const absent = "\nnot simulated: class %CSP.Page";

describe("a class that extends a class of the product which is not here", () => {
  it.each([
    [`write ${page}.Own()`, "5"],
    [`write ${page}.OnPage()`, "\nnot simulated: embedded HTML (&html)"],
    [`do ${page}.Page()`, absent],
    [`set x=${page}.%New()`, absent],
    [`write ${page}.%GetParameter("CONTENTTYPE")`, absent],
    [`write ${page}.%IsA("%CSP.Base")`, absent],
    [`write ${page}.%IsA("%CSP.Page")`, "1"],
    ["set x=##class(App.Service).%New()", "\nnot simulated: class Ens.BusinessService"],
  ])("%s", async (line, shows) => {
    expect(await answer(line, { sources })).toBe(shows);
  });

  it("makes and stores its objects when the superclass only adds methods", async () => {
    const seen = await answersOf(
      [
        'set o=##class(App.Record).%New(),o.Name="n" write o.%Save()',
        "do o.%JSONExport()",
        "write ##class(App.Record).Populate(2)",
      ],
      { sources },
    );
    const refusal = "\nnot simulated: class %JSON.Adaptor, %Library.Populate";
    expect(seen).toEqual(["1", refusal, refusal]);
  });
});
