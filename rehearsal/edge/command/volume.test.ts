import { expect, it } from "vitest";
import { isOnVolume } from "./volume.ts";

const mounts = [
  "1 0 0:30 / / rw - overlay overlay rw",
  "2 1 8:1 /v/_data /dur rw - ext4 /dev/sda1 rw",
  "",
].join("\n");

it.for([
  ["/dur/iconfig", true],
  ["/dur/", true],
  ["/dur", true],
  ["/durable/iconfig", false],
  ["/home/irisowner/iconfig/", false],
] as const)("%s: %s", ([directory, isVolume]) => {
  expect(isOnVolume(directory, mounts)).toBe(isVolume);
});
