import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  events,
  HOUR,
  internal,
  outcome,
  pass,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import { deleteGroup, deletionStatus } from "./fixture/deletions.js";
import {
  change,
  done,
  group,
  join,
  leave,
  organization,
  person,
  remove,
} from "./fixture/groups.js";
import {
  changeKey,
  counters,
  key,
  keyRow,
  look,
  type NewKey,
  revokeKey,
  rotate,
  stored,
  use,
} from "./fixture/keys.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Id<"User">;
let grace: Id<"User">;
let acme: Id<"Group">;

beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
  grace = await person(t, "grace");
  acme = await organization(t, ada);
});

const LIMITED = { rateLimit: { maxRequests: 160, windowMs: HOUR } };

async function jobs() {
  await t.finishAllScheduledFunctions(vi.runAllTimers);
}

async function cleanUp() {
  await t.mutation(internal.keyCleanup.deleteEnded, {});
  await jobs();
}

/** Stores more keys like one, with sixteen rows of counts each. */
async function copies(keyId: Id<"ApiKey">, count: number) {
  const { _id, _creationTime, ...fields } = (await keyRow(t, keyId))!;
  await t.run(async (ctx) => {
    for (let index = 0; index < count; index += 1) {
      const copy = await ctx.db.insert("ApiKey", {
        ...{ ...fields, selector: `key ${index}` },
      });
      for (let shard = 0; shard < 16; shard += 1) {
        await ctx.db.insert("ApiKeyCounter", {
          ...{ keyId: copy, shard, windowTime: START, windowUses: 1 },
          ...{ quotaTime: START, quotaUses: 0 },
        });
      }
    }
  });
}

describe("replacing a key", () => {
  it("yields one successor with the same rights, and takes the counts along", async () => {
    const fields = { ...LIMITED, metadata: { team: "red" } };
    const old = await key(t, { userId: ada }, fields);
    for (let index = 0; index < 50; index += 1) {
      await use(t, old.raw);
    }
    const before = await counters(t, old.keyId);
    const answers = await Promise.all([
      rotate(t, old.keyId),
      rotate(t, old.keyId),
    ]);
    expect(answers.map(outcome).sort()).toEqual(["API_KEY_REVOKED", "done"]);
    const next = done(answers.find((answer) => answer.kind === "done")!);
    expect(next.raw).not.toBe(old.raw);
    expect((await stored(t)).keys).toHaveLength(2);
    expect(await counters(t, old.keyId)).toEqual([]);
    expect(await counters(t, next.keyId)).toEqual(
      before.map((row) => ({ ...row, keyId: next.keyId })),
    );
    expect(await t.query(api.key.read.get, { keyId: old.keyId })).toMatchObject(
      {
        ...{ revoked: true, revokedTime: START, successorKeyId: next.keyId },
      },
    );
    expect(
      await t.query(api.key.read.get, { keyId: next.keyId }),
    ).toMatchObject({
      ...{ userId: ada, name: "CI", metadata: { team: "red" } },
      ...{ revoked: false, enabled: true, ...LIMITED },
    });
    expect(outcome(await use(t, old.raw))).toBe("API_KEY_REVOKED");
    let uses = 0;
    while ((await use(t, next.raw)).kind === "verified") {
      uses += 1;
    }
    expect(uses).toBe(110);
  });

  it("can give it another name and another end", async () => {
    const { keyId } = await key(t, { userId: ada });
    const expiresAt = START + 3 * DAY;
    const next = done(await rotate(t, keyId, { name: "CD", expiresAt }));
    expect(await keyRow(t, next.keyId)).toMatchObject({
      ...{ name: "CD", expiresAt, purgeTime: expiresAt + 30 * DAY },
    });
  });

  it("leaves one that is disabled disabled, and one that has expired expired", async () => {
    const disabled = await key(t, { userId: ada });
    done(await changeKey(t, disabled.keyId, { data: { enabled: false } }));
    const next = done(await rotate(t, disabled.keyId));
    expect(outcome(await look(t, next.raw))).toBe("API_KEY_DISABLED");
    const { keyId } = await key(
      t,
      { userId: ada },
      { expiresAt: START + 2 * DAY },
    );
    pass(2 * DAY);
    expect(outcome(await rotate(t, keyId))).toBe("API_KEY_EXPIRED");
  });
});

