/**
 * Issuing an access token and checking an opaque one, by the boundary that a
 * component function uses.
 */
import { p256 } from "@noble/curves/nist.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { sha256 as osloSha256 } from "@oslojs/crypto/sha2";
import { loadOurCore } from "../core/operations.mjs";
import { timed } from "../interleave.mjs";
import { compare } from "./comparison.mjs";

const text = new TextEncoder();

/** About as long as a refresh token. */
const opaqueToken = text.encode(`rt_${"k7Qz".repeat(12)}`);

/** The signing input of a JWT with the claims of an access token. */
const signingInput = text.encode(`${"eyJhbGciOi".repeat(30)}`);

/**
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<import("../report/topic.mjs").TopicResult>}
 */
export async function measureSigning({ quick }) {
  const rounds = quick ? 5 : 25;
  const core = await loadOurCore();
  const noblePrivateKey = p256.utils.randomSecretKey();
  const es256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const es256Key = await webCryptoKey(es256);
  const rs256Key = await webCryptoKey({
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: "SHA-256",
  });

  const sign = await compare(
    {
      id: "sign",
      title: "Sign one access token",
      ways: [
        {
          label: "Gatehouse, ES256 (claims, JWT, and a refresh token)",
          candidate: core && timed("gatehouse", 10, () => core.issueTokens()),
        },
        {
          label: "@noble/curves, ES256",
          candidate: timed("noble", 10, () =>
            p256.sign(signingInput, noblePrivateKey),
          ),
        },
        {
          label: "WebCrypto, ES256 (native)",
          candidate: timed("webCryptoES256", 10, () =>
            crypto.subtle.sign(es256, es256Key, signingInput),
          ),
        },
        {
          label: "WebCrypto, RS256 (native; what the peers' tokens use)",
          candidate: timed("webCryptoRS256", 10, () =>
            crypto.subtle.sign("RSASSA-PKCS1-v1_5", rs256Key, signingInput),
          ),
        },
      ],
    },
    rounds,
  );
  const check = await compare(
    {
      id: "check",
      title: "Hash one opaque token (SHA-256)",
      ways: [
        {
          label: "Gatehouse (parsed, checksum verified, hashed)",
          candidate:
            core &&
            timed("gatehouse", 1000, () =>
              core.presentToken(core.refreshToken),
            ),
        },
        {
          label: "@noble/hashes",
          candidate: timed("noble", 1000, () => nobleSha256(opaqueToken)),
        },
        {
          label: "@oslojs/crypto",
          candidate: timed("oslo", 1000, () => osloSha256(opaqueToken)),
        },
        {
          label: "WebCrypto (native, asynchronous)",
          candidate: timed("webCrypto", 1000, () =>
            crypto.subtle.digest("SHA-256", opaqueToken),
          ),
        },
      ],
    },
    rounds,
  );
  return {
    figures: { sign: sign.medians, check: check.medians },
    tables: [sign.table, check.table],
    targets: [],
    summary: [],
  };
}

/**
 * @param {EcKeyGenParams | RsaHashedKeyGenParams} algorithm
 * @returns {Promise<CryptoKey>} A private key that signs.
 */
async function webCryptoKey(algorithm) {
  const pair = await crypto.subtle.generateKey(algorithm, false, ["sign"]);
  return pair.privateKey;
}
