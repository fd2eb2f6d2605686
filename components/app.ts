import type { local } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { contractVersion } from "../operate/contract.ts";
import type { Plan } from "./plan/plan.ts";
import { appStep } from "./plan/step-names.ts";
import { declareStep } from "./step.ts";

/** What a sample application is made from. */
export interface SampleAppArgs {
  readonly plan: Plan;
  readonly app: Plan["apps"][number];
  /** What must be there before: databases and namespaces on every member. */
  readonly after: readonly pulumi.Resource[];
  /** The application before this one, whose data it may need. */
  readonly previous: SampleApp | undefined;
}

/** A sample application: its classes, loaded again when they change, and its first data, entered
 *  once in the life of the mirror.
 *
 *  State: classes and data lie in databases of the mirror. Taken out of the topology, both stay. */
export class SampleApp extends pulumi.ComponentResource {
  /** Its folder in install/apps. */
  readonly appName: string;
  /** Result of the step that loaded it. */
  readonly result: pulumi.Output<string>;

  /** The step that loaded it. */
  readonly loaded: local.Command;

  constructor(name: string, args: SampleAppArgs, opts?: pulumi.ComponentResourceOptions) {
    super("irismirror:index:SampleApp", name, {}, opts);
    const { plan, app, after, previous } = args;

    this.loaded = declareStep(
      appStep(name),
      {
        verb: "app",
        input: {
          version: contractVersion,
          mirror: plan.mirror.name,
          app,
          failover: Object.values(plan.failover).map(({ address }) => address),
        },
        markers: plan.markers,
      },
      { parent: this, dependsOn: [...after, ...(previous === undefined ? [] : [previous.loaded])] },
    );

    this.appName = app.name;
    this.result = this.loaded.stdout;
    this.registerOutputs({ appName: this.appName, result: this.result });
  }
}
