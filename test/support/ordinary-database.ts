/** An ordinary database of an instance, as it is before anybody thinks of a mirror. */

import { session } from "./session.ts";

const directory = "/dur/iconfig/mgr/company/";

const lines = [
  `do ##class(%Library.File).CreateDirectoryChain("${directory}")`,
  `kill p set p("Directory")="${directory}" write ##class(Config.Databases).Create("COMPANY",.p)`,
  `write ##class(SYS.Database).CreateDatabase("${directory}")`,
  'kill p set p("Globals")="COMPANY" write ##class(Config.Namespaces).Create("COMPANY",.p)',
];

/** Makes the database COMPANY, where the topology would put it, with a namespace of its own.
 *  @throws Error with what the instance said when it did not work */
export async function makeOrdinaryCompany(container: string): Promise<void> {
  const [, ...said] = await session(container, "%SYS", lines);
  if (said.join() !== "1,1,1") throw new Error(`${container}: ${said.join("\n")}`);
}
