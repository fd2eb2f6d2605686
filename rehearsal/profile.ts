/** Version profiles: what differs between the releases this engine imitates. Chosen by the tag of
 *  the image, never by anything at run time. */

/** Everything that depends on the imitated release. */
export interface Profile {
  /** Release as users name it: `2022.1`. */
  readonly release: string;
  /** `iris list` shows it as versionid. */
  readonly build: string;
  /** `$zversion`, with the place where the processor's name goes. */
  readonly zversion: (processor: string) => string;
  /** Port of the private web server, or `undefined` where the release has none.
   *  Source: iris release notes 2023.2 (private web server removed). */
  readonly privateWebPort: number | undefined;
  /** Port of this engine's own status page where the product has no web server at all. */
  readonly enginePagePort: number | undefined;
  /** True where a mirrored database is fetched from another member by itself.
   *  Source: release notes 2025.1, "Download mirror database". */
  readonly downloadsDatabases: boolean;
  /** True where `/api/monitor/metrics` has `# HELP` and `# TYPE` before each metric.
   *  Source: GCM (current); outputs of 2021 and 2022 have bare lines. */
  readonly describesMetrics: boolean;
  /** What a configuration merge file can do. */
  readonly merge: {
    /** True where [Actions] has ConfigMirror; otherwise [Startup] has MirrorSetName and its
     *  siblings. Source: public merge files (the keys up to 2022.1, the action from 2023.2 on).
     *  Assumed: 2022.1 does not have the action; the release that brought it was not found. */
    readonly configMirror: boolean;
    /** True where several files may be named, with commas. Source: GCMF 2026.1; the guide of 2025.2
     *  does not have it. */
    readonly fileLists: boolean;
    /** True where CreateDatabase makes a mirrored database of one with data, by LogicalOnly or
     *  Seed. Source: RACS_createdatabase 2025.3; GCMF. */
    readonly existingDatabases: boolean;
  };
}

const profiles: Readonly<Record<string, Profile>> = {
  "2022.1": {
    release: "2022.1",
    build: "2022.1.0.209.0",
    zversion: (processor) =>
      // Assumed: shape as captured for 2023.2; the date of this build was not read.
      `IRIS for UNIX (Ubuntu Server LTS for ${processor} Containers) 2022.1 (Build 209U) ` +
      `Tue May 31 2022 12:16:40 EDT`,
    privateWebPort: 52773,
    enginePagePort: undefined,
    downloadsDatabases: false,
    describesMetrics: false,
    merge: { configMirror: false, fileLists: false, existingDatabases: false },
  },
  "2026.1": {
    release: "2026.1",
    // Assumed: the build number and its date of this release were not read.
    build: "2026.1.0.100.0",
    zversion: (processor) =>
      `IRIS for UNIX (Ubuntu Server LTS for ${processor} Containers) 2026.1 (Build 100U) ` +
      `Mon Apr 20 2026 12:00:00 EDT`,
    privateWebPort: undefined,
    enginePagePort: 52780,
    downloadsDatabases: true,
    describesMetrics: true,
    merge: { configMirror: true, fileLists: true, existingDatabases: true },
  },
};

/** Names of all profiles, oldest first. */
export const profileNames: readonly string[] = Object.keys(profiles);

/** The profile of a release.
 *  @throws Error naming the known ones for any other text. */
export function profileOf(release: string): Profile {
  const profile = profiles[release];
  if (profile === undefined) {
    throw new Error(
      `not simulated: version profile "${release}". Known profiles: ${profileNames.join(", ")}.`,
    );
  }
  return profile;
}
