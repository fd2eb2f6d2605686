/** Names of classes and routines the product has. They tell "not simulated" from
 *  `<CLASS DOES NOT EXIST>` and `<NOROUTINE>`. */

/** Packages of the product that this engine has no class of, or few. */
const packages = [
  "%Activate",
  "%AI",
  "%Api",
  "%Archive",
  "%Atelier",
  "%BI",
  "%CSP",
  "%Collection",
  "%Compiler",
  "%DeepSee",
  "%Dictionary",
  "%DocDB",
  "%ExtentMgr",
  "%External",
  "%FileMan",
  "%Installer",
  "%JSON",
  "%Monitor",
  "%Net",
  "%OAuth2",
  "%Projection",
  "%REST",
  "%Regex",
  "%RoutineMgr",
  "%SOAP",
  "%SQL",
  "%Stream",
  "%Studio",
  "%Text",
  "%UI",
  "%UnitTest",
  "%Xpath",
  "%XML",
  "%XSQL",
  "%ZEN",
  "%cspapp",
  "%iFind",
  "%iKnow",
  "Ens",
  "EnsLib",
  "EnsPortal",
  "HS",
] as const;

/** Further classes of `%Library`, `%SYSTEM` and `%SYS`, by full name. */
const classes: ReadonlySet<string> = new Set(
  [
    "Populate SerialObject Storage SwizzleObject ArrayOfDataTypes ArrayOfObjects",
    "ListOfDataTypes ListOfObjects AbstractList GlobalCharacterStream GlobalBinaryStream",
    "FileCharacterStream FileBinaryStream Device Prompt Routine RoutineMgr ClassDefinition",
    "GTWConnection IResultSet MessageDictionary ObjectHandle ProcedureContext SQLQuery Query",
    "SQLGatewayConnection Utility IJCDevice JGWResultSet EnsembleMgr Global ConstraintException",
    "Cursor FunctionalIndex CacheIndex CompoundType DataType Currency Date DateTime Time TimeStamp",
    "String Integer BigInt SmallInt TinyInt Numeric Decimal Double Float Boolean Binary Name",
    "PosixTime Counter RowVersion List ListOfBinary EnumString Enumeration Vector Status Text",
  ]
    .join(" ")
    .split(" ")
    .map((name) => `%Library.${name}`)
    .concat(
      [
        "SQL Security Encryption License Lock Monitor Device DeepSee DocDB Context Config CPU",
        "ECP Event Error Flags Iris ClusterInfo Cluster Python Semaphore SharedMemory Sharding TSQL",
        "WorkMgr iKnow iFind External AIControl BMS BusinessIntelligence CloudProvider OBJ OpenTel",
      ]
        .join(" ")
        .split(" ")
        .map((name) => `%SYSTEM.${name}`),
      [
        "GlobalEdit GlobalQuery GlobalBuffers Journal.System Journal.File Journal.Record LockQuery",
        "ProcessQuery Namespace NamespaceQuery Task.History Task.PurgeJournal Audit Config",
        "Task TaskSuper DatabaseQuery X509Credentials Cluster Mirror Ensemble WorkQueueMgr ZSTOP ATCatalog",
      ]
        .join(" ")
        .split(" ")
        .map((name) => `%SYS.${name}`),
    ),
);

/** True for a class that the product has, as far as this engine knows. */
export function isProductClass(name: string): boolean {
  return classes.has(name) || packages.some((known) => name.startsWith(`${known}.`));
}

/** Routines of %SYS that people and scripts call. Source: HA, data integrity, monitoring. */
const routines: ReadonlySet<string> = new Set(
  "%SS BACKUP DATABASE DBREST JOURNAL JRNRESTO MIRROR SECURITY".split(" "),
);

/** True for a routine of the product that this engine has not. Those without `%` in their names are
 *  there in %SYS alone. */
export function isProductRoutine(name: string, namespace: string): boolean {
  return routines.has(name) && (name.startsWith("%") || namespace === "%SYS");
}

/** Routines of a site that the product runs by itself when an instance starts or stops, or somebody
 *  logs in. Assumed to be all: public scripts load ^ZSTU; the others are its siblings. */
const siteRoutines = "ZSTU ZSTART ZSTOP ZWELCOME ZAUTHENTICATE ZAUTHORIZE %ZSTART %ZSTOP".split(
  " ",
);

/** True for a routine that the product would run by itself and this engine would not. */
export function isRunByProduct(name: string, namespace: string): boolean {
  return siteRoutines.includes(name) && (name.startsWith("%") || namespace === "%SYS");
}

/** `%File` is short for `%Library.File`; a name without package belongs to `User`. */
export function fullClassName(name: string): string {
  if (name.includes(".")) return name;
  return name.startsWith("%") ? `%Library.${name.slice(1)}` : `User.${name}`;
}
