/** What MirrorInfo and LocalInfo may hold. Source: class reference SYS.Mirror. */

const addressKeys = ["ECPAddress", "MirrorAddress", "AgentAddress", "AgentPort"];

/** Of CreateNewMirrorSet. */
export const mirrorInfoKeys: readonly string[] = [
  ...addressKeys,
  "ArbiterNode",
  "QOSTimeout",
  "UseSSL",
  "VirtualAddress",
  "VirtualAddressInterface",
  "CompressionForFailoverMembers",
  "CompressionForAsyncMembers",
  "CompressionTypeForFailoverMembers",
  "CompressionTypeForAsyncMembers",
  "AllowParallelDejournaling",
];

/** Of JoinMirrorAsFailoverMember and JoinMirrorAsAsyncMember. */
export const localInfoKeys: readonly string[] = [
  ...addressKeys,
  "VirtualAddressInterface",
  "EncryptCommunication",
];
