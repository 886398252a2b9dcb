/**
 * Hashing passwords: Argon2id as new passwords are hashed, scrypt as imported
 * ones are verified.
 */
import { argon2id as nobleArgon2id } from "@noble/hashes/argon2.js";
import { scrypt as nobleScrypt } from "@noble/hashes/scrypt.js";
import { argon2id as hashWasmArgon2id } from "hash-wasm";
import { Scrypt } from "lucia";
import { loadOurCore } from "../core/operations.mjs";
import { timed } from "../interleave.mjs";
import { milliseconds, times } from "../report/format.mjs";
import { judge, ratio } from "../targets.mjs";
import { compare } from "./comparison.mjs";

const password = "correct horse battery staple";
const wrongPassword = "incorrect horse battery staple";
const salt = new Uint8Array(16).fill(7);

/** OWASP's parameters, which are the default of the component. */
const argon2 = { t: 2, m: 19_456, p: 1, dkLen: 32 };

/** What lucia, and with it `@convex-dev/auth`, uses; Better Auth's, too. */
const scrypt = { N: 16_384, r: 16, p: 1, dkLen: 64 };

/**
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<import("../report/topic.mjs").TopicResult>}
 */
export async function measureHashing({ quick }) {
  const rounds = quick ? 3 : 15;
  const core = await loadOurCore();
  const lucia = new Scrypt();
  const luciaHash = await lucia.hash(password);

  const argon2id = await compare(
    {
      id: "argon2id",
      title: "Argon2id, 19 MiB, t = 2, p = 1: hash one password",
      ways: [
        {
          label: "Gatehouse (the whole exported call)",
          candidate:
            core && timed("gatehouse", 1, () => core.hashPassword(password)),
        },
        {
          label: "@noble/hashes",
          candidate: timed("noble", 1, () =>
            nobleArgon2id(password, salt, argon2),
          ),
        },
        {
          label: "hash-wasm",
          candidate: timed("hash-wasm", 1, () =>
            hashWasmArgon2id({
              password,
              salt,
              iterations: argon2.t,
              memorySize: argon2.m,
              parallelism: argon2.p,
              hashLength: argon2.dkLen,
              outputType: "encoded",
            }),
          ),
        },
      ],
    },
    rounds,
  );
  const scryptResult = await compare(
    {
      id: "scrypt",
      title: "scrypt 16384/16/1: verify one password against an imported hash",
      ways: [
        {
          label: "Gatehouse (the whole exported call)",
          candidate:
            core &&
            timed("gatehouse", 1, () =>
              core.refuseScryptPassword(wrongPassword, luciaHash),
            ),
        },
        {
          label: "lucia, as @convex-dev/auth uses it",
          candidate: timed("lucia", 1, () =>
            lucia.verify(luciaHash, wrongPassword),
          ),
        },
        {
          label: "@noble/hashes, as Better Auth uses it",
          candidate: timed("noble", 1, () =>
            nobleScrypt(wrongPassword, salt, scrypt),
          ),
        },
      ],
    },
    rounds,
  );
  return {
    figures: { argon2id: argon2id.medians, scrypt: scryptResult.medians },
    tables: [argon2id.table, scryptResult.table],
    targets: targets(argon2id.medians, scryptResult.medians),
    summary: summary(argon2id.medians, scryptResult.medians),
  };
}

/**
 * @param {Record<string, number>} argon2id
 * @param {Record<string, number>} scryptMedians
 */
function targets(argon2id, scryptMedians) {
  return [
    judge(
      "Argon2id is at least 5 times as fast as @noble/hashes",
      ratio(argon2id.noble, argon2id.gatehouse),
      { atLeast: 5 },
      "×",
    ),
    judge(
      "scrypt is faster than lucia's",
      ratio(scryptMedians.lucia, scryptMedians.gatehouse),
      { atLeast: 1 },
      "×",
    ),
  ];
}

/**
 * @param {Record<string, number>} argon2id
 * @param {Record<string, number>} scryptMedians
 */
function summary(argon2id, scryptMedians) {
  /**
   * @param {Record<string, number>} medians
   * @param {string} peer
   */
  const against = (medians, peer) =>
    medians.gatehouse === undefined
      ? milliseconds(medians[peer])
      : `${milliseconds(medians[peer])} (${times(medians[peer] / medians.gatehouse)})`;
  /** @param {Record<string, number>} medians */
  const ours = ({ gatehouse }) =>
    gatehouse === undefined ? undefined : milliseconds(gatehouse);
  return [
    {
      what: "Argon2id, 19 MiB",
      ours: ours(argon2id),
      peers: {
        "other libraries": [
          `@noble/hashes ${against(argon2id, "noble")}`,
          `hash-wasm ${against(argon2id, "hash-wasm")}`,
        ].join(", "),
      },
    },
    {
      what: "scrypt 16384/16/1",
      ours: ours(scryptMedians),
      peers: {
        "@convex-dev/auth": against(scryptMedians, "lucia"),
        "Better Auth": against(scryptMedians, "noble"),
      },
    },
  ];
}
