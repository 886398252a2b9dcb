/**
 * What is measured of passkeys: the libraries, the ceremonies, and the proof
 * that all of them check the same things.
 */
import { fileURLToPath } from "node:url";
import { isBuilt, repositoryRoot } from "../resolution/repository.mjs";
import {
  Authenticator,
  newChallenge,
  USER_PRESENT,
  USER_VERIFIED,
} from "./authenticator.mjs";

/**
 * @typedef {object} Registration What a server knows when a registration ends.
 * @property {string} challenge In base64url, as it was stored.
 * @property {object} response `RegistrationResponseJSON`.
 *
 * @typedef {object} Assertion What a server knows when a sign-in ends.
 * @property {string} challenge
 * @property {object} response `AuthenticationResponseJSON`.
 * @property {object} credential What `Register` has answered. It is JSON: the
 *   bytes of a peer's public key are an array, which it makes a `Uint8Array`
 *   of, as it would of the `ArrayBuffer` in a row.
 *
 * @typedef {(registration: Registration) => object | Promise<object>} Register
 *   Answers the row to store; throws what is not valid.
 * @typedef {(assertion: Assertion) => void | Promise<void>} SignIn Throws what
 *   is not valid.
 *
 * @typedef {object} Library
 * @property {string} id
 * @property {string} label
 * @property {string} [file] Its module, which exports `register` and `signIn`;
 *   missing when it is not built.
 */

const folder = fileURLToPath(new URL("./", import.meta.url));

/** The two that can be compared with. */
export const peers = {
  simplewebauthn: "@simplewebauthn/server",
  oslo: "@oslojs/webauthn",
};

/** @returns {Library[]} Ours first. */
export function libraries() {
  return [
    {
      ...{ id: "gatehouse", label: "Gatehouse (WebAssembly, rows included)" },
      ...(isBuilt(repositoryRoot) ? { file: `${folder}gatehouse.mjs` } : {}),
    },
    ...Object.entries(peers).map(([id, label]) => ({
      ...{ id, label, file: `${folder}${id}.mjs` },
    })),
  ];
}

/**
 * One passkey, made and used: what a server knows at both ends, with the row
 * that each library stores.
 *
 * @param {string} userHandle
 */
export function newCeremonies(userHandle) {
  const authenticator = new Authenticator(userHandle);
  /** @param {import("./authenticator.mjs").Request} [wrong] */
  const registration = (wrong) => {
    const challenge = newChallenge();
    const response = authenticator.register({ challenge, ...wrong });
    return { challenge, response };
  };
  /** @param {import("./authenticator.mjs").Request} [wrong] */
  const assertion = (wrong) => {
    const challenge = newChallenge();
    const response = authenticator.assert({ challenge, ...wrong });
    return { challenge, response };
  };
  // Signed before the passkey is registered: its counter has gone back.
  const stale = assertion();
  return {
    registration: registration(),
    assertion: assertion(),
    wrongRegistrations: wrongRequests().map(([what, wrong]) => [
      ...[what, registration(wrong)],
    ]),
    wrongAssertions: [
      ...wrongRequests().map(([what, wrong]) => [what, assertion(wrong)]),
      ["counter", stale],
      ["signature", withAnotherSignature(assertion())],
    ],
  };
}

/**
 * @returns {[string, import("./authenticator.mjs").Request][]} What a server
 *   has to find, each wrong by itself and signed.
 */
function wrongRequests() {
  return [
    ["challenge", { challenge: newChallenge() }],
    ["origin", { origin: "https://app.example.net" }],
    ["relying party", { rpId: "example.net" }],
    ["presence", { flags: USER_VERIFIED }],
    ["verification", { flags: USER_PRESENT }],
  ];
}

/**
 * @template {{ response: any }} Ceremony
 * @param {Ceremony} ceremony
 * @returns {Ceremony} With one bit of the signature's last number changed.
 */
function withAnotherSignature(ceremony) {
  const { response } = ceremony.response;
  const signature = Buffer.from(response.signature, "base64url");
  signature[signature.length - 1] ^= 1;
  const changed = { ...response, signature: signature.toString("base64url") };
  return { ...ceremony, response: { ...ceremony.response, response: changed } };
}

/**
 * Has a library accept what is valid and refuse everything else: one that
 * checks less would be fast, and wrong.
 *
 * @param {string} label
 * @param {{ register: Register, signIn: SignIn }} library
 * @param {ReturnType<typeof newCeremonies>} ceremonies
 * @returns {Promise<object>} The row that it stores.
 * @throws when it does not.
 */
export async function proveVerification(label, library, ceremonies) {
  const credential = await library.register(ceremonies.registration);
  await library.signIn({ ...ceremonies.assertion, credential });
  for (const [what, wrong] of ceremonies.wrongRegistrations) {
    await mustRefuse(`${label}: a registration with a wrong ${what}`, () =>
      library.register(wrong),
    );
  }
  for (const [what, wrong] of ceremonies.wrongAssertions) {
    await mustRefuse(`${label}: an assertion with a wrong ${what}`, () =>
      library.signIn({ ...wrong, credential }),
    );
  }
  return credential;
}

/**
 * @param {string} what
 * @param {() => unknown} verify
 */
async function mustRefuse(what, verify) {
  try {
    await verify();
  } catch {
    return;
  }
  throw new Error(`${what} was accepted`);
}
