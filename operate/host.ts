/** What the machine a step runs on can tell: files and ports. */

import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { createServer } from "node:net";

export type FileKind = "file" | "directory" | "missing" | "unreadable";

/** What a path is, for the user who runs this. */
export async function kindOfFile(path: string): Promise<FileKind> {
  try {
    const found = await stat(path);
    await access(path, constants.R_OK);
    return found.isDirectory() ? "directory" : "file";
  } catch (problem) {
    const code = problem instanceof Error && "code" in problem ? problem.code : undefined;
    return code === "ENOENT" || code === "ENOTDIR" ? "missing" : "unreadable";
  }
}

/** True when some process of this machine listens there. Nothing is left listening. */
export function portIsTaken(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (problem: NodeJS.ErrnoException) => {
      // Other faults (an address of another machine, a privileged port) are Docker's to report.
      resolve(problem.code === "EADDRINUSE");
    });
    server.listen({ port, host: address, exclusive: true }, () => {
      server.close(() => {
        resolve(false);
      });
    });
  });
}
