import { patchableUserFields, userProfile } from "../schema/userFields.js";
import { refuse } from "./refuse.js";
import { checkValue } from "./shape.js";

/** The types of JavaScript in which values of Convex come. */
const TYPES: Readonly<Record<string, string>> = {
  string: "string",
  float64: "number",
  boolean: "boolean",
};

/**
 * Checks the fields of a user that an app passes on, perhaps from a form, so
 * that a wrong one gets a code and no validation error.
 *
 * @throws `INVALID_PARAMETERS` for fields that are unknown or protected, for
 *   values of another type than the field's, and for an `extend` that cannot be
 *   stored.
 */
export function checkProfile(data: object): void {
  const known = patchableUserFields();
  for (const [field, value] of Object.entries(data) as [string, unknown][]) {
    if (!known.includes(field)) {
      refuse(
        "INVALID_PARAMETERS",
        `\`${field.slice(0, 40)}\` cannot be changed; fields are ${known.join(", ")}`,
      );
    }
    if (value === undefined) {
      continue;
    }
    if (field === "extend") {
      checkValue(field, value, "value");
    } else if (!isOfType(field, value)) {
      refuse("INVALID_PARAMETERS", `\`${field}\` has the wrong type`);
    }
  }
}

function isOfType(field: string, value: unknown): boolean {
  const { kind } =
    userProfile().fields[
      field as keyof ReturnType<typeof userProfile>["fields"]
    ];
  const isNumber = typeof value === "number";
  return typeof value === TYPES[kind] && (!isNumber || Number.isFinite(value));
}
