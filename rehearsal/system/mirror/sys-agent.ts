/** `SYS.Agent`: the ISCAgent beside this instance. Source: class reference SYS.Agent. */

import { probeAgent } from "../../edge/mirror/agent-client.ts";
import type { NativeClass, Running } from "../../objectscript/host.ts";
import type { Value } from "../../objectscript/value.ts";
import type { Instance } from "../instance.ts";
import { awaiting } from "../support/answers.ts";

/** How long the own agent may take; it answers within milliseconds when it is there. */
const ownAgentMs = 1000;

/** The class on this instance. */
export function sysAgent(instance: Instance): NativeClass {
  const probe = function* (timeoutMs: number): Running<Value> {
    return (yield* awaiting(probeAgent("127.0.0.1", instance.agentPort, timeoutMs))) ? 1 : 0;
  };
  return {
    name: "SYS.Agent",
    namespace: "%SYS",
    classMethods: {
      IsRunning: () => probe(ownAgentMs),
      VerifyConnection: (call) => {
        const seconds = Number(call.text(0) === "" ? 10 : call.text(0));
        return probe(seconds * 1000);
      },
      GetApplicationPort: () => instance.agentPort,
      GetApplicationInterface: () => "*",
      IsMirroringEnabled: () => (instance.mirror.view().isMember === 0 ? 0 : 1),
    },
    notSimulated: ["GetVersion"],
  };
}
