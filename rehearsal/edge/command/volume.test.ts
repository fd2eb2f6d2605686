import { expect, it } from "vitest";
import { isOnVolume, realPath } from "./volume.ts";

const mounts = [
  "1 0 0:30 / / rw - overlay overlay rw",
  "2 1 8:1 /v/_data /dur rw - ext4 /dev/sda1 rw",
  "3 1 8:1 /v/_other /my\\040data rw - ext4 /dev/sda1 rw",
  "",
].join("\n");

it.for([
  ["/dur/iconfig", true],
  ["/dur/", true],
  ["/dur", true],
  ["/my data/iconfig", true],
  ["/durable/iconfig", false],
  ["/home/irisowner/iconfig/", false],
] as const)("%s: %s", ([directory, isVolume]) => {
  expect(isOnVolume(directory, mounts)).toBe(isVolume);
});

it.for([
  ["/dur//iconfig/", "/dur/iconfig"],
  ["/link/iconfig/mgr", "/dur/iconfig/mgr"],
  ["/nowhere/at/all", "/nowhere/at/all"],
])("%s is really %s", ([given = "", real]) => {
  const resolve = (path: string) => {
    if (path === "/link") return "/dur";
    if (path === "/dur" || path === "/") return path;
    throw new Error("ENOENT");
  };
  expect(realPath(given, resolve)).toBe(real);
});
