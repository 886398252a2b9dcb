/**
 * Verification by `@oslojs/webauthn` and `@oslojs/crypto`: the steps of their
 * documentation (webauthn.oslojs.dev, "Registration" and "Authentication"), and
 * a comparison of counters.
 */
import { compareBytes } from "@oslojs/binary";
import {
  ECDSAPublicKey,
  decodePKIXECDSASignature,
  decodeSEC1PublicKey,
  p256,
  verifyECDSASignature,
} from "@oslojs/crypto/ecdsa";
import { sha256 } from "@oslojs/crypto/sha2";
import { decodeBase64urlIgnorePadding } from "@oslojs/encoding";
import {
  AttestationStatementFormat,
  COSEKeyType,
  ClientDataType,
  coseAlgorithmES256,
  coseEllipticCurveP256,
  createAssertionSignatureMessage,
  parseAttestationObject,
  parseAuthenticatorData,
  parseClientDataJSON,
} from "@oslojs/webauthn";
import { relyingParty } from "./relyingParty.mjs";

/** @type {import("./verification.mjs").Register} */
export function register({ challenge, response }) {
  const { attestationStatement, authenticatorData } = parseAttestationObject(
    decodeBase64urlIgnorePadding(response.response.attestationObject),
  );
  if (attestationStatement.format !== AttestationStatementFormat.None) {
    throw new Error("Invalid attestation statement format");
  }
  checkAuthenticatorData(authenticatorData);
  const { credential } = authenticatorData;
  if (
    credential === null ||
    credential.publicKey.type() !== COSEKeyType.EC2 ||
    credential.publicKey.algorithm() !== coseAlgorithmES256
  ) {
    throw new Error("Unsupported algorithm");
  }
  const { curve, x, y } = credential.publicKey.ec2();
  if (curve !== coseEllipticCurveP256) throw new Error("Unsupported curve");
  checkClientData(
    decodeBase64urlIgnorePadding(response.response.clientDataJSON),
    ClientDataType.Create,
    challenge,
  );
  const publicKey = new ECDSAPublicKey(p256, x, y).encodeSEC1Uncompressed();
  return {
    id: response.id,
    publicKey: [...publicKey],
    counter: authenticatorData.signatureCounter,
  };
}

/** @type {import("./verification.mjs").SignIn} */
export function signIn({ challenge, response, credential }) {
  const encoded = decodeBase64urlIgnorePadding(
    response.response.authenticatorData,
  );
  const authenticatorData = parseAuthenticatorData(encoded);
  checkAuthenticatorData(authenticatorData);
  const clientDataJSON = decodeBase64urlIgnorePadding(
    response.response.clientDataJSON,
  );
  checkClientData(clientDataJSON, ClientDataType.Get, challenge);
  const counter = authenticatorData.signatureCounter;
  if (
    (counter > 0 || credential.counter > 0) &&
    counter <= credential.counter
  ) {
    throw new Error("Invalid counter");
  }
  const isValid = verifyECDSASignature(
    decodeSEC1PublicKey(p256, new Uint8Array(credential.publicKey)),
    sha256(createAssertionSignatureMessage(encoded, clientDataJSON)),
    decodePKIXECDSASignature(
      decodeBase64urlIgnorePadding(response.response.signature),
    ),
  );
  if (!isValid) throw new Error("Invalid signature");
}

/**
 * @param {import("@oslojs/webauthn").AuthenticatorData} authenticatorData
 */
function checkAuthenticatorData(authenticatorData) {
  if (!authenticatorData.verifyRelyingPartyIdHash(relyingParty.rpId)) {
    throw new Error("Invalid relying party ID hash");
  }
  if (!authenticatorData.userPresent || !authenticatorData.userVerified) {
    throw new Error("User must be present and verified");
  }
}

/**
 * @param {Uint8Array} encoded
 * @param {ClientDataType} type
 * @param {string} challenge
 */
function checkClientData(encoded, type, challenge) {
  const clientData = parseClientDataJSON(encoded);
  if (clientData.type !== type) throw new Error("Invalid client data type");
  const expected = decodeBase64urlIgnorePadding(challenge);
  if (!compareBytes(clientData.challenge, expected)) {
    throw new Error("Invalid challenge");
  }
  if (
    clientData.origin !== relyingParty.origin ||
    clientData.crossOrigin === true
  ) {
    throw new Error("Invalid origin");
  }
}
