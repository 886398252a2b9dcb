import { invalid, refuse } from "./refuse.js";

/** What a person typed into a form, as the client sent it. */
export type SignInParameters = Record<string, unknown>;

/** The parameters of a sign-in, whatever the client sent. */
export function readParameters(params: unknown): SignInParameters {
  if (params === undefined || params === null) {
    return {};
  }
  if (typeof params !== "object" || Array.isArray(params)) {
    invalid("`params` must be an object");
  }
  return params as SignInParameters;
}

/**
 * A parameter that a flow needs.
 *
 * @throws `SIGN_IN_MISSING_PARAMS` when it is missing, `INVALID_PARAMETERS`
 *   when it is no text.
 */
export function requireText(
  parameters: SignInParameters,
  name: string,
): string {
  const value = optionalText(parameters, name);
  if (value === undefined || value === "") {
    refuse("SIGN_IN_MISSING_PARAMS", `\`${name}\` is missing`);
  }
  return value;
}

/**
 * A parameter that is so or not. A checkbox of a form sends `on`.
 *
 * @throws `INVALID_PARAMETERS` when it is neither.
 */
export function readFlag(parameters: SignInParameters, name: string): boolean {
  const value = parameters[name] ?? false;
  if (typeof value !== "boolean" && value !== "on") {
    invalid(`\`${name}\` must be true or false`);
  }
  return value !== false;
}

/**
 * A parameter that a flow may have.
 *
 * @throws `INVALID_PARAMETERS` when it is no text.
 */
export function optionalText(
  parameters: SignInParameters,
  name: string,
): string | undefined {
  const value = parameters[name];
  if (value !== undefined && value !== null && typeof value !== "string") {
    invalid(`\`${name}\` must be a text`);
  }
  return value ?? undefined;
}
