import type { VerifiedKey } from "convex-gatehouse/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Caller,
  deploy,
  inComponent,
  snapshot,
  START,
  useFreshApp,
} from "./fixture/backend.js";
import { BAD_TEXTS } from "./fixture/badInput.js";
import { auth } from "./fixture/convex/auth.js";
import { join, newOrganization, newUser } from "./fixture/groups.js";
import { newKey } from "./fixture/keys.js";
import { refusalCode } from "./fixture/people.js";

useFreshApp();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let t: ReturnType<typeof deploy>;
let ada: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
});

type Verification = Parameters<typeof auth.key.verify>[2];

/** As in a mutation. */
const verify = (raw: string, requirement?: Verification, caller: Caller = t) =>
  caller.mutation((ctx) => auth.key.verify(ctx, raw, requirement));

/** As in an action: the query and what follows it are transactions. */
async function use(raw: string, requirement?: Verification) {
  // What an action gives is copied, and loses its methods.
  const keys: VerifiedKey[] = [];
  await t.action(async (ctx) => {
    keys.push(await auth.key.verify(ctx, raw, requirement));
  });
  return keys[0]!;
}

const update = (
  keyId: string,
  data: Parameters<typeof auth.key.update>[2],
  actor?: { actorUserId: string },
) => t.mutation((ctx) => auth.key.update(ctx, keyId, data, actor));

const read = (keyId: string) => t.query((ctx) => auth.key.get(ctx, keyId));

