/** The parameters of a sign-in call, as a record or straight from a form. */

import type { Value } from "convex/values";

/**
 * Parameters for a provider, by name; `undefined` ones are left out. Or the
 * `FormData` of a form whose field names are the parameter names.
 */
export type SignInParams = Record<string, Value | undefined> | FormData;

/**
 * Makes Convex arguments of the parameters.
 *
 * @param params - A record or form data; a name that occurs more than once in
 *   a form (checkboxes) becomes a list, in order.
 * @returns A plain record without `undefined` values.
 * @throws TypeError when a form contains a file: providers take text.
 */
export function toParamsRecord(
  params: SignInParams | undefined,
): Record<string, Value> {
  if (params === undefined) {
    return {};
  }
  const record = new Map<string, Value>();
  if (isFormData(params)) {
    for (const name of new Set(params.keys())) {
      const values = params.getAll(name).map((value) => {
        if (typeof value !== "string") {
          throw new TypeError(`The form field "${name}" is a file, not text.`);
        }
        return value;
      });
      const [first] = values;
      record.set(
        name,
        values.length === 1 && first !== undefined ? first : values,
      );
    }
  } else {
    for (const [name, value] of Object.entries(params)) {
      if (value !== undefined) {
        record.set(name, value);
      }
    }
  }
  return Object.fromEntries(record);
}

/** Not every JavaScript runtime has `FormData`. */
function isFormData(params: SignInParams): params is FormData {
  return typeof FormData !== "undefined" && params instanceof FormData;
}
