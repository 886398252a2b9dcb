import type { UserProfile } from "./documents.js";
import { checkFields } from "./shape.js";

/**
 * Checks the fields of a user that an app passes on, perhaps from a form, so
 * that a wrong one gets a code and no validation error.
 *
 * @throws `INVALID_PARAMETERS` for fields that are unknown or protected, for
 *   values of another type than the field's, and for an `extend` that cannot be
 *   stored.
 */
export function checkProfile(data: UserProfile & { extend?: unknown }): void {
  checkFields(
    data,
    "name?, email?, emailVerificationTime?: finite, phone?, phoneVerificationTime?: finite, image?, isAnonymous?: boolean, extend?: value",
    "the profile",
  );
}
