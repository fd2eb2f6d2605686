/** What to look at on the engine before anything is declared, worked out from a topology that may
 *  still have faults: whatever can be found in one go is found in one go. */

import type { Draft } from "../topology/schema.ts";
import type { Images } from "./image.ts";
import { membersOf, productTypes } from "./members.ts";
import { arbiterKey, dataPlace, physicalNames } from "./names.ts";
import { noPast, type Past } from "./past.ts";
import type { NamedWish, RefusalWish } from "./refusals.ts";
import {
  type AppWish,
  appWishes,
  contents,
  type DatabaseWish,
  type MemberAddress,
  memberAddress,
  mirrorSettings,
} from "./wishes.ts";
import { pathText } from "./fault.ts";
import { settingNames } from "./settings.ts";

/** Input of a look. */
export interface Survey {
  readonly stack: string;
  readonly mirror: string;
  readonly members: readonly { readonly address: MemberAddress; readonly volume?: string }[];
  /** Directories in place of volumes. */
  readonly directories: readonly string[];
  readonly containers: readonly string[];
  readonly network: string;
  readonly ports: readonly { readonly address: string; readonly port: number }[];
  readonly images: readonly string[];
  readonly files: readonly string[];
  /** Databases that are to be mirrored: ordinary ones are looked for in their place. */
  readonly databases: readonly DatabaseWish[];
  /** Sample applications: hashed, and looked for in every instance. */
  readonly apps: readonly AppWish[];
  /** Names to look for in every instance, upper case. */
  readonly namespaces: readonly string[];
  /** Resources and roles to look for in every instance. */
  readonly settings: ReturnType<typeof settingNames>;
}

/** A mirror without a valid name is looked for under one that no mirror can have. */
const noName = "-";

/** What to look at. */
export function surveyOf(draft: Draft, stack: string): Survey {
  const names = physicalNames(stack, draft.names);
  return {
    stack,
    mirror: mirrorSettings(draft).name || noName,
    members: membersOf(draft).map(({ key, member: { data } }) => ({
      address: memberAddress(key, draft, stack),
      ...(data?.bind === undefined ? { volume: names.volume(key) } : {}),
    })),
    directories: membersOf(draft).flatMap(({ member: { data } }) =>
      data?.bind === undefined ? [] : [data.bind],
    ),
    containers: draft.arbiter === false ? [] : [names.container(draft.arbiter.name)],
    network: names.network,
    ports: publishedPorts(draft).map(({ address, port }) => ({ address, port })),
    images: givenImages(draft).map(({ reference }) => reference),
    files: givenFiles(draft).map(({ file }) => file),
    databases: contents(draft).databases,
    apps: appWishes(draft),
    namespaces: contents(draft).namespaces.map(({ name }) => name),
    settings: settingNames(draft),
  };
}

/** What the look's answer is held against. @param past what the state remembers; nothing of a
 *  state that is empty */
export function refusalWish(
  draft: Draft,
  stack: string,
  images: Images,
  past: Past = noPast,
): RefusalWish {
  const names = physicalNames(stack, draft.names);
  const members = membersOf(draft);
  const arbiter: NamedWish[] =
    draft.arbiter === false
      ? []
      : [
          {
            path: "arbiter.name",
            name: names.container(draft.arbiter.name),
            member: arbiterKey,
          },
        ];
  return {
    stack,
    images: [
      { path: draft.image === undefined ? "engine" : "image", reference: images.member },
      ...(draft.arbiter === false
        ? []
        : [
            {
              path: draft.arbiter.image === undefined ? "arbiter" : "arbiter.image",
              reference: images.arbiter,
            },
          ]),
    ].filter(({ reference }) => reference !== ""),
    imageRemedy: images.remedy,
    files: givenFiles(draft),
    containers: [
      ...arbiter,
      ...members.map(({ key, path }) => ({
        path: pathText(path),
        name: names.container(key),
        member: key,
      })),
    ],
    data: members.map(({ key, path, member }) => ({
      path: pathText([...path, ...(member.data?.bind === undefined ? [] : ["data", "bind"])]),
      name: dataPlace(key, member, names),
      member: key,
    })),
    network: { path: "", name: names.network },
    ports: publishedPorts(draft),
    mirror: mirrorSettings(draft),
    databases: contents(draft).databases,
    ...memberships(draft),
    past,
  };
}

/** Keys of the failover members, and the asyncs with what they are to be. */
export function memberships(draft: Draft): Pick<RefusalWish, "failover" | "asyncs"> {
  return {
    failover: Object.keys(draft.failover),
    asyncs: Object.fromEntries(
      Object.entries(draft.async).map(([key, { type }]) => [key, productTypes[type]]),
    ),
  };
}

function publishedPorts(draft: Draft): RefusalWish["ports"] {
  return membersOf(draft).flatMap(({ key, path, member: { webPort, superserverPort } }) =>
    Object.entries({ webPort, superserverPort }).flatMap(([field, port]) =>
      port === undefined
        ? []
        : [
            {
              path: pathText([...path, field]),
              address: draft.publishAddress,
              port,
              member: key,
            },
          ],
    ),
  );
}

function givenImages({ image, arbiter }: Draft): { reference: string }[] {
  return [image, arbiter === false ? undefined : arbiter.image].flatMap((reference) =>
    reference === undefined ? [] : [{ reference }],
  );
}

function givenFiles(draft: Draft): RefusalWish["files"] {
  const { licenseKey } = draft;
  return [
    ...(licenseKey === undefined
      ? []
      : [{ path: "licenseKey", file: licenseKey, mayBeDirectory: false }]),
    ...appWishes(draft).map(({ name }) => ({
      path: pathText(["apps", name]),
      file: `install/apps/${name}`,
      mayBeDirectory: true,
    })),
    ...membersOf(draft).flatMap(({ path, member: { mounts } }) =>
      mounts.map(({ source }, index) => ({
        path: pathText([...path, "mounts", String(index), "source"]),
        file: source,
        mayBeDirectory: true,
      })),
    ),
  ];
}
