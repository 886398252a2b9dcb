/**
 * The component's function that verifies an API key, called with a key that has
 * a rate limit. Its rows are at hand, and the core is asked about all of them.
 */
import { verify } from "../../../../dist/component/keyUse.js";

/** One that `auth.key.create` has made, for nothing but this. */
const raw =
  "sk_4FcZ7zGPJSEXIeJZx3fc1OVdUedxArVy2plH33xHO2KspWxE1ntTOO6DZdlmICiwP40pP7D";

const past = 1_795_290_079_524;

const key = {
  ...{ _id: "key", _creationTime: past, configId: "default", prefix: "sk" },
  ...{ start: "sk_4FcZ", userId: "user", name: "Report", enabled: true },
  scopes: [{ resource: "report", actions: ["read"] }],
  rateLimit: { maxRequests: 1_000_000, windowMs: 366 * 24 * 60 * 60 * 1000 },
  ...{ revoked: false, revokeOnLeave: false, shards: 16 },
  selector: "jq97yBkvLmVvM4ijmJqwSg",
  secretHash: "hq9ISMMXVdUl9E0nUVyujx8T10eJqg3Enr34LTT71Qs",
  // In the present window, and used already in the present hour.
  ...{ limitTime: Date.now() - 1000, quotaTime: past, lastUsedAt: Date.now() },
};
const user = { _id: "user", _creationTime: past, email: "ada@example.com" };

/** The part of the database that the function uses. */
const database = {
  get: async () => user,
  query: (table) => ({
    withIndex: () => ({
      unique: async () => (table === "ApiKey" ? key : null),
    }),
  }),
  insert: async () => "counter",
};

/** @returns {Promise<unknown>} What keeps the compiled code alive. */
export async function callCoreOnce() {
  const { kind } = await verify._handler(
    {
      db: database,
      meta: {
        getRequestMetadata: async () => ({
          ip: "203.0.113.9",
          userAgent: null,
        }),
      },
    },
    { config: { configurations: [] }, raw },
  );
  if (kind !== "verified") throw new Error(`The component answered "${kind}"`);
  return verify;
}
