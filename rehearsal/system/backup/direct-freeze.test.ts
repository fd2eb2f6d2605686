/** The freeze as a backup script asks for it: one call on the command line of `iris session`. */

import { expect, it } from "vitest";
import { sharedInstance } from "../testing/shared-instance.ts";

const instance = sharedInstance();
const general = (call: string): Promise<{ status: number; output: string }> =>
  instance.direct("%SYS", `##class(Backup.General).${call}`);
const silent = (status: number) => ({ status, output: "" });

it("ends with 5 for yes and 3 for no, and says nothing more", async () => {
  expect(await general("IsWDSuspendedExt()")).toEqual(silent(3));
  expect(await general("ExternalFreeze(,,0)")).toEqual(silent(5));
  expect(await general("IsWDSuspendedExt()")).toEqual(silent(5));
  expect(await general("ExternalThaw()")).toEqual(silent(5));
  expect(await general("IsWDSuspendedExt()")).toEqual(silent(3));
});

it("ends with 3 for a freeze that is refused, and prints why", async () => {
  expect(await general("ExternalFreeze()")).toEqual(silent(5));
  const { status, output } = await general("ExternalFreeze()");
  expect(status).toBe(3);
  expect(output).toContain("suspended already");
  expect(await general("ExternalThaw()")).toEqual(silent(5));
});

it("is neither 5 nor 3 for what is not simulated", async () => {
  const { status, output } = await general('ExternalFreeze("/tmp/log")');
  expect(status).toBe(1);
  expect(output).toContain("not simulated: ExternalFreeze with LogFile");
});

it("is an error of the language for a method that the product does not have", async () => {
  const { output, status } = await general("ExternalFreez()");
  expect(output).toContain("<METHOD DOES NOT EXIST>");
  expect(status).toBe(1);
});

it("prints no error and changes no status in a session", async () => {
  const freeze = "do ##class(Backup.General).ExternalFreeze(,,,,,,,,,-1)";
  const [refused] = await instance.lines("%SYS", freeze);
  expect(refused).toBe("");
});
