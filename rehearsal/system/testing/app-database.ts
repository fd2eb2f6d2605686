/** The database APP of the mirror MIR on an instance, as sessions show it. */

import type { TestInstance } from "./test-instance.ts";

/** Where it is. */
export const place = ({ directory }: TestInstance): string => `${directory}mgr/app/`;

/** Turns the mirror service on. */
export const serviceOn =
  'set p("Enabled")=1 write ##class(Security.Services).Modify("%Service_Mirror",.p)';

/** Lines that enter it into the configuration, with a namespace of its own. */
export function configured(member: TestInstance): string[] {
  const own = place(member);
  return [
    `do ##class(%Library.File).CreateDirectoryChain("${own}")`,
    `kill p set p("Directory")="${own}" write ##class(Config.Databases).Create("APP",.p)`,
    'kill p set p("Globals")="APP" write ##class(Config.Namespaces).Create("APP",.p)',
  ];
}

/** What one line in %SYS prints. */
export async function line(member: TestInstance, text: string): Promise<string> {
  const [seen = ""] = await member.lines("%SYS", text);
  return seen;
}

/** Names and statuses of mirrored databases. */
export const statuses = (member: TestInstance): Promise<string> =>
  line(
    member,
    'set r=##class(%ResultSet).%New("SYS.Mirror:MirroredDatabaseList") do r.Execute("*","MIR")' +
      ' while r.Next() { write r.GetData(1)," ",r.GetData(4) }',
  );

/** Names of those that this member lacks. */
export const missing = (member: TestInstance): Promise<string> =>
  line(
    member,
    'set r=##class(%ResultSet).%New("SYS.Mirror:MissingMirroredDatabases") do r.Execute("MIR")' +
      " while r.Next() { write r.GetData(1) }",
  );
