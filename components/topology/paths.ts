/** Which paths the topology takes. */

import { z } from "zod";

/** Absolute inside the container, without the characters Docker and the CPF give a meaning, and
 *  written in one way only: `//`, `.` and `..` would hide that two paths are one. */
export const insidePath = z
  .string()
  .regex(/^(?=\/)(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)*\/?$/)
  .meta({
    allowed: "an absolute path in the container of letters, digits and . _ -, without // or /../",
    remedy: "write a path such as /install",
  });

/** A directory of the Docker host, told from a name by how it begins, as Docker does it. */
export const hostDirectory = z
  .string()
  .regex(/^\.{0,2}\/[^,:]*$/)
  .meta({
    allowed: "a path on the Docker host that begins with ./, ../ or /, without comma and colon",
    remedy: "write a path, such as ./sharedA",
  });

/** Durable %SYS is a folder inside a mount, never the mount itself. Source: ADOCK. */
export const durablePath = z
  .string()
  .regex(/^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*){2,}$/)
  .meta({
    allowed: "a folder inside a mount, without a closing slash",
    remedy: "write a path of two or more folders, such as /shared/durable",
  });
