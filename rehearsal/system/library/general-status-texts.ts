/** Texts of errors about the object library, by number; `%1` and so on stand for the
 *  arguments of the status. Source: ERR (2026.1). */

/** Text by number. */
export const generalStatusTexts: Readonly<Record<number, string>> = {
  5001: "%1",
  5002: "ObjectScript error: %1",
  5005: "Cannot open file '%1'",
  5007: "Directory name '%1' is invalid",
  5012: "File '%1' does not exist",
  5015: "Namespace '%1' does not exist",
  5019: "Cannot delete file '%1'",
  5021: "Directory '%1' does not exist.",
  5024: "Unable to copy file '%1' to '%2'",
  5027: "File '%1' already exists",
  5030: "An error occurred while compiling class %1",
  5032: "Cannot create directory '%1'",
  5034: "Invalid status code structure (%1)",
  5035: "General exception Name '%1' Code '%2' Data '%3'",
  5540: "SQLCODE: %1 Message: %2",
  5659: "Property '%1' required",
  5802: "Datatype validation failed on property '%1', with value equal to \"%2\"",
  5803: "Failed to acquire exclusive lock on instance of '%1'",
  // Not in the list: 7201 was seen in logs; the numbers and words of the others are assumed.
  5809: "Object to Load not found, class '%1', ID '%2'",
  5810: "Object to Delete not found, class '%1', ID '%2'",
  5813: "Null oid",
  7201: "Datatype value '%1' length longer than MAXLEN allowed of %2",
  7207: "Datatype value '%1' is not a valid number",
};
