import * as docker from "@pulumi/docker";
import type { local } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { contractVersion } from "../operate/contract.ts";
import { declareContainer, ownerLabels } from "./container.ts";
import type { Markers } from "./plan/marker.ts";
import type { MemberPlan } from "./plan/plan.ts";
import { memberStep } from "./plan/step-names.ts";
import { declareStep } from "./step.ts";

/** What a member is made from. */
export interface MemberArgs {
  readonly stack: string;
  readonly plan: MemberPlan;
  /** The mirror's network; its name stands in the plan. */
  readonly network: docker.Network;
  /** Hash of the classes the instance gets. */
  readonly code: string;
  /** Markers of all steps. */
  readonly markers: Markers;
  /** Member whose new container must be ready before this one's is replaced.
   *  @default none: containers are created side by side */
  readonly after?: Member | undefined;
  /** What else the container waits for. @default nothing */
  readonly containerAfter?: readonly pulumi.Resource[];
  /** Last guards of the container. @default none, as under mocks */
  readonly hooks?: pulumi.ResourceHookBinding | undefined;
}

/** One IRIS instance: volume, container, and the steps that prepare it for a mirror. A directory of
 *  the host in place of the volume is no resource: nothing here creates or deletes one.
 *
 *  State: the volume outlives everything. It is retained on delete, so `pulumi destroy` forgets it
 *  and keeps the data; it is not protected, because then destroy would refuse altogether. The
 *  container is replaced by any change of its specification, after a graceful stop. */
export class Member extends pulumi.ComponentResource {
  /** Key in the topology, hostname and network alias. */
  readonly hostname: string;
  /** Result of the step after which the instance can be in a mirror. */
  readonly prepared: pulumi.Output<string>;

  /** The step after which the instance can be in a mirror. The mirror comes after this and not
   *  after the whole component, which later holds steps that come after the mirror. */
  readonly preparing: local.Command;

  /** What it was planned to be. */
  readonly plan: MemberPlan;
  /** Markers of all steps. */
  readonly markers: Markers;

  private readonly steps: readonly local.Command[];
  private readonly ready: local.Command;

  constructor(name: string, args: MemberArgs, opts?: pulumi.ComponentResourceOptions) {
    super("irismirror:index:Member", name, {}, opts);
    this.plan = args.plan;
    this.markers = args.markers;

    const volumes = args.plan.directory === undefined ? [this.durableVolume(name, args)] : [];
    const owned = this.ownVolume(name, args, volumes);
    const container = this.instance(name, args, [args.network, owned]);
    this.ready = this.readiness(name, container);
    const code = this.code(name, args, this.ready);
    this.preparing = this.service(name, code);
    this.steps = [owned, this.ready, code, this.preparing];

    this.hostname = name;
    this.prepared = this.preparing.stdout;
    this.registerOutputs({ hostname: this.hostname, prepared: this.prepared });
  }

  /** Results of the steps that prepare the instance. */
  get results(): pulumi.Output<string>[] {
    return this.steps.map(({ stdout }) => stdout);
  }

  private durableVolume(name: string, { stack, plan }: MemberArgs): docker.Volume {
    return new docker.Volume(
      `${name}-data`,
      { name: plan.volume, labels: ownerLabels(stack, name) },
      // A changed label or driver would replace the volume, and replacing is deleting.
      {
        parent: this,
        retainOnDelete: true,
        ignoreChanges: ["labels", "driver", "driverOpts"],
      },
    );
  }

  private ownVolume(name: string, { stack, plan }: MemberArgs, volumes: docker.Volume[]) {
    return declareStep(
      memberStep(name, "own-volume"),
      {
        verb: "own-volume",
        input: {
          version: contractVersion,
          volume: plan.directory ?? plan.volume,
          ...(plan.directory === undefined ? {} : { durable: plan.durable }),
          image: plan.container.specification.image,
          stack,
          member: name,
        },
        markers: this.markers,
        once: true,
      },
      { parent: this, dependsOn: volumes },
    );
  }

  private instance(name: string, args: MemberArgs, upstream: pulumi.Resource[]): docker.Container {
    const { stack, plan, after, containerAfter = [], hooks } = args;
    const dependsOn = [
      ...upstream,
      ...containerAfter,
      ...(after === undefined ? [] : [after.ready]),
    ];
    return declareContainer(name, stack, plan.container, {
      parent: this,
      dependsOn,
      ...(hooks === undefined ? {} : { hooks }),
    });
  }

  private readiness(name: string, container: docker.Container): local.Command {
    return declareStep(
      memberStep(name, "ready"),
      {
        verb: "ready",
        input: {
          version: contractVersion,
          member: this.plan.address,
          // A new container makes the step run again, whatever replaced it.
          containerId: container.id,
        },
        markers: this.markers,
      },
      { parent: this },
    );
  }

  private code(name: string, { code }: MemberArgs, ready: local.Command): local.Command {
    return declareStep(
      memberStep(name, "load-code"),
      {
        verb: "load-code",
        input: { version: contractVersion, member: this.plan.address, hash: code },
        markers: this.markers,
      },
      { parent: this, dependsOn: [ready] },
    );
  }

  private service(name: string, code: local.Command): local.Command {
    return declareStep(
      memberStep(name, "service"),
      {
        verb: "service",
        input: { version: contractVersion, member: this.plan.address },
        markers: this.markers,
      },
      { parent: this, dependsOn: [code] },
    );
  }
}
