/** The mirror's network: user-defined, so that members find each other by name. */

import * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import { ownerLabels } from "./container.ts";
import type { Plan } from "./plan/plan.ts";

/** Declares the network. One of ours that exists although the state does not know it (a killed
 *  `up` leaves such a one) is adopted: Docker would refuse a second of that name. For a network
 *  that the state knows under the same id, adopting changes nothing. */
export function declareNetwork(name: string, plan: Plan, parent: pulumi.Resource): docker.Network {
  return new docker.Network(
    name,
    { name: plan.network.name, driver: "bridge", labels: ownerLabels(plan.stack) },
    {
      parent,
      // Every input of a network replaces it, and replacing it cuts every member off.
      ignoreChanges: ["labels", "driver", "ipamConfigs", "options", "attachable", "internal"],
      ...(plan.network.adopt === undefined ? {} : { import: plan.network.adopt }),
    },
  );
}
