/**
 * The JSON forms of WebAuthn Level 3 (sections 5.1.7 to 5.1.9), for browsers that
 * do not read and write them by themselves.
 */

/** The parts of options that are bytes, which are texts in JSON. */
interface OptionsJson {
  challenge: string;
  user?: { id: string };
  excludeCredentials?: readonly { id: string }[];
  allowCredentials?: readonly { id: string }[];
}

/** What a browser is asked to make. */
export function creationOptionsOf(
  json: unknown,
): PublicKeyCredentialCreationOptions {
  const { user, excludeCredentials = [], ...options } = withBytes(json);
  return {
    ...options,
    user: { ...user, id: bytesOf(user?.id ?? "") },
    excludeCredentials: excludeCredentials.map(withId),
  } as unknown as PublicKeyCredentialCreationOptions;
}

/** What a browser is asked to sign. */
export function requestOptionsOf(
  json: unknown,
): PublicKeyCredentialRequestOptions {
  const { allowCredentials = [], ...options } = withBytes(json);
  return {
    ...options,
    allowCredentials: allowCredentials.map(withId),
  } as unknown as PublicKeyCredentialRequestOptions;
}

/** A credential that was made, as the `passkey` provider takes it. */
export function registrationJson(credential: PublicKeyCredential) {
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    id: credential.id,
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      attestationObject: textOf(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

/** An assertion, as the `passkey` provider takes it. */
export function assertionJson(credential: PublicKeyCredential) {
  const response = credential.response as AuthenticatorAssertionResponse;
  const { userHandle } = response;
  return {
    id: credential.id,
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      authenticatorData: textOf(response.authenticatorData),
      signature: textOf(response.signature),
      // Some authenticators answer with an empty one where there is none.
      ...(userHandle?.byteLength ? { userHandle: textOf(userHandle) } : {}),
    },
  };
}

function withBytes(json: unknown) {
  const { challenge, ...options } = json as OptionsJson;
  return { ...options, challenge: bytesOf(challenge) };
}

function withId<Descriptor extends { id: string }>(descriptor: Descriptor) {
  return { ...descriptor, id: bytesOf(descriptor.id) };
}

/** Bytes from base64url (RFC 4648, section 5). */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Bytes as base64url, without padding. */
function textOf(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) =>
    String.fromCharCode(byte),
  );
  return btoa(binary.join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
