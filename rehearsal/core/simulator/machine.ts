/** One member's machine in the simulator, and how whoever checks the invariants sees it. */

import { isAsyncMember } from "../async.ts";
import { failoverMembers, type MemberEntry, type MirrorConfiguration } from "../configuration.ts";
import type { MemberPicture } from "../invariants.ts";
import type { Phase, StopReason } from "../phases.ts";
import type { JournalPosition } from "../position.ts";
import { MemberDisk } from "./disk.ts";
import type { MemberProcess } from "./process.ts";

const off: Phase = { name: "off" };

/** Volume, agent, and the instance while it runs. */
export class Machine implements MemberPicture {
  readonly name: string;
  readonly joinsAs: MemberEntry["eligibility"];
  readonly disk = new MemberDisk();
  isAgentUp = true;
  process: MemberProcess | undefined;
  /** What keeps the mirror from starting here, though it is configured. */
  obstacle: StopReason | undefined;
  /** Who answers at this member's own configured address. */
  addressAnswers: "self" | "other" | "nobody" = "self";

  /** @param joinsAs  what it will be when it joins a mirror */
  constructor(name: string, joinsAs: MemberEntry["eligibility"]) {
    this.name = name;
    this.joinsAs = joinsAs;
  }

  /** What it can be in this mirror: a DR async where others are the pair by now. */
  joinsInto(mirror: MirrorConfiguration | undefined): MemberEntry["eligibility"] {
    const isFull = mirror !== undefined && failoverMembers(mirror).length > 1;
    return isFull && this.joinsAs === "failover" ? "disasterRecovery" : this.joinsAs;
  }

  get phase(): Phase {
    return this.process?.state.phase ?? off;
  }

  get isRunning(): boolean {
    if (this.process?.isAlive !== true) return false;
    // A process in these phases ends with the effects of that very step.
    const { name } = this.process.state.phase;
    return name !== "off" && name !== "forcedDown";
  }

  get isOpenForWrites(): boolean {
    return this.process?.work.isOpenForWrites === true;
  }

  get copy(): MemberDisk["copy"] {
    return this.disk.copy;
  }

  get asyncEnd(): JournalPosition | undefined {
    const state = this.process?.state;
    const name = state?.phase.name;
    if (state === undefined || (name !== "synchronizing" && name !== "connected")) return undefined;
    return isAsyncMember(state) ? this.disk.journal.durable : undefined;
  }

  get journalEnd(): JournalPosition {
    return this.disk.journal.durable;
  }

  hasFollower(name: string): boolean {
    const stage = this.process?.state.peers[name]?.stage;
    return stage !== undefined && stage !== "greeted";
  }

  hashAt(position: JournalPosition): number | undefined {
    return this.disk.journal.hashAt(position);
  }
}
