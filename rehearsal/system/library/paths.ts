/** Names of files and directories the way the product's file class writes them. */

/** An absolute path without `.`, `..` and doubled slashes. A closing slash stays. */
export function absolutePath(name: string, workingDirectory: string): string {
  const whole = name.startsWith("/") ? name : `${workingDirectory}/${name}`;
  const parts: string[] = [];
  for (const part of whole.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const path = `/${parts.join("/")}`;
  return name.endsWith("/") && path !== "/" ? `${path}/` : path;
}

/** A directory: absolute, with a closing slash. Source: %File guide, NormalizeDirectory. */
export function directoryPath(name: string, workingDirectory: string): string {
  const path = absolutePath(name, workingDirectory);
  return path.endsWith("/") ? path : `${path}/`;
}

/** A path without closing slash, as the operating system wants it. */
export function plainPath(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** The directory a file lies in, with a closing slash. Source: %File guide, GetDirectory. */
export function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** What follows the last slash. Source: %File guide, GetFilename. */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
