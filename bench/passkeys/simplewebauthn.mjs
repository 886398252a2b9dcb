/** Verification by `@simplewebauthn/server`, as its documentation calls it. */
import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { relyingParty } from "./relyingParty.mjs";

/** @type {import("./verification.mjs").Register} */
export async function register({ challenge, response }) {
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: relyingParty.origin,
    expectedRPID: relyingParty.rpId,
    requireUserVerification: true,
  });
  if (!verified) throw new Error("not verified");
  const { id, publicKey, counter } = registrationInfo.credential;
  return { id, publicKey: [...publicKey], counter };
}

/** @type {import("./verification.mjs").SignIn} */
export async function signIn({ challenge, response, credential }) {
  const { id, publicKey, counter } = credential;
  const { verified } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: relyingParty.origin,
    expectedRPID: relyingParty.rpId,
    credential: { id, publicKey: new Uint8Array(publicKey), counter },
    requireUserVerification: true,
  });
  if (!verified) throw new Error("not verified");
}
