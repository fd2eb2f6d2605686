/** `Security.Applications`, `Security.SSLConfigs`, `Security.System`: data without effect here,
 *  where no web application is served and nothing speaks TLS.
 *  Source: class references. Assumed: first values; 419 for an application that exists already,
 *  and 420 for system settings of another name. */

import type { NativeClass } from "../../objectscript/host.ts";
import { recordClass } from "../config/record-class.ts";
import type { RecordObject } from "../config/record-object.ts";
import { Refusal } from "../support/refusal.ts";
import { StoredRecords, type RecordKind } from "./stored-records.ts";

/** Properties without a first value of their own. */
function empty(names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, ""]));
}

const webApplication = { AutheEnabled: "32", NameSpace: "%SYS" };

const applications: RecordKind = {
  file: "ApplicationsD",
  defaults: {
    ...empty("ChangePasswordPage ClientApplications CookiePath Description DispatchClass"),
    ...empty("ErrorPage EventClass GroupById LoginPage MatchRoles NameSpace Package Path"),
    ...empty("PermittedClasses Resource Routines SuperClass"),
    AutheEnabled: "64",
    AutoCompile: "1",
    CSPZENEnabled: "1",
    DeepSeeEnabled: "0",
    Enabled: "1",
    InbndWebServicesEnabled: "1",
    IsNameSpaceDefault: "0",
    LockCSPName: "1",
    Recurse: "1",
    ServeFiles: "1",
    ServeFilesTimeout: "3600",
    Timeout: "900",
    Type: "2",
    UseCookies: "2",
    iKnowEnabled: "0",
  },
  initial: {
    "/api/atelier": { ...webApplication, DispatchClass: "%Api.Atelier" },
    "/api/mgmnt": { ...webApplication, DispatchClass: "%Api.Mgmnt.v2.disp" },
    "/api/monitor": { AutheEnabled: "64", NameSpace: "%SYS", DispatchClass: "%Api.Monitor" },
    "/csp/sys": webApplication,
    "/csp/sys/exp": webApplication,
    "/csp/sys/mgr": webApplication,
    "/csp/sys/op": webApplication,
    "/csp/sys/sec": webApplication,
    "/csp/user": { AutheEnabled: "32", NameSpace: "USER", IsNameSpaceDefault: "1" },
  },
  alreadyThere: (name) => new Refusal(419, "Application", name),
  notThere: (name) => new Refusal(869, name),
};

const sslConfigurations: RecordKind = {
  file: "SSLConfigsD",
  defaults: {
    ...empty("CAFile CAPath CRLFile CertificateFile CipherList Ciphersuites DHParam Description"),
    ...empty("PrivateKeyFile Protocols TLSMaxVersion TLSMinVersion"),
    Enabled: "1",
    PrivateKeyType: "2",
    Type: "0",
    VerifyDepth: "9",
    VerifyPeer: "0",
  },
  secrets: ["PrivateKeyPassword"],
  initial: {},
  alreadyThere: (name) => new Refusal(898, name),
  notThere: (name) => new Refusal(979, name),
};

const onlySystem = "SYSTEM";

const system: RecordKind = {
  file: "SystemD",
  onlyName: onlySystem,
  defaults: {
    ...empty("DefaultSecurityDomain PasswordValidationRoutine RequiredRole SMTPServer"),
    ...empty("SMTPUsername TwoFactorFrom TwoFactorPWIssuer"),
    AuditEnabled: "0",
    // Bits of operating system, password and unauthenticated logins.
    AutheEnabled: "112",
    ConfigurationSecurityEnabled: "0",
    InactiveLimit: "0",
    InvalidLoginAction: "0",
    InvalidLoginLimit: "0",
    LoginCookieTimeout: "0",
    PasswordExpirationDays: "0",
    PasswordPattern: "3.128ANP",
    PercentGlobalWrite: "0",
    SSLSuperServer: "0",
    SSLTelnetServer: "0",
    TwoFactorTimeout: "30",
  },
  secrets: ["SMTPPassword"],
  initial: { [onlySystem]: {} },
  alreadyThere: (name) => new Refusal(419, "System", name),
  notThere: (name) => new Refusal(420, "System", name),
};

/** The three classes. */
export function securitySettings(): readonly NativeClass<RecordObject>[] {
  const openedById = { opener: "%OpenId" } as const;
  const records = new StoredRecords(applications);
  return [
    recordClass("Security.Applications", records, openedById),
    recordClass("Security.SSLConfigs", new StoredRecords(sslConfigurations), openedById),
    recordClass("Security.System", new StoredRecords(system), {
      ...openedById,
      refused: ["Create", "Delete"],
    }),
  ];
}
