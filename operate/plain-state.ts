/** The state of an instance that has not our classes, or not yet, asked in plain session lines. */

import { flag, number, orAbsent } from "./answers.ts";
import { anyText, openObject } from "./contract/shape.ts";
import { askPlain } from "./plain-question.ts";
import { stateOf, type InstanceState } from "./instance.ts";
import { MirrorError } from "./mirror-error.ts";
import type { Session } from "./session.ts";

/** Enough to know whether it is in a mirror and as what; databases are left out. */
const questions = [
  "set o={} kill p,m",
  'do o.%Set("product",$zversion)',
  'do o.%Set("status",$system.Mirror.GetStatus())',
  'do o.%Set("type",$system.Mirror.GetMemberType())',
  'set sc=##class(Security.Services).Get("%Service_Mirror",.p)',
  'do o.%Set("service",+$get(p("Enabled")))',
  'set n=$listget($system.Mirror.GetMirrorNames(),1) do o.%Set("name",n)',
  'if n\'="" set sc=##class(Config.Mirrors).Get(n,.m)',
  'do o.%Set("guid",$get(m("GUID"))) do o.%Set("arbiter",$get(m("ArbiterNode")))',
  'do o.%Set("qosTimeoutMs",+$get(m("QOSTimeout")))',
];

const plainAnswer = openObject({
  product: anyText,
  status: anyText,
  type: anyText,
  service: flag,
  name: orAbsent,
  guid: anyText,
  arbiter: orAbsent,
  qosTimeoutMs: number,
});

/** The state, with `code` empty when our classes are missing. */
export async function stateWithOrWithoutCode(session: Session): Promise<InstanceState> {
  try {
    return await stateOf(session);
  } catch (problem) {
    if (problem instanceof MirrorError && problem.code === "code-missing") {
      return plainStateOf(session);
    }
    throw problem;
  }
}

/** The state with `code` empty, whatever the instance has of our classes. */
export async function plainStateOf(session: Session): Promise<InstanceState> {
  const { product, status, type, service, name, guid, arbiter, qosTimeoutMs } = await askPlain(
    session,
    questions,
    plainAnswer,
  );
  return {
    ...{ product, status, type, service },
    code: "",
    mirror: name === undefined ? undefined : { name, guid, arbiter, qosTimeoutMs },
    databases: [],
  };
}
