/** What belongs to the product itself, and is neither mirrored nor anybody's to change. */

/** Databases of the installation, of IRIS for Health and of interoperability.
 *  Source: GHA_mirror_set_configdbs; IRISMETRICS and the libraries by their names in the
 *  installation. */
const productDatabases: readonly string[] = [
  "IRISSYS",
  "IRISSECURITY",
  "IRISLIB",
  "IRISLOCALDATA",
  "IRISTEMP",
  "IRISAUDIT",
  "IRISMETRICS",
  "ENSLIB",
  "HSLIB",
  "HSSYS",
  "HSSYSLOCALTEMP",
  "HSCUSTOM",
];

/** What the product adds for each namespace that takes part in interoperability.
 *  Assumed from their names in such namespaces. */
const besideANamespace = /.(?:ENSTEMP|SECONDARY)$/;

/** Whether a database of that name, in any case, is the product's own. */
export function isProductDatabase(name: string): boolean {
  const upper = name.toUpperCase();
  return productDatabases.includes(upper) || besideANamespace.test(upper);
}
