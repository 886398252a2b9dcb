import type { Auth } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import { type Caller, deploy, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { ban, newOrganization, newUser } from "./fixture/groups.js";
import { newKey, withKey } from "./fixture/keys.js";
import {
  bearer,
  GRACE,
  identityOf,
  refusalCode,
  signUp,
} from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let ada: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
});

/** Whom an HTTP action takes the caller for. */
async function who(
  headers: Record<string, string>,
  caller: Caller = t,
): Promise<unknown> {
  const response = await caller.fetch("/api/who", { headers });
  expect(response.status).toBe(200);
  return await response.json();
}

describe("auth.user.current with a request", () => {
  it("is the owner of the key, in either header", async () => {
    const { raw } = await newKey(t, { userId: ada });
    expect(await who(withKey(raw).headers)).toBe(ada);
    expect(await who({ "x-api-key": raw })).toBe(ada);
  });

  it("is the session before the key", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const tokens = await signUp(t, GRACE);
    const grace = identityOf(tokens).userId;
    expect(await who({ "x-api-key": raw }, bearer(t, tokens))).toBe(grace);
    expect(await who(withKey(raw).headers, bearer(t, tokens))).toBe(grace);
  });

  it("does not use a key where there is a session", async () => {
    const { raw } = await newKey(
      t,
      { userId: ada },
      { quota: { remaining: 1 } },
    );
    const tokens = await signUp(t, GRACE);
    await who({ "x-api-key": raw }, bearer(t, tokens));
    expect(await who({ "x-api-key": raw })).toBe(ada);
    expect(await who({ "x-api-key": raw })).toBeNull();
  });

  it("is nobody without a key, and with one that does not work", async () => {
    const revoked = await newKey(t, { userId: ada });
    await t.mutation((ctx) => auth.key.revoke(ctx, revoked.keyId));
    const acme = await newOrganization(t, ada);
    const group = await newKey(t, { groupId: acme });
    for (const raw of ["sk_garbage", revoked.raw, group.raw, ada]) {
      expect(await who(withKey(raw).headers)).toBeNull();
    }
    expect(await who({})).toBeNull();
    expect(await who({ Authorization: "Basic YTpi" })).toBeNull();
    const { raw } = await newKey(t, { userId: ada });
    await ban(t, ada);
    expect(await who(withKey(raw).headers)).toBeNull();
  });

  it("is the key's owner though Convex takes the header for a broken token", async () => {
    const { raw } = await newKey(t, { userId: ada });
    // In HTTP actions, Convex throws when it is asked who is signed in and the
    // header `Authorization` is no token that it knows.
    const broken: Auth = {
      getUserIdentity: () => Promise.reject(new Error("InvalidAuthHeader")),
    };
    const request = new Request("https://a.example", withKey(raw));
    const found = await t.action(
      async (ctx) => await auth.user.current({ ...ctx, auth: broken }, request),
    );
    expect(found).toBe(ada);
    const none = new Request("https://a.example");
    expect(
      await t.action(
        async (ctx) => await auth.user.current({ ...ctx, auth: broken }, none),
      ),
    ).toBeNull();
  });

  it("throws what is no refusal", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const request = new Request("https://a.example", withKey(raw));
    const asked = t.action(async (ctx) => {
      const runMutation = () => Promise.reject(new Error("outage"));
      const broken = { ...ctx, runMutation };
      return await auth.user.current(broken, request);
    });
    await expect(asked).rejects.toThrow("outage");
  });

  it("require throws NOT_SIGNED_IN where current gives null", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const ask = (key: string) => {
      const request = new Request("https://a.example", withKey(key));
      return t.action(async (ctx) => await auth.user.require(ctx, request));
    };
    expect(await ask(raw)).toBe(ada);
    expect(await refusalCode(ask("sk_garbage"))).toBe("NOT_SIGNED_IN");
  });

  it("does not look at keys without a request", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const response = await t.fetch("/api/session", withKey(raw));
    expect(await response.json()).toBeNull();
  });
});
