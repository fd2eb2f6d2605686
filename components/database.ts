import type { local } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { contractVersion, type DatabaseSettings } from "../operate/contract.ts";
import type { Plan } from "./plan/plan.ts";
import { databaseStep } from "./plan/step-names.ts";
import type { DatabaseWish } from "./plan/wishes.ts";
import { declareStep } from "./step.ts";

/** What a mirrored database is made from. */
export interface MirroredDatabaseArgs {
  readonly plan: Plan;
  readonly database: DatabaseWish;
  /** The step that formed the mirror. */
  readonly form: local.Command;
}

/** A database of the mirror, created on whoever is primary. The members' own steps bring it to
 *  the others.
 *
 *  State: the data lives in the members' volumes. Taken out of the topology, the database leaves
 *  the mirror and its files stay; when the whole stack goes, it stays in the mirror. */
export class MirroredDatabase extends pulumi.ComponentResource {
  /** Name in the instance and in the mirror. */
  readonly databaseName: string;
  /** Result of the step that put it into the mirror. */
  readonly result: pulumi.Output<string>;

  /** As the members are told. */
  readonly settings: DatabaseSettings;
  /** The step that put it into the mirror. */
  readonly mirrored: local.Command;

  constructor(name: string, args: MirroredDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("irismirror:index:MirroredDatabase", name, {}, opts);
    const { plan, database, form } = args;

    this.settings = { name: database.name, directory: database.directory };
    this.mirrored = declareStep(
      databaseStep(name),
      {
        verb: "database",
        removal: "remove-database",
        input: {
          version: contractVersion,
          mirror: plan.mirror.name,
          database: this.settings,
          failover: Object.values(plan.failover).map(({ address }) => address),
        },
        markers: plan.markers,
      },
      { parent: this, dependsOn: [form], deletedWith: form },
    );

    this.databaseName = database.name;
    this.result = this.mirrored.stdout;
    this.registerOutputs({ databaseName: this.databaseName, result: this.result });
  }
}
