import * as pulumi from "@pulumi/pulumi";
import type { NamespaceWish } from "./plan/wishes.ts";

/** A namespace, alike on every member. Namespaces are not mirrored, so each member has a step of
 *  its own that makes all of them; this says what they are.
 *
 *  State: none of its own. Taken out of the topology, the members' steps remove it; its databases
 *  stay. */
export class Namespace extends pulumi.ComponentResource {
  /** Name in the instances. */
  readonly namespaceName: string;
  /** Database that holds the globals. */
  readonly globals: string;
  /** Database that holds routines and classes. */
  readonly routines: string;

  /** As the members are told. */
  readonly settings: NamespaceWish;

  constructor(name: string, wish: NamespaceWish, opts?: pulumi.ComponentResourceOptions) {
    super("irismirror:index:Namespace", name, {}, opts);

    this.settings = wish;
    this.namespaceName = wish.name;
    this.globals = wish.globals;
    this.routines = wish.routines;
    this.registerOutputs({
      namespaceName: this.namespaceName,
      globals: this.globals,
      routines: this.routines,
    });
  }
}
