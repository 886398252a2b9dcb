/**
 * An authenticator in software, and the browser before it: answers as
 * `PublicKeyCredential.toJSON()` gives them to an app (WebAuthn Level 3,
 * section 5.1), byte for byte in the form of Chromium's.
 */
import {
  createHash,
  generateKeyPairSync,
  randomBytes,
  sign,
} from "node:crypto";
import { relyingParty } from "./relyingParty.mjs";

/** Flags of authenticator data (WebAuthn Level 3, section 6.1). */
export const USER_PRESENT = 1;
export const USER_VERIFIED = 4;
const ATTESTED = 64;

/**
 * What is asked for, and what can be wrong with the answer. Everything that is
 * wrong is signed all the same, so that nothing but its own check finds it.
 *
 * @typedef {object} Request
 * @property {string} [challenge]
 * @property {string} [origin]
 * @property {string} [rpId]
 * @property {number} [flags]
 */

export class Authenticator {
  #id = randomBytes(32);
  #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #userHandle;
  #counter = 0;

  /** @param {string} userHandle In base64url, as the server has chosen it. */
  constructor(userHandle) {
    this.#userHandle = userHandle;
  }

  /**
   * Makes the passkey, attested by nobody.
   *
   * @param {Request} request
   * @returns {object} `RegistrationResponseJSON`.
   */
  register(request) {
    const { x, y } = this.#keys.publicKey.export({ format: "jwk" });
    const authenticatorData = this.#data(request, ATTESTED, [
      // An AAGUID, the length of the id, the id, and a COSE key for ES256 (RFC
      // 9053, section 7.1.1): {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
      ...[Buffer.alloc(16, 7), Buffer.of(0, this.#id.length), this.#id],
      ...[Buffer.of(0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32), bytes(x)],
      ...[Buffer.of(0x22, 0x58, 32), bytes(y)],
    ]);
    const attestationObject = Buffer.concat([
      ...[Buffer.of(0xa3), cborText("fmt"), cborText("none")],
      ...[cborText("attStmt"), Buffer.of(0xa0), cborText("authData")],
      ...[Buffer.of(0x58, authenticatorData.length), authenticatorData],
    ]);
    const publicKey = this.#keys.publicKey.export({
      ...{ format: "der", type: "spki" },
    });
    return this.#credential({
      attestationObject: attestationObject.toString("base64url"),
      authenticatorData: authenticatorData.toString("base64url"),
      clientDataJSON: clientData("webauthn.create", request).toString(
        "base64url",
      ),
      publicKey: publicKey.toString("base64url"),
      publicKeyAlgorithm: -7,
      transports: ["internal"],
    });
  }

  /**
   * Signs with the passkey.
   *
   * @param {Request} request
   * @returns {object} `AuthenticationResponseJSON`.
   */
  assert(request) {
    const authenticatorData = this.#data(request, 0, []);
    const client = clientData("webauthn.get", request);
    const signed = Buffer.concat([authenticatorData, sha256(client)]);
    const signature = sign("sha256", signed, this.#keys.privateKey);
    return this.#credential({
      authenticatorData: authenticatorData.toString("base64url"),
      clientDataJSON: client.toString("base64url"),
      signature: signature.toString("base64url"),
      userHandle: this.#userHandle,
    });
  }

  /**
   * @param {Request} request
   * @param {number} contents The flag of what follows.
   * @param {Buffer[]} rest
   */
  #data(
    { rpId = relyingParty.rpId, flags = USER_PRESENT | USER_VERIFIED },
    contents,
    rest,
  ) {
    this.#counter += 1;
    return Buffer.concat([
      sha256(Buffer.from(rpId)),
      Buffer.of(flags | contents, 0, 0, 0, this.#counter),
      ...rest,
    ]);
  }

  /** @param {object} response */
  #credential(response) {
    const id = this.#id.toString("base64url");
    return {
      ...{ id, rawId: id, type: "public-key", response },
      authenticatorAttachment: "platform",
      clientExtensionResults: {},
    };
  }
}

/** @returns {string} A challenge, in base64url. */
export function newChallenge() {
  return randomBytes(32).toString("base64url");
}

/**
 * @param {string} type
 * @param {Request} request
 */
function clientData(type, { challenge, origin = relyingParty.origin }) {
  const data = { type, challenge, origin, crossOrigin: false };
  return Buffer.from(JSON.stringify(data));
}

/** @param {string} text Of fewer than 24 letters. */
function cborText(text) {
  return Buffer.from([0x60 + text.length, ...Buffer.from(text)]);
}

/** @param {string} base64url */
function bytes(base64url) {
  return Buffer.from(base64url, "base64url");
}

/** @param {Buffer} data */
function sha256(data) {
  return createHash("sha256").update(data).digest();
}