describe("key.get and key.list", () => {
  it("never show what recognises a key, or its counts", async () => {
    const { keyId, raw } = await newKey(
      t,
      { userId: ada },
      {
        ...{ rateLimit: { maxRequests: 9, windowMs: 1_000 } },
        ...{ metadata: { team: "ops" }, expiresAt: START + 2 * DAY },
      },
    );
    await use(raw);
    const key = await read(keyId);
    expect(key).toMatchObject({
      ...{ _id: keyId, userId: ada, name: "CI", prefix: "sk" },
      ...{ revoked: false, enabled: true, metadata: { team: "ops" } },
      ...{ expiresAt: START + 2 * DAY },
    });
    expect(raw.startsWith(key!.start)).toBe(true);
    const { items } = await t.query((ctx) => auth.key.list(ctx));
    expect(items).toEqual([key]);
    const stored = await inComponent(t, (ctx) =>
      ctx.db.query("ApiKey").first(),
    );
    expect(stored?.secretHash).toMatch(/.{20}/);
    for (const secret of [stored?.secretHash, stored?.selector]) {
      expect(JSON.stringify(items)).not.toContain(secret);
    }
  });

  it("get gives null for what is no key", async () => {
    for (const id of [...BAD_TEXTS.map(([, text]) => text), ada]) {
      expect(await read(id)).toBeNull();
    }
  });

  it("list by each condition", async () => {
    const grace = await newUser(t, "grace");
    const acme = await newOrganization(t, ada);
    const a = await newKey(t, { userId: ada }, { name: "A" });
    const b = await newKey(t, { userId: ada }, { name: "B" });
    const c = await newKey(
      t,
      { userId: grace },
      { name: "A", configId: "partner" },
    );
    const d = await newKey(t, { groupId: acme }, { name: "D" });
    await t.mutation((ctx) => auth.key.revoke(ctx, b.keyId));
    const ids = async (options: Parameters<typeof auth.key.list>[1]) =>
      (await t.query((ctx) => auth.key.list(ctx, options))).items.map(
        ({ _id }) => _id,
      );
    const all = [a, b, c, d].map(({ keyId }) => keyId);
    expect(await ids({})).toEqual(all);
    expect(await ids({ where: {} })).toEqual(all);
    expect(await ids({ order: "desc" })).toEqual([...all].reverse());
    expect(await ids({ where: { userId: ada } })).toEqual(all.slice(0, 2));
    expect(await ids({ where: { groupId: acme } })).toEqual([d.keyId]);
    expect(await ids({ where: { revoked: true } })).toEqual([b.keyId]);
    expect(await ids({ where: { userId: ada, revoked: false } })).toEqual([
      a.keyId,
    ]);
    expect(await ids({ where: { name: "A" } })).toEqual([a.keyId, c.keyId]);
    expect(await ids({ where: { prefix: "acme_live" } })).toEqual([c.keyId]);
    expect(await ids({ where: { name: "A", userId: grace } })).toEqual([
      c.keyId,
    ]);
    expect(await ids({ where: { userId: "nobody" } })).toEqual([]);
    expect(await ids({ where: { userId: ada }, orderBy: "name" })).toEqual(
      all.slice(0, 2),
    );
    expect(await ids({ orderBy: "revoked", order: "desc" })).toHaveProperty(
      "0",
      b.keyId,
    );
  });

  it("list in pages", async () => {
    const made = [];
    for (const name of ["A", "B", "C", "D", "E"]) {
      made.push((await newKey(t, { userId: ada }, { name })).keyId);
    }
    for (const orderBy of ["_creationTime", "name", "expiresAt"] as const) {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const options: Parameters<typeof auth.key.list>[1] = {
          ...{ where: { userId: ada }, orderBy, limit: 2, cursor },
        };
        const page: Awaited<ReturnType<typeof auth.key.list>> = await t.query(
          (ctx) => auth.key.list(ctx, options),
        );
        found.push(...page.items.map(({ _id }) => _id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(found).toEqual(made);
    }
  });

  it("list refuses an order that goes with no condition but an owner", async () => {
    const asked = t.query((ctx) =>
      auth.key.list(ctx, { where: { name: "A" }, orderBy: "lastUsedAt" }),
    );
    expect(await refusalCode(asked)).toBe("INVALID_PARAMETERS");
  });
});

describe("key.update, key.revoke, key.remove and key.rotate", () => {
  it("update changes what is given and keeps the rest", async () => {
    const rateLimit = { maxRequests: 1, windowMs: HOUR };
    const { keyId, raw } = await newKey(t, { userId: ada }, { rateLimit });
    const scopes = [{ resource: "billing", actions: ["read"] }];
    await update(keyId, { name: "Deploy", scopes });
    expect(await read(keyId)).toMatchObject({
      ...{ name: "Deploy", scopes, rateLimit },
    });
    expect((await use(raw)).scopes.can("billing", "read")).toBe(true);
    expect(await refusalCode(use(raw))).toBe("API_KEY_RATE_LIMITED");
    await update(keyId, { rateLimit: null });
    expect(await read(keyId)).not.toHaveProperty("rateLimit");
    expect(await use(raw)).toHaveProperty("keyId");
  });

  it("update refuses what is malformed, and changes nothing", async () => {
    const { keyId } = await newKey(t, { userId: ada });
    const before = await snapshot(t);
    for (const data of [
      { revoked: false },
      { rateLimit: { maxRequests: -1, windowMs: 1_000 } },
      { rateLimit: "fast" },
      { quota: [] },
      { expiresAt: "tomorrow" },
      { expiresAt: Number.NaN },
      { name: "" },
      { metadata: () => 1 },
    ]) {
      const attempt = update(keyId, data as { name: string });
      expect(await refusalCode(attempt)).toBe("INVALID_PARAMETERS");
    }
    expect(await snapshot(t)).toEqual(before);
  });

  it("refuse a key that there is not with KEY_NOT_FOUND", async () => {
    for (const id of ["", ada, "\ud800", "__proto__"]) {
      for (const attempt of [
        update(id, { name: "x" }),
        t.mutation((ctx) => auth.key.revoke(ctx, id)),
        t.mutation((ctx) => auth.key.remove(ctx, id)),
        t.mutation((ctx) => auth.key.rotate(ctx, id)),
      ]) {
        expect(await refusalCode(attempt)).toBe("KEY_NOT_FOUND");
      }
    }
  });

  it("refuse the key of somebody else to an actor", async () => {
    const actor = { actorUserId: await newUser(t, "grace") };
    const { keyId, raw } = await newKey(t, { userId: ada });
    for (const attempt of [
      update(keyId, { name: "x" }, actor),
      t.mutation((ctx) => auth.key.revoke(ctx, keyId, actor)),
      t.mutation((ctx) => auth.key.remove(ctx, keyId, actor)),
      t.mutation((ctx) => auth.key.rotate(ctx, keyId, actor)),
    ]) {
      expect(["FORBIDDEN", "KEY_NOT_FOUND"]).toContain(
        await refusalCode(attempt),
      );
    }
    expect(await use(raw)).toHaveProperty("keyId", keyId);
  });

  it("rotate gives a successor and revokes the key at once", async () => {
    const quota = { remaining: 3 };
    const old = await newKey(t, { userId: ada }, { quota });
    await use(old.raw);
    const next = await t.mutation((ctx) =>
      auth.key.rotate(ctx, old.keyId, { name: "Next" }),
    );
    expect(next.keyId).not.toBe(old.keyId);
    expect(await refusalCode(use(old.raw))).toBe("API_KEY_REVOKED");
    expect(await use(next.raw)).toMatchObject({
      ...{ keyId: next.keyId, name: "Next", userId: ada },
      scopes: [{ resource: "project", actions: ["read"] }],
    });
    // What was used of the old one is used of the new one.
    await use(next.raw);
    expect(await refusalCode(use(next.raw))).toBe("API_KEY_QUOTA_EXCEEDED");
    expect(await read(old.keyId)).toMatchObject({
      ...{ revoked: true, successorKeyId: next.keyId },
    });
  });

  it("of two rotations at once, one has a successor", async () => {
    const { keyId } = await newKey(t, { userId: ada });
    const rotate = () => t.mutation((ctx) => auth.key.rotate(ctx, keyId));
    const results = await Promise.allSettled([rotate(), rotate()]);
    expect(results.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
    ]);
    expect(await refusalCode(rotate())).toBe("API_KEY_REVOKED");
    expect((await t.query((ctx) => auth.key.list(ctx))).items).toHaveLength(2);
  });

  it("revoke is for good, and the same again", async () => {
    const { keyId, raw } = await newKey(t, { userId: ada });
    const revoke = () => t.mutation((ctx) => auth.key.revoke(ctx, keyId));
    await revoke();
    await revoke();
    expect(await refusalCode(update(keyId, { enabled: true }))).toBe(
      "API_KEY_REVOKED",
    );
    expect(await refusalCode(use(raw))).toBe("API_KEY_REVOKED");
    expect(await read(keyId)).toMatchObject({ revoked: true });
  });
});

describe("a key of a group", () => {
  let acme: string;
  let eve: string;

  beforeEach(async () => {
    acme = await newOrganization(t, ada);
    eve = await newUser(t, "eve");
  });

  it("stands for the group and for no user", async () => {
    const { keyId, raw } = await newKey(t, { groupId: acme });
    const key = await use(raw);
    expect(key).toMatchObject({ keyId, groupId: acme });
    expect(key).not.toHaveProperty("userId");
  });

  it("is made by members who hold apiKey:create and all its scopes", async () => {
    const make = (fields: object) =>
      newKey(t, { groupId: acme }, { actorUserId: eve, ...fields });
    expect(await refusalCode(make({}))).toBe("FORBIDDEN");
    await join(t, acme, eve, "admin");
    expect(await refusalCode(make({}))).toBe("FORBIDDEN");
    const scopes = [{ resource: "member", actions: ["create"] }];
    expect(await make({ scopes })).toHaveProperty("raw");
    const unknown = [{ resource: "rocket", actions: ["launch"] }];
    expect(await refusalCode(make({ scopes: unknown }))).toBe(
      "API_KEY_INVALID_SCOPE",
    );
  });

  it("can do no more than who made it can do now", async () => {
    const memberId = await join(t, acme, eve, "admin", "editor");
    const { raw } = await newKey(t, { groupId: acme }, { actorUserId: eve });
    expect((await use(raw)).scopes.can("project", "read")).toBe(true);
    await t.mutation((ctx) =>
      auth.member.update(ctx, memberId, { roles: ["admin"] }),
    );
    const scope = { resource: "project", action: "read" };
    expect(await refusalCode(use(raw, { scope }))).toBe("SCOPE_CHECK_FAILED");
    await t.mutation((ctx) => auth.member.remove(ctx, memberId));
    expect(await refusalCode(use(raw))).toBe("API_KEY_OWNER_INACTIVE");
    await join(t, acme, eve, "admin", "editor");
    expect(await use(raw, { scope })).toHaveProperty("groupId", acme);
  });

  it("with revokeOnLeave is revoked for good when they leave", async () => {
    const memberId = await join(t, acme, eve, "admin", "editor");
    const { raw } = await newKey(
      t,
      { groupId: acme },
      { actorUserId: eve, revokeOnLeave: true },
    );
    await t.mutation((ctx) => auth.member.remove(ctx, memberId));
    expect(["API_KEY_OWNER_INACTIVE", "API_KEY_REVOKED"]).toContain(
      await refusalCode(verify(raw)),
    );
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    await join(t, acme, eve, "admin", "editor");
    expect(await refusalCode(use(raw))).toBe("API_KEY_REVOKED");
  });

  it("does not work once the group is deleted", async () => {
    const { raw } = await newKey(t, { groupId: acme });
    await t.mutation((ctx) => auth.group.delete(ctx, acme));
    expect(["API_KEY_OWNER_INACTIVE", "INVALID_API_KEY"]).toContain(
      await refusalCode(use(raw)),
    );
  });
});
