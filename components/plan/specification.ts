/** Everything a container is created from, as plain data, and its hash. What stands here replaces
 *  the container when it changes; what may change in place does not belong here. */

import { createHash } from "node:crypto";

/** A named volume or a path of the Docker host inside a container. */
export type MountSpecification =
  | { readonly volume: string; readonly target: string }
  | { readonly source: string; readonly target: string; readonly readOnly: boolean };

/** A port of the Docker host that leads into a container. */
interface PortSpecification {
  readonly address: string;
  readonly host: number;
  readonly inside: number;
}

export interface ContainerSpecification {
  readonly name: string;
  readonly image: string;
  /** Hostname and alias on the network: the identity towards the other members. */
  readonly hostname: string;
  readonly network: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly MountSpecification[];
  readonly ports: readonly PortSpecification[];
  /** Time to stop by itself before it is killed. */
  readonly stopGraceSeconds: number;
  /** Whether Docker's own init runs as the first process. */
  readonly init: boolean;
  /** Processors it may use. */
  readonly cpus?: number;
}

/** JSON with sorted keys, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : part,
  );
}

/** Short enough for a label that a person compares; 64 bits never meet by chance. */
const hashLength = 16;

/** Hash of a specification: equal exactly when the container need not be replaced. */
export function specificationHash(specification: ContainerSpecification): string {
  return createHash("sha256")
    .update(canonicalJson(specification))
    .digest("hex")
    .slice(0, hashLength);
}
