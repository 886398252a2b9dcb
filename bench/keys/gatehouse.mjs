/** API keys on Gatehouse: functions of an app, each with one call. */
import { convexTest } from "convex-test";
import { register } from "convex-gatehouse/test";
import { anyApi, defineSchema } from "convex/server";
import { Seed } from "../groups/seed.mjs";
import { claims, person, predecessor } from "../operations/operations.mjs";
import { day, few, plenty } from "./cases.mjs";
import { copyKey } from "./seed.mjs";

export const label = "Gatehouse";

const rateLimit = { maxRequests: plenty, windowMs: day };
const quota = { remaining: plenty };

/**
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @returns {Promise<import("./cases.mjs").KeyApp>}
 */
export async function prepare(recorder) {
  // The same as the peer's, since both run at once.
  process.env.CONVEX_SITE_URL = "https://some.convex.site";
  process.env.SITE_URL = "https://app.example.com";

  const backend = convexTest({
    schema: defineSchema({}),
    modules: recorder.countedModules(
      {
        "./_generated/api.js": async () => ({}),
        "./auth.js": () => import("./gatehouseApp/auth.mjs"),
        "./keys.js": () => import("./gatehouseApp/keys.mjs"),
      },
      "",
    ),
    transactionLimits: true,
  });
  register(recorder.countedBackend(backend), "auth");
  const seed = new Seed(backend, "auth");

  const { auth, keys } = anyApi;
  /** @param {{ email: string, name: string, password: string }} account */
  const signUp = async ({ email, name, password }) => {
    const { tokens } = await backend.action(auth.signIn, {
      provider: "password",
      params: { flow: "signUp", email, name, password },
    });
    const { sub: subject, iss: issuer, sid } = claims(tokens.token);
    const [userId] = subject.split("|");
    return { userId, caller: backend.withIdentity({ subject, issuer, sid }) };
  };
  const maker = await signUp(predecessor);
  const collector = await signUp(person);
  const { userId } = maker;
  const groupId = await backend.mutation(keys.createGroup, { userId });

  /** @param {object} key */
  const create = async (key) => {
    const args = { key, count: 1 };
    const [created] = await backend.mutation(keys.createMany, args);
    return created;
  };
  /** @param {object} key */
  const inQuery = async (key) => {
    const { keyId, raw } = await create(key);
    return async () => {
      mustBe(await backend.query(keys.verifyInQuery, { raw }), keyId);
    };
  };
  /** @param {object} key */
  const inMutation = async (key) => {
    const { keyId, raw } = await create(key);
    return async () => {
      mustBe(await backend.mutation(keys.verify, { raw }), keyId);
    };
  };
  /** @param {object} key One with `few` uses. */
  const refused = async (key) => {
    const { raw } = await create(key);
    const use = () => backend.mutation(keys.use, { raw });
    for (let uses = 0; uses < few; uses++) mustBe(await use(), true);
    return async () => mustBe(await use(), false);
  };
  const ofGroup = { groupId, actorUserId: userId };
  const verifications = {
    "user/query": await inQuery({ userId }),
    "user/free": await inMutation({ userId }),
    "user/limited": await inMutation({ userId, rateLimit }),
    "user/quota": await inMutation({ userId, rateLimit, quota }),
    "user/refused": await refused({
      ...{ userId, rateLimit: { maxRequests: few, windowMs: day } },
    }),
    "group/query": await inQuery(ofGroup),
    "group/free": await inMutation(ofGroup),
    "group/limited": await inMutation({ ...ofGroup, rateLimit }),
    "group/quota": await inMutation({ ...ofGroup, rateLimit, quota }),
  };

  // The maker has made five of them already.
  await copyKey(seed, "ApiKey", "selector", { userId }, 44);
  const { userId: collectorId } = collector;
  await copyKey(seed, "ApiKey", "selector", { userId: collectorId }, 1000);
  let keyId = "";
  return {
    verifications,
    operations: {
      create: async () => {
        ({ keyId } = await maker.caller.mutation(keys.create, {}));
      },
      rotate: () => maker.caller.mutation(keys.rotate, { keyId }),
      list: async () => {
        const args = { limit: 50 };
        const { items } = await collector.caller.query(keys.list, args);
        mustBe(items.length, 50);
      },
    },
  };
}

/**
 * @template Value
 * @param {Value} found
 * @param {Value} expected
 */
function mustBe(found, expected) {
  if (found !== expected) throw new Error(`${found} instead of ${expected}`);
}
