/** What a preview would change, read from the text that a person reads. */

/** One change: what is done, to the resource of which name. */
export interface Change {
  /** `create`, `update`, `delete`, `replace`, … */
  readonly kind: string;
  /** Type and Pulumi name, as `docker:index/container:Container dr1`. */
  readonly resource: string;
}

/** A heading such as `+ docker:index/volume:Volume: (create)`, then lines in brackets, among them
 *  the URN. */
const heading =
  /^\s*(?:\+-|-\+|\+\+|--|[-+~]) [^\s:]+:[^\s:]+:[^\s:]+: \(([\w-]+)\)[^\n]*(?:\n\s+\[[^\n]*\])*/gm;

/** The changes in the output of `pulumi preview --diff`. What stays the same is left out, and so is
 *  reading what is there, which Pulumi lists beside them. */
export function changesOf(text: string): Change[] {
  return [...text.matchAll(heading)]
    .map(([whole, kind = ""]) => {
      const urn = /\[urn=([^\]]*)\]/.exec(whole)?.[1] ?? `no URN in ${whole}`;
      const [, , types = "", name = ""] = urn.split("::");
      return { kind, resource: `${types.split("$").at(-1) ?? ""} ${name}` };
    })
    .filter(({ kind }) => kind !== "refresh");
}
