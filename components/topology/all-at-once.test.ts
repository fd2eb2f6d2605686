/** Everything a person may get wrong, in one topology: one report names all of it. */

import { expect, it } from "vitest";
import { faultReport } from "../plan/fault.ts";
import { readTopology } from "../topology.ts";

const fourteen = Array.from({ length: 14 }, (_, index) => [`dr${index + 1}`, { type: "dr" }]);

const wrong = {
  name: "MIRRORSET",
  failover: { mirrorA: { webPort: 52775 }, localhost: { superserverPort: 52775 } },
  async: {
    ...(Object.fromEntries(fourteen) as Record<string, object>),
    DR1: { type: "dr", databases: ["COMPANY"] },
    report1: { type: "reporting", webPort: 52775 },
  },
  databases: {
    COMPANY: {},
    company: { directory: "/dur/data/" },
    COPY: { directory: "/dur/data" },
    HIDDEN: { directory: "/dur/../tmp/" },
    MINE: { directory: "/dur/iconfig/mgr/user" },
    IRISLIB: {},
  },
  namespaces: {
    NOWHERE: {},
    USER: { globals: "COMPANY" },
    PHONEBOOK: { globals: "COMPANY", mappings: { globals: { "a.*": "USER", b: "ABSENT" } } },
  },
  apps: { COMPANY: {} },
};

it("one report has every fault with its place, what is given, what is allowed, what to change", () => {
  expect(faultReport(readTopology(wrong).faults)).toMatchInlineSnapshot(`
    "The mirror is not deployed, nothing was touched: 17 faults.

      async.report1.type
        given:   "reporting"
        allowed: dr, reportingReadOnly or reportingReadWrite
        change:  write one of the three

      databases.HIDDEN.directory
        given:   "/dur/../tmp/"
        allowed: an absolute path in the container of letters, digits and . _ -, without // or /../
        change:  write a path such as /install

      async.DR1
        given:   "DR1", also at async.dr1
        allowed: names that differ by more than upper and lower case
        change:  rename one of the two

      databases.company
        given:   "COMPANY", also at databases.COMPANY
        allowed: names that differ by more than upper and lower case
        change:  rename one of the two

      failover.localhost
        given:   the name "localhost"
        allowed: any hostname but arbiter (the arbiter's alone) and localhost
        change:  choose another name

      failover.localhost.superserverPort
        given:   "52775", also at failover.mirrorA.webPort
        allowed: a port of the Docker host that nothing else in the topology takes
        change:  choose another port, or take one of the two out

      async.report1.webPort
        given:   "52775", also at failover.mirrorA.webPort
        allowed: a port of the Docker host that nothing else in the topology takes
        change:  choose another port, or take one of the two out

      async
        given:   16 async members
        allowed: at most 14: a mirror has 16 members, two of them failover members
        change:  take members out until 14 are left

      async.DR1.databases
        given:   a list
        allowed: nothing: a DR async holds all databases of the mirror, because it may be promoted
        change:  take it out, or make it a reporting member

      databases.COPY.directory
        given:   "/dur/data/", also at databases.company.directory
        allowed: a directory of its own for each database
        change:  choose another directory

      databases.MINE.directory
        given:   "/dur/iconfig/mgr/user", one of the product's own
        allowed: a directory that the product does not use itself
        change:  choose another directory, or leave it out

      namespaces.NOWHERE
        given:   the database "NOWHERE"
        allowed: COMPANY, COMPANY, COPY, HIDDEN, MINE, IRISLIB
        change:  add that database under databases, or name another

      namespaces.PHONEBOOK.mappings.globals."a.*"
        given:   the database "USER", which is never mirrored
        allowed: COMPANY, COMPANY, COPY, HIDDEN, MINE, IRISLIB
        change:  name a database of the mirror

      namespaces.PHONEBOOK.mappings.globals.b
        given:   the database "ABSENT"
        allowed: COMPANY, COMPANY, COPY, HIDDEN, MINE, IRISLIB
        change:  add that database under databases, or name another

      apps.COMPANY
        given:   the namespace "COMPANY"
        allowed: NOWHERE, USER, PHONEBOOK
        change:  add that namespace under namespaces, or name another

      databases.IRISLIB
        given:   "IRISLIB", one of the product's own
        allowed: any name that the product does not use itself
        change:  choose another name

      namespaces.USER
        given:   "USER", one of the product's own
        allowed: any name that the product does not use itself
        change:  choose another name
    "
  `);
});
