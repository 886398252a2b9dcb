import { refuse } from "./refuse.js";

/** A value of which only is known that a client sent it. */
type Sent = Readonly<Record<string, unknown>>;

/**
 * What is looked at of a `RegistrationResponseJSON` (WebAuthn Level 3, section
 * 5.1.8). Browsers send more, and may send more yet.
 *
 * @throws `PASSKEY_INVALID_CLIENT_DATA` when it has another shape.
 */
export function registrationResponse(sent: unknown) {
  const { id, response } = credentialOf(sent);
  const { transports } = response;
  return {
    id,
    clientDataJSON: textOf(response, "clientDataJSON"),
    attestationObject: textOf(response, "attestationObject"),
    transports: Array.isArray(transports)
      ? transports.slice(0, 16).filter((name) => typeof name === "string")
      : [],
  };
}

/**
 * What is looked at of an `AuthenticationResponseJSON` (WebAuthn Level 3,
 * section 5.1.9).
 *
 * @throws `PASSKEY_INVALID_CLIENT_DATA` when it has another shape.
 */
export function assertionResponse(sent: unknown) {
  const { id, response } = credentialOf(sent);
  const { userHandle } = response;
  return {
    id,
    clientDataJSON: textOf(response, "clientDataJSON"),
    authenticatorData: textOf(response, "authenticatorData"),
    signature: textOf(response, "signature"),
    ...(typeof userHandle === "string" && userHandle !== ""
      ? { userHandle }
      : {}),
  };
}

function credentialOf(sent: unknown): { id: string; response: Sent } {
  const credential = objectOf(sent, "response");
  const response = objectOf(credential.response, "response.response");
  return { id: textOf(credential, "id"), response };
}

function objectOf(value: unknown, name: string): Sent {
  if (typeof value !== "object" || value === null) {
    malformed(name);
  }
  return value as Sent;
}

function textOf(object: Sent, name: string): string {
  const value = object[name];
  if (typeof value !== "string") {
    malformed(name);
  }
  return value;
}

function malformed(name: string): never {
  refuse(
    "PASSKEY_INVALID_CLIENT_DATA",
    `\`${name}\` is not what \`PublicKeyCredential.toJSON\` gives`,
  );
}
