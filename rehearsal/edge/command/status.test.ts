import { describe, expect, it } from "vitest";
import { profileOf } from "../../profile.ts";
import { ctime, listBlock, qlistLine, type InstanceStatus } from "./status.ts";

const profile = profileOf("2022.1");

const running: InstanceStatus = {
  name: "IRIS",
  directory: "/usr/irissys",
  dataDirectory: "/dur/iconfig/",
  state: "running",
  at: new Date(2021, 7, 4, 7, 12, 45),
  superserverPort: 1972,
  webPort: 52773,
  health: "ok",
  memberType: "Failover",
  memberStatus: "Primary",
};

describe("what the iris command shows", () => {
  it("writes dates as C does, the day padded with a blank", () => {
    expect(ctime(new Date(2021, 7, 4, 7, 12, 45))).toBe("Wed Aug  4 07:12:45 2021");
    expect(ctime(new Date(2016, 4, 13, 22, 7, 2))).toBe("Fri May 13 22:07:02 2016");
  });

  it("prints fourteen fields, status in the fourth, member type and status behind the product", () => {
    const fields = qlistLine(running, profile).split("^");

    expect(fields).toHaveLength(14);
    expect(fields[3]).toBe("running, since Wed Aug  4 07:12:45 2021");
    expect(fields.slice(8, 12)).toEqual(["ok", "IRIS", "Failover", "Primary"]);
  });

  it("prints neither health nor mirroring of an instance that is down", () => {
    const down = { ...running, state: "down", health: "", memberType: "", memberStatus: "" };

    expect(qlistLine(down, profile).split("^")[3]).toBe("down, last used Wed Aug  4 07:12:45 2021");
    expect(listBlock(down, profile)).not.toMatch(/state:|mirroring:/);
  });

  it("prints the block of a mirror member as it was captured", () => {
    expect(listBlock(running, profile)).toBe(
      [
        "",
        "Configuration 'IRIS'   (default)",
        "        directory:    /usr/irissys",
        "        versionid:    2022.1.0.209.0",
        "        datadir:      /dur/iconfig",
        "        conf file:    iris.cpf  (SuperServer port = 1972, WebServer = 52773)",
        "        status:       running, since Wed Aug  4 07:12:45 2021",
        "        mirroring: Member Type = Failover; Status = Primary",
        "        state:        ok",
        "        product:      InterSystems IRIS",
        "",
      ].join("\n"),
    );
  });
});
