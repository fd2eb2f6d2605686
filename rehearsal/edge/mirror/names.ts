/** Rules for names and values of a mirror. */

import { qosTimeoutMs } from "../../core/timing.ts";
import type { ArbiterAddress } from "../../core/configuration.ts";
import { MirrorRefusal } from "./refusal.ts";

const mirrorNameMax = 15;
const systemNameMax = 32;

/** A mirror's name as it is stored. Source: GHA_mirror_set_config, Config.Mirrors.
 *  @throws MirrorRefusal 2002, 2012, 2110 */
export function mirrorNameFrom(given: string): string {
  const name = given.toUpperCase();
  if (name === "") throw new MirrorRefusal(2002);
  if (name.length > mirrorNameMax) throw new MirrorRefusal(2012, String(mirrorNameMax));
  if (!/^[A-Z0-9]+$/.test(name)) throw new MirrorRefusal(2110, given);
  return name;
}

/** The name a member has where none is given: host and instance; empty when that is too long.
 *  Source: SYS.Mirror.DefaultSystemName. */
export function defaultSystemName(hostName: string, instance: string): string {
  const name = `${hostName}/${instance}`.toUpperCase();
  return name.length > systemNameMax ? "" : name;
}

/** A member's name as it is stored. Source: Config.MirrorMember.SystemName (banned characters).
 *  @throws MirrorRefusal 2024; 5001 for characters, since no number of its own is documented */
export function systemNameFrom(given: string, fallback: string): string {
  const name = (given === "" ? fallback : given).toUpperCase();
  if (name === "" || name.length > systemNameMax) {
    throw new MirrorRefusal(2024, String(systemNameMax));
  }
  const banned = /[:[\]#;*=^~,"\s]|\/\/|\/\*/.exec(name);
  if (banned !== null) {
    throw new MirrorRefusal(5001, `System name '${name}' must not contain '${banned[0]}'`);
  }
  return name;
}

/** `address|port` of an arbiter; `undefined` for none.
 *  @throws MirrorRefusal 5001 */
export function arbiterFrom(given: string): ArbiterAddress | undefined {
  if (given === "") return undefined;
  const match = /^([^|]+)(?:\|(\d{1,5}))?$/.exec(given);
  const port = Number(match?.[2] ?? "2188");
  if (match?.[1] === undefined || port < 1 || port > 65_535) {
    throw new MirrorRefusal(5001, `ArbiterNode '${given}' must be address|port`);
  }
  return { address: match[1], port };
}

/** QOSTimeout. Source: Config.Mirrors (0 to 300000, default 8000).
 *  @throws MirrorRefusal 5001 */
export function qosFrom(given: string | undefined): number {
  if (given === undefined || given === "") return qosTimeoutMs.usual;
  return numberFrom("QOSTimeout", given, qosTimeoutMs.least, qosTimeoutMs.most);
}

/** A port.
 *  @throws MirrorRefusal 5001 */
export function portFrom(name: string, given: string | undefined, usual: number): number {
  return given === undefined || given === "" ? usual : numberFrom(name, given, 1, 65_535);
}

/** A small number with a name.
 *  @throws MirrorRefusal 5001 */
export function numberFrom(name: string, given: string, least: number, most: number): number {
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < least || value > most) {
    throw new MirrorRefusal(5001, `${name} '${given}' must be a number from ${least} to ${most}`);
  }
  return value;
}

/** Refuses keys nobody knows.
 *  @throws MirrorRefusal 5001 naming the key */
export function onlyKnown(given: Readonly<Record<string, string>>, known: readonly string[]): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new MirrorRefusal(5001, `not simulated: '${unknown}'`);
}
