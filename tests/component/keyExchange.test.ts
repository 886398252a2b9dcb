import type { FunctionArgs } from "convex/server";
import { createLocalJWKSet, jwtVerify } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  type Caller,
  deploy,
  from,
  HOUR,
  ISSUER,
  MINUTE,
  outcome,
  pass,
  SECOND,
  useFrozenClock,
} from "./fixture/backend.js";
import { done, person } from "./fixture/groups.js";
import {
  changeKey,
  counters,
  key,
  KEYS,
  request,
  scope,
  stored,
  use,
} from "./fixture/keys.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Id<"User">;

beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
});

type Exchange = FunctionArgs<typeof api.keyExchange.exchange>;

async function exchange(
  raw: string,
  fields: Partial<Exchange> = {},
  caller: Caller = t,
) {
  return await caller.mutation(api.keyExchange.exchange, {
    ...{ config: KEYS, raw, issuer: ISSUER, ...fields },
  });
}

async function issued(raw: string, fields: Partial<Exchange> = {}) {
  const answer = await exchange(raw, fields);
  if (answer.kind !== "issued") {
    throw new Error(`Expected a token, got ${JSON.stringify(answer)}`);
  }
  return answer;
}

/** Verifies a token as Convex does, with the published keys. */
async function claimsOf(token: string, audience = "api-key") {
  const set = await t.query(api.signingKey.publicKeys, {});
  const { payload } = await jwtVerify(token, createLocalJWKSet(set), {
    ...{ issuer: ISSUER, audience, currentDate: new Date() },
  });
  return payload;
}

describe("exchanging a key", () => {
  it("gives a token that lives five minutes, of the key and not of its owner", async () => {
    const scopes = [scope("project", "read", "create"), scope("file", "read")];
    const { keyId, raw } = await key(t, { userId: ada }, { scopes });
    const { token, lifetimeMs, identity } = await issued(raw);
    expect(lifetimeMs).toBe(5 * MINUTE);
    expect(identity).toMatchObject({ keyId, userId: ada });
    const claims = await claimsOf(token);
    expect(claims).toMatchObject({ sub: `api-key:${keyId}`, keyId });
    expect(JSON.stringify(claims)).not.toContain(ada);
    expect(claims.sub).not.toContain("|");
    expect((claims.scope as string).split(" ").sort()).toEqual([
      ...["file:read", "project:create", "project:read"],
    ]);
    await expect(claimsOf(token, "convex")).rejects.toThrow("aud");
    pass(5 * MINUTE);
    await expect(claimsOf(token)).rejects.toThrow("exp");
  });

  it("gives the audience and lifetime that the app wants, an hour at most", async () => {
    const { raw } = await key(t, { userId: ada });
    const fields = { audience: "ci", lifetimeMs: 10 * HOUR };
    const { token, lifetimeMs } = await issued(raw, fields);
    expect(lifetimeMs).toBe(HOUR);
    expect((await claimsOf(token, "ci")).aud).toBe("ci");
  });

  it("counts as a use", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { rateLimit: { maxRequests: 3, windowMs: HOUR } },
    );
    await issued(raw);
    await use(t, raw);
    await issued(raw);
    expect(await counters(t, keyId)).toMatchObject([{ windowUses: 3 }]);
    expect(outcome(await exchange(raw))).toBe("API_KEY_RATE_LIMITED");
  });

  it("writes nothing when the key does not work or not for this", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { rateLimit: { maxRequests: 3, windowMs: HOUR } },
    );
    await issued(raw);
    const before = await stored(t);
    const fields = { request: request("project", "delete") };
    expect(outcome(await exchange(raw, fields))).toBe("SCOPE_CHECK_FAILED");
    expect(await stored(t)).toEqual(before);
    done(await changeKey(t, keyId, { data: { enabled: false } }));
    const disabled = await stored(t);
    expect(outcome(await exchange(raw))).toBe("API_KEY_DISABLED");
    expect(await stored(t)).toEqual(disabled);
  });

  it("makes a network wait that guesses, and no other", async () => {
    const { raw } = await key(t, { userId: ada });
    const guesser = from(t, "203.0.113.7");
    for (let guess = 0; guess < 30; guess += 1) {
      const answer = await exchange(`sk_${guess}`, {}, guesser);
      expect(outcome(answer)).toBe("INVALID_API_KEY");
    }
    const refused = await exchange(raw, {}, guesser);
    expect(outcome(refused)).toBe("RATE_LIMITED");
    expect(outcome(await exchange(raw, {}, from(t, "192.0.2.1")))).toBe(
      "issued",
    );
    pass(2 * SECOND);
    expect(outcome(await exchange(raw, {}, guesser))).toBe("issued");
    // What worked was no failure.
    expect(outcome(await exchange(raw, {}, guesser))).toBe("issued");
  });
});
