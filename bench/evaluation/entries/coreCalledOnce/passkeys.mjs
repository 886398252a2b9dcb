/**
 * The component's function that finishes a sign-in with a passkey, called with
 * what an authenticator has signed. Its rows are at hand; the assertion is
 * verified, a session is opened, and its first tokens are issued.
 */
import { finish } from "../../../../dist/component/passkeySignIn.js";

const past = 1_795_290_079_524;
// So far away that the rows serve for as long as there is a benchmark.
const future = 4_000_000_000_000;

/** Whoever signs in here, and what signs for it: made for nothing but this. */
const rows = {
  AuthVerifier: {
    ...{ _id: "verifier", _creationTime: past, expirationTime: future },
    verifierHash: "qEUgB5qOON0wg2pc6S3vrNSdzu4LLyI2RrQfM2ifaqk",
    passkey: {
      ...{ ceremony: "signIn", allowed: [] },
      challenge: "jHQ5urWhyeUKAGQcaeQ3u_6Cx_QhJjox9gsYjbP7kcg",
    },
  },
  Passkey: {
    ...{ _id: "passkey", _creationTime: past, userId: "user", name: "Passkey" },
    credentialId: "fiLKyzhJGFD8KCmjJTM6Gz6iDf9v2ouxQx91aLdklp4",
    publicKey:
      "pQECAyYgASFYIDuvc1NTWDYtPPMN2mjaSZQVgSCsjjTQs1Ebg62jtIcPIlggB63KmyqIgCW61eisToOKK4bTa_5J50wi_69fWhv0b8M",
    ...{ algorithm: -7, counter: 1, userVerified: true },
    ...{ backupEligible: false, backedUp: false, transports: ["internal"] },
    aaguid: "07070707-0707-0707-0707-070707070707",
    ...{ attestationFormat: "none", attestationKind: "none" },
  },
  User: { _id: "user", _creationTime: past, email: "ada@example.com" },
  DeploymentSecret: {
    ...{ _id: "secret", _creationTime: past, name: "pepper" },
    value: "ccccccccccccccccccccccccccccccccccccccccccY",
  },
  SigningKey: {
    ...{ _id: "key", _creationTime: past, activationTime: past },
    ...{ rotationTime: future, expirationTime: future },
    kid: "uiX5FAwdH7nW-gl2aBDIfHWgcfwYmRNHzAtFWT5uqXQ",
    secret: "ZcJturV9izWq8PAUBdXpA6EoJs1yvkfAuYHKHdFQdQA",
    publicKey: {
      ...{ kty: "EC", crv: "P-256", alg: "ES256", use: "sig" },
      kid: "uiX5FAwdH7nW-gl2aBDIfHWgcfwYmRNHzAtFWT5uqXQ",
      x: "ZVQO9bkDTPlltniYz4rYbIPT7vhl_lfUcbUUTzZeWbw",
      y: "sTo_udCV7PG-iLagH3g6Ufsofe77L0rDXk-0aF0iVzQ",
    },
  },
};

/** The part of the database that the function uses. */
const database = {
  get: async (table) => rows[table] ?? null,
  query: (table) => ({
    withIndex: () => ({
      unique: async () => rows[table] ?? null,
      take: async () => (table in rows ? [rows[table]] : []),
    }),
  }),
  insert: async (table) => `new ${table}`,
  patch: async () => {},
  delete: async () => {},
};

const { credentialId } = rows.Passkey;

/** @returns {Promise<unknown>} What keeps the compiled code alive. */
export async function callCoreOnce() {
  const { kind, tokens } = await finish._handler(
    {
      db: database,
      meta: {
        getRequestMetadata: async () => ({
          ip: "203.0.113.9",
          userAgent: null,
        }),
      },
    },
    {
      config: {
        ...{ provider: "passkey", rpId: "example.com", rpName: "Example" },
        origins: ["https://app.example.com"],
      },
      sessionConfig: { issuer: "https://example-animal-123.convex.site" },
      generateTokens: true,
      verifier: "pkv_mjfvTpzt9jCg690g0uYxTdSOhVmU3YwAZ7maeSedoRi3qrgBQ",
      response: {
        id: credentialId,
        clientDataJSON:
          "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiakhRNXVyV2h5ZVVLQUdRY2FlUTN1XzZDeF9RaEpqb3g5Z3NZamJQN2tjZyIsIm9yaWdpbiI6Imh0dHBzOi8vYXBwLmV4YW1wbGUuY29tIiwiY3Jvc3NPcmlnaW4iOmZhbHNlfQ",
        authenticatorData: "o3mm9u6vuaVeN4wRgDTidR5oL6ufLTCrE9ISVYbOGUcFAAAAAg",
        signature:
          "MEUCIQCr7eRGdDVfovJz9-kG13QLoiTKkuEkyO1IbDP9delqkwIgU9U8rYytkIe_fioZQXUJdEQ7YJryBetmjo12iMYjWUs",
        userHandle: "_xZsoAeCho3t5cb-C49A3yQPbP05nXSl9UuwLDJzAuw",
      },
    },
  );
  if (kind !== "signedIn" || tokens === null) {
    throw new Error(`The component answered "${kind}"`);
  }
  return finish;
}
