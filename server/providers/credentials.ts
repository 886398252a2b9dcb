import { runCredentialsFlow } from "../credentialsFlow.js";
import type { SignInParameters } from "../parameters.js";
import { refuse } from "../refuse.js";
import type { CredentialsOptions } from "./credentialsOptions.js";
import type { AuthProvider } from "./provider.js";

/** Signing in by the app's own check. */
export function credentials({
  id = "credentials",
  authorize,
  normalizeIdentifier = nameOfPerson,
}: CredentialsOptions): AuthProvider {
  return {
    id,
    run: (flow) =>
      runCredentialsFlow({ ...flow, id, authorize, normalizeIdentifier }),
  };
}

function nameOfPerson(parameters: SignInParameters): string | undefined {
  const names = [parameters.email, parameters.username, parameters.phone];
  const texts = names.filter((name) => typeof name === "string");
  if (texts.length > 1) {
    refuse(
      "INVALID_PARAMETERS",
      "name the person by one of `email`, `username` and `phone`, or give the provider `normalizeIdentifier`",
    );
  }
  return texts[0];
}