describe("keys that have ended", () => {
  it("are marked when they have expired, once, and deleted after they were kept", async () => {
    const { keyId } = await key(
      t,
      { userId: ada },
      { ...LIMITED, expiresAt: START + 2 * DAY },
    );
    const lasting = await key(t, { userId: ada });
    pass(2 * DAY - 1);
    await cleanUp();
    expect((await keyRow(t, keyId))!.expiredTime).toBeUndefined();
    pass(1);
    await cleanUp();
    pass(HOUR);
    await cleanUp();
    expect((await keyRow(t, keyId))!.expiredTime).toBe(START + 2 * DAY);
    expect(
      (await events(t)).filter((event) => event === "apiKeyExpired"),
    ).toHaveLength(1);
    pass(30 * DAY - HOUR - 1);
    await cleanUp();
    expect(await keyRow(t, keyId)).not.toBeNull();
    pass(1);
    await cleanUp();
    expect((await stored(t)).keys.map(({ _id }) => _id)).toEqual([
      lasting.keyId,
    ]);
  });

  it("are deleted with their counts after they were revoked, however many there are", async () => {
    const { keyId, raw } = await key(t, { userId: ada }, LIMITED);
    await use(t, raw);
    done(await revokeKey(t, keyId));
    await copies(keyId, 250);
    pass(30 * DAY - 1);
    await cleanUp();
    expect((await stored(t)).keys).toHaveLength(251);
    pass(1);
    await cleanUp();
    expect(await stored(t)).toMatchObject({ keys: [], counters: [] });
  });

  it("have expired once, whatever else is changed of them", async () => {
    const { keyId } = await key(t, { userId: ada }, { expiresAt: START + DAY });
    pass(DAY);
    await jobs();
    await t.mutation(internal.keyCleanup.deleteEnded, {});
    const quota = { remaining: 5 };
    done(await changeKey(t, keyId, { data: { quota } }));
    await t.mutation(internal.keyCleanup.deleteEnded, {});
    expect((await keyRow(t, keyId))!.expiredTime).toBe(START + DAY);
    const expired = (await events(t)).filter(
      (event) => event === "apiKeyExpired",
    );
    expect(expired).toHaveLength(1);
  });

  it("live again with another expiry", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { expiresAt: START + 2 * DAY },
    );
    pass(2 * DAY);
    await cleanUp();
    done(await changeKey(t, keyId, { removed: ["expiresAt"] }));
    expect(outcome(await look(t, raw))).toBe("verified");
    pass(60 * DAY);
    await cleanUp();
    expect(outcome(await look(t, raw))).toBe("verified");
  });
});

describe("keys of who is gone", () => {
  it("do not work from the moment on when their user is removed, and are deleted in batches", async () => {
    const { keyId, raw } = await key(t, { userId: grace }, LIMITED);
    await copies(keyId, 60);
    const other = await key(t, { userId: ada });
    await t.mutation(api.removal.removeUser, { userId: grace, cascade: true });
    expect(outcome(await use(t, raw))).toBe("API_KEY_OWNER_INACTIVE");
    await jobs();
    const left = await stored(t);
    expect(left.keys.map(({ _id }) => _id)).toEqual([other.keyId]);
    expect(left.counters).toEqual([]);
    const scheduled = await t.run((ctx) =>
      ctx.db.system.query("_scheduled_functions").collect(),
    );
    expect(scheduled.length).toBeGreaterThan(5);
    expect(scheduled.every(({ state }) => state.kind === "success")).toBe(true);
  });

  it("keep a user from being removed without what belongs to them", async () => {
    await key(t, { userId: grace });
    const answer = await t.mutation(api.removal.removeUser, {
      ...{ userId: grace, cascade: false },
    });
    expect(outcome(answer)).not.toBe("done");
    expect((await stored(t)).keys).toHaveLength(1);
  });

  it("do not work from the moment on when their group is deleted, nor those of groups below, and are deleted with all counts", async () => {
    const team = await group(t, acme);
    const one = await key(t, { groupId: acme }, LIMITED);
    const two = await key(t, { groupId: team }, LIMITED);
    await copies(two.keyId, 150);
    const other = await key(t, { groupId: await organization(t, ada) });
    done(await deleteGroup(t, acme));
    for (const { raw } of [one, two]) {
      expect(outcome(await use(t, raw))).toBe("API_KEY_OWNER_INACTIVE");
    }
    await jobs();
    const left = await stored(t);
    expect(left.keys.map(({ _id }) => _id)).toEqual([other.keyId]);
    expect(left.counters).toEqual([]);
    expect(await deletionStatus(t, acme)).toMatchObject({
      ...{ state: "done", groups: 2 },
    });
  });
});

