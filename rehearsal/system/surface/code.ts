/** What stands in classes and routines: macros, features of classes, formats of files. */

import { refused, supported, type SurfaceItem } from "./item.ts";

/** The body of a method that prints something. */
type InMethod = readonly [name: string, uses: number, body: string, prints: string];

/** Items of the body of a method. */
function inMethod(items: readonly InMethod[]): SurfaceItem[] {
  return items.flatMap(([name, uses, body, prints]) => {
    const source = `Include %occStatus\n\nClass Surface.Body\n{\n\nClassMethod Run()\n{\n${body}\n}\n\n}\n`;
    return supported([[name, uses, "do ##class(Surface.Body).Run()", prints]], source);
  });
}

const macros = inMethod([
  ["return", 5, "  for i=1:1:3 { write i return:i=2 }", "12"],
  ["$$$OK", 8, "  write $$$OK", "1"],
  [
    "$$$ThrowOnError",
    4,
    '  try { $$$ThrowOnError($$$ERROR(5001,"x")) } catch e { write e.DisplayString() }',
    "ERROR #5001: x",
  ],
  [
    "$$$ERROR, $$$GeneralError",
    3,
    '  do $system.OBJ.DisplayError($$$ERROR($$$GeneralError,"x"))',
    "ERROR #5001: x",
  ],
  [
    "$$$ISERR, $$$ISOK",
    2,
    "  set sc=$$$OK if $$$ISERR(sc) { write 1 }\n  write $$$ISOK(sc),$$$ISERR(0)",
    "11",
  ],
  [
    "$$$ThrowStatus",
    2,
    '  try { $$$ThrowStatus($$$ERROR(5001,"x")) } catch e { write $system.Status.GetErrorText(e.AsStatus()) }',
    "ERROR #5001: x",
  ],
  [
    "$$$ADDSC",
    1,
    '  set sc=$$$ADDSC($$$ERROR(5001,"x"),$$$ERROR(5001,"y"))\n  write $system.Status.GetErrorCodes(sc)',
    "5001,5001",
  ],
  [
    "$$$QuitOnError",
    1,
    '  $$$QuitOnError($$$OK)\n  write 1\n  $$$QuitOnError($$$ERROR(5001,"x"))\n  write 2',
    "1",
  ],
  ["$$$FormatText", 1, '  write $$$FormatText("a %1 b %2",1,2)', "a 1 b 2"],
  ["$$$LOWER", 1, '  write $$$LOWER("AB")_$$$UPPER("c")', "abC"],
  ["$$$YES, $$$NO", 1, "  write $$$YES,$$$NO", "10"],
  [
    "#define, #ifdef",
    2,
    "#define Twice(%x) (%x*2)\n#ifdef Twice\n  write $$$Twice(4)\n#else\n  write 0\n#endif",
    "8",
  ],
  ["#dim", 1, "  #dim x As %Integer = 3\n  write x", "3"],
  ["#include", 1, "#include %occStatus\n  write $$$ISOK(1)", "1"],
  [
    "comments",
    5,
    "  ; one\n  // two\n  #; three – ü\n  ##; four\n  /* five\n  six */ write 1 ; seven",
    "1",
  ],
  [
    "a property through a variable",
    4,
    '  set e=##class(%Exception.General).%New("n",1) set e.Data=5\n  write e.Data',
    "5",
  ],
]);

const base = `/// About it.
Class Surface.Base Extends %RegisteredObject [ Abstract ]
{

Parameter NAME As %String = "base";

Property Count As %Integer [ InitialExpression = 4 ];

/// By reference and as output.
ClassMethod Both(ByRef a As %String, Output b As %Status = 1, c...) As %Status [ Internal ]
{
	set a=$get(a)_"x",b=..Own("o") quit 1
}

ClassMethod Own(a As %String = "default") As %String [ Private ]
{
	return ..#NAME_a
}

Method Next() As %Integer
{
	set ..Count=..Count+1
	quit ..Count
}

}
`;

const classes = [
  ...inMethod([["a class without a superclass", 6, "  write 1", "1"]]),
  ...supported(
    [
      [
        "ClassMethod, ..M(), ..#P",
        8,
        "set a=1 write ##class(Surface.Base).Both(.a,.b),a,b",
        "11xbaseo",
      ],
      ["default arguments", 7, "set x=##class(Surface.Base).Both() write x", "1"],
      ["ByRef, Output, As %T", 8, "set sc=##class(Surface.Base).Both(.u) write u", "x"],
      [
        "[ Internal ], [ Private ]",
        3,
        "write ##class(Surface.Base).Own()",
        ["WRITE ##class(Surface.Base).Own()\n^\n<PRIVATE METHOD> *Own,Surface.Base"],
      ],
    ],
    base,
  ),
];

const persistent = [
  ...supported(
    [
      [
        "Extends %Persistent",
        1,
        'set o=##class(Surface.Kept).%New(),o.Name="n" write o.%Save(),##class(Surface.Kept).%OpenId(o.%Id()).Name',
        "1n",
      ],
    ],
    "Class Surface.Kept Extends %Persistent\n{\nProperty Name As %String;\n}\n",
  ),
  ...refused(
    [["%Populate", 1, "write ##class(Surface.Filled).Populate(3)", "class %Library.Populate"]],
    "Class Surface.Filled Extends (%Persistent, %Populate)\n{\nProperty Name As %String;\n}\n",
  ),
];

const files = [
  ...supported(
    [
      [
        "Extends %RegisteredObject, properties with InitialExpression",
        3,
        "set o=##class(Surface.Child).%New() write o.Next(),o.Count set o.Count=9 write o.Count",
        "559",
      ],
    ],
    base.replace("Surface.Base", "Surface.Child").replace(" [ Abstract ]", ""),
  ),
  ...supported(
    [["the format of XML exports", 2, 'write ##class(Surface.Exported).Hi("you")', "hi you"]],
    `<?xml version="1.0" encoding="UTF-8"?>
<Export generator="IRIS" version="26">
<Class name="Surface.Exported">
<Method name="Hi">
<ClassMethod>1</ClassMethod>
<FormalSpec>who:%String</FormalSpec>
<Implementation><![CDATA[
	quit "hi "_who
]]></Implementation>
</Method>
</Class>
</Export>
`,
  ),
  ...supported([
    [
      ".mac and .int files",
      2,
      [
        'set f="@DIR@surfmac.mac" open f:("WNS") use f write "surfmac ; x",!,"hi(a) quit ""hi ""_a",! close f',
        'write $system.OBJ.Load(f,"ck-d"),$$hi^surfmac("you")',
      ],
      "1hi you",
    ],
  ]),
  ...supported(
    [
      [
        "Include (%occInclude, %syConfig), $$$CPFSave",
        1,
        "write ##class(Surface.Includes).Run()",
        "1",
      ],
    ],
    "Include (%occInclude, %syConfig)\n\nClass Surface.Includes\n{\nClassMethod Run() { quit $$$CPFSave }\n}\n",
  ),
  ...refused(
    [["%CSP.Page with &html<>", 1, "do ##class(Surface.Page).OnPage()", "embedded HTML (&html)"]],
    "Class Surface.Page Extends %CSP.Page\n{\nClassMethod OnPage() As %Status\n{\n  &html<<p>hi</p>>\n  quit $$$OK\n}\n}\n",
  ),
];

/** All of them. */
export const codeItems: readonly SurfaceItem[] = [...macros, ...classes, ...persistent, ...files];
