/** Which ports of the Docker host are taken, and by whom. */

import { portIsTaken } from "../host.ts";

export interface Port {
  readonly address: string;
  readonly port: number;
}

/** A container with its ports as `docker ps` prints them. */
export interface Publishing {
  readonly name: string;
  readonly ports: string;
}

/** A taken port with the container that publishes it, or other words for its holder. */
export interface TakenPort<Container> extends Port {
  readonly holder: Container | string;
}

/** The wanted ports somebody has. Processes are asked for only where this machine is the host. */
export async function takenPorts<Container extends Publishing>(
  wanted: readonly Port[],
  listed: readonly Container[],
  isLocal: boolean,
): Promise<TakenPort<Container>[]> {
  const seen = await Promise.all(
    wanted.map(async ({ address, port }) => {
      const holder = portHolder({ address, port }, listed);
      if (holder !== undefined) {
        return { address, port, holder };
      }
      const isTaken = isLocal && (await portIsTaken(address, port));
      return isTaken ? { address, port, holder: "a process on this host" } : undefined;
    }),
  );
  return seen.filter((one) => one !== undefined);
}

/** The container that publishes a port on that address or on all addresses. */
export function portHolder<Container extends Publishing>(
  wanted: Port,
  listed: readonly Container[],
): Container | undefined {
  return listed.find((container) =>
    publishedPorts(container.ports).some(
      (published) =>
        published.port === wanted.port &&
        (published.address === wanted.address ||
          isEveryAddress(published.address) ||
          isEveryAddress(wanted.address)),
    ),
  );
}

function isEveryAddress(address: string): boolean {
  return address === "0.0.0.0" || address === "::" || address === "[::]";
}

/** Parses the ports column of `docker ps`; ranges such as `0.0.0.0:80-81->80-81/tcp` included. */
export function publishedPorts(column: string): Port[] {
  return column.split(", ").flatMap((entry) => {
    const match = /^(?<address>.*):(?<from>\d+)(?:-(?<to>\d+))?->/.exec(entry);
    if (match?.groups === undefined) {
      return [];
    }
    const { address = "", from = "", to = from } = match.groups;
    const first = Number(from);
    return Array.from({ length: Number(to) - first + 1 }, (_, index) => ({
      address,
      port: first + index,
    }));
  });
}