describe("a key of a group whose maker leaves it", () => {
  let team: Id<"Group">;

  beforeEach(async () => {
    team = await group(t, acme);
  });

  const made = async (fields: Partial<NewKey> = {}) =>
    await key(
      t,
      { groupId: team },
      { ...{ actorUserId: grace, scopes: [], revokeOnLeave: true }, ...fields },
    );

  it("is revoked for good, also when it is used by queries only and the maker comes back", async () => {
    const memberId = await join(t, acme, grace, ["admin"]);
    const { keyId, raw } = await made();
    expect(outcome(await look(t, raw))).toBe("verified");
    done(await remove(t, memberId));
    expect(outcome(await look(t, raw))).toBe("API_KEY_REVOKED");
    await jobs();
    expect(await keyRow(t, keyId)).toMatchObject({
      ...{ revoked: true, revokedTime: START, purgeTime: START + 30 * DAY },
    });
    await join(t, acme, grace, ["admin"]);
    expect(outcome(await look(t, raw))).toBe("API_KEY_REVOKED");
    expect(await events(t)).toContain("apiKeyRevoked");
  });

  it("is revoked by the next use that is counted, at the latest", async () => {
    await join(t, acme, grace, ["admin"]);
    const { keyId, raw } = await made(LIMITED);
    done(await leave(t, acme, grace));
    expect(outcome(await use(t, raw))).toBe("API_KEY_REVOKED");
    expect((await keyRow(t, keyId))!.revoked).toBe(true);
    await jobs();
    expect(
      (await events(t)).filter((event) => event === "apiKeyRevoked"),
    ).toHaveLength(1);
  });

  it("stays while the maker is a member by another group", async () => {
    await join(t, acme, grace, ["admin"]);
    const direct = await join(t, team, grace, ["admin"]);
    const { raw } = await made();
    done(await remove(t, direct));
    await jobs();
    expect(outcome(await look(t, raw))).toBe("verified");
    done(await leave(t, acme, grace));
    await jobs();
    expect(outcome(await look(t, raw))).toBe("API_KEY_REVOKED");
  });

  it("is revoked when the membership is no longer active, and when the user is removed", async () => {
    const memberId = await join(t, acme, grace, ["admin"]);
    const one = await made();
    done(await change(t, memberId, { status: "suspended" }));
    await jobs();
    expect((await keyRow(t, one.keyId))!.revoked).toBe(true);
    done(await change(t, memberId, { status: "active" }));
    const two = await made();
    await t.mutation(api.removal.removeUser, { userId: grace, cascade: true });
    expect(outcome(await look(t, two.raw))).toBe("API_KEY_REVOKED");
    await jobs();
    expect((await keyRow(t, two.keyId))!.revoked).toBe(true);
  });

  it("is only suspended while the maker lacks a second factor that the organization requires", async () => {
    await join(t, acme, grace, ["admin"]);
    const direct = await join(t, team, grace, ["admin"]);
    const { raw } = await made();
    const answer = await t.mutation(api.groupWrite.update, {
      ...{ config: {}, groupId: acme },
      data: { settings: { requireSecondFactor: true } },
    });
    done(answer);
    done(await remove(t, direct));
    await jobs();
    expect(outcome(await look(t, raw))).toBe("API_KEY_OWNER_INACTIVE");
    await t.run((ctx) =>
      ctx.db.patch("User", grace, { secondFactorTime: START }),
    );
    expect(outcome(await look(t, raw))).toBe("verified");
  });

  it("is only suspended while the maker is banned", async () => {
    const direct = await join(t, team, grace, ["admin"]);
    await join(t, acme, grace, ["admin"]);
    const { keyId, raw } = await made();
    await t.run((ctx) => ctx.db.patch("User", grace, { bannedTime: START }));
    expect(outcome(await use(t, raw))).toBe("API_KEY_OWNER_INACTIVE");
    done(await remove(t, direct));
    await jobs();
    expect((await keyRow(t, keyId))!.revoked).toBe(false);
    await t.run((ctx) =>
      ctx.db.patch("User", grace, { bannedTime: undefined }),
    );
    expect(outcome(await use(t, raw))).toBe("verified");
  });

  it("is revoked with all others, however many there are", async () => {
    const memberId = await join(t, acme, grace, ["admin"]);
    const { keyId } = await made();
    await copies(keyId, 70);
    done(await remove(t, memberId));
    await jobs();
    const { keys } = await stored(t);
    expect(keys).toHaveLength(71);
    expect(keys.every(({ revoked }) => revoked)).toBe(true);
  });

  it("is suspended when it is not to be revoked, until the maker comes back", async () => {
    const memberId = await join(t, acme, grace, ["admin"]);
    const { raw } = await made({ revokeOnLeave: false });
    done(await remove(t, memberId));
    await jobs();
    expect(outcome(await look(t, raw))).toBe("API_KEY_OWNER_INACTIVE");
    await join(t, acme, grace, ["admin"]);
    expect(outcome(await look(t, raw))).toBe("verified");
  });

  it("goes on when the app has made it", async () => {
    const memberId = await join(t, acme, grace, ["admin"]);
    const { raw } = await key(t, { groupId: team }, { revokeOnLeave: true });
    done(await remove(t, memberId));
    await jobs();
    expect(outcome(await look(t, raw))).toBe("verified");
  });
});
