import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  events,
  HOUR,
  outcome,
  pass,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import { done, join, organization, person } from "./fixture/groups.js";
import {
  changeKey,
  costOf,
  key,
  keyRow,
  KEYS,
  look,
  removeKey,
  request,
  revokeKey,
  rotate,
  scope,
  stored,
  tryKey,
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

const SECRETS = /secretHash|selector|shards|limitTime|quotaTime|purgeTime/;

describe("a key of a user", () => {
  it("works, and says whose it is and what it may be used for", async () => {
    const { keyId, raw } = await key(t, { userId: ada });
    const identity = {
      ...{ keyId, configId: "default", name: "CI", userId: ada },
      scopes: [scope("project", "read")],
    };
    expect(await look(t, raw)).toEqual({
      ...{ kind: "verified", identity },
    });
    expect(await use(t, raw)).toEqual({ kind: "verified", identity });
    expect(raw.startsWith("sk_")).toBe(true);
  });

  it("is stored without its secret, and shown without what recognises and counts it", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      {
        ...{ rateLimit: { maxRequests: 5, windowMs: HOUR } },
        ...{ expiresAt: START + 2 * DAY, metadata: { team: "red" } },
      },
    );
    await use(t, raw);
    expect(JSON.stringify(await stored(t))).not.toContain(raw.slice(20));
    const document = await t.query(api.key.read.get, { keyId });
    expect(document).toMatchObject({
      ...{ _id: keyId, name: "CI", userId: ada, enabled: true, revoked: false },
      ...{ metadata: { team: "red" }, expiresAt: START + 2 * DAY },
    });
    expect(raw.startsWith(document!.start)).toBe(true);
    const { items } = await t.query(api.key.list.list, {
      ...{ where: { userId: ada }, orderBy: "_creationTime" },
      ...{ limit: 10, cursor: null },
    });
    expect(items).toEqual([document]);
    expect(JSON.stringify(items)).not.toMatch(SECRETS);
  });

  it("is told apart from whatever else is presented", async () => {
    const { raw } = await key(t, { userId: ada });
    const other = await key(t, { userId: ada });
    // The selector of one with the secret of the other is neither.
    const mixed = raw.slice(0, 23) + other.raw.slice(23);
    for (const wrong of ["", "sk_", raw.slice(1), `${raw}x`, mixed]) {
      expect(outcome(await look(t, wrong)), wrong).toBe("INVALID_API_KEY");
      expect(outcome(await use(t, wrong)), wrong).toBe("INVALID_API_KEY");
    }
  });

  it("is looked at without a write, and its garbage without a read", async () => {
    const { raw } = await key(t, { userId: ada });
    const before = await stored(t);
    for (let index = 0; index < 5; index += 1) {
      expect(outcome(await look(t, raw))).toBe("verified");
    }
    expect(await stored(t)).toEqual(before);
    const ask = (presented: string) =>
      costOf(t, (ctx) =>
        ctx.runQuery(api.keyUse.check, { config: KEYS, raw: presented }),
      );
    expect(await ask(raw)).toEqual({ read: 2, written: 0 });
    expect(await ask(`${raw.slice(0, -1)}!`)).toEqual({ read: 0, written: 0 });
  });

  it("is for what its scopes say", async () => {
    const { raw } = await key(t, { userId: ada });
    const asked = async (action: string) =>
      outcome(await look(t, raw, { request: request("project", action) }));
    expect(await asked("read")).toBe("verified");
    expect(await asked("delete")).toBe("SCOPE_CHECK_FAILED");
    expect(
      outcome(await use(t, raw, { request: request("project", "delete") })),
    ).toBe("SCOPE_CHECK_FAILED");
  });

  it("works only where keys of its kind do", async () => {
    const config = {
      configurations: [
        { configId: "default" },
        { configId: "live", prefix: "app_live_" },
      ],
    };
    const fields = { config, configId: "live" };
    const { raw } = await key(t, { userId: ada }, fields);
    expect(raw.startsWith("app_live_")).toBe(true);
    expect(outcome(await look(t, raw, fields))).toBe("verified");
    expect(outcome(await look(t, raw, { config, configId: "default" }))).toBe(
      "INVALID_API_KEY",
    );
  });

  it("stops working when it is disabled, revoked, expired or deleted, and when its owner is banned", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { expiresAt: START + 2 * DAY },
    );
    const both = async () => {
      const answers = [outcome(await look(t, raw)), outcome(await use(t, raw))];
      expect(new Set(answers).size).toBe(1);
      return answers[0];
    };
    done(await changeKey(t, keyId, { data: { enabled: false } }));
    expect(await both()).toBe("API_KEY_DISABLED");
    done(await changeKey(t, keyId, { data: { enabled: true } }));
    await t.run((ctx) => ctx.db.patch("User", ada, { bannedTime: START }));
    expect(await both()).toBe("API_KEY_OWNER_INACTIVE");
    await t.run((ctx) => ctx.db.patch("User", ada, { bannedTime: undefined }));
    expect(await both()).toBe("verified");
    pass(2 * DAY);
    expect(await both()).toBe("API_KEY_EXPIRED");
    done(await revokeKey(t, keyId));
    expect(await both()).toBe("API_KEY_REVOKED");
    done(await removeKey(t, keyId));
    expect(await both()).toBe("INVALID_API_KEY");
    expect(await t.query(api.key.read.get, { keyId })).toBeNull();
    expect(await events(t)).toEqual(
      expect.arrayContaining([
        ...["apiKeyCreated", "apiKeyUpdated", "apiKeyRevoked"],
        "apiKeyRemoved",
      ]),
    );
  });

  it("notes once an hour that it is used", async () => {
    const { keyId, raw } = await key(t, { userId: ada });
    await use(t, raw);
    expect((await keyRow(t, keyId))!.lastUsedAt).toBe(START);
    pass(HOUR - 1);
    const before = await stored(t);
    await use(t, raw);
    expect(await stored(t)).toEqual(before);
    pass(1);
    await use(t, raw);
    expect((await keyRow(t, keyId))!.lastUsedAt).toBe(START + HOUR);
  });

  it("stays disabled when it is disabled after it was read for a use", async () => {
    const { keyId, raw } = await key(t, { userId: ada });
    expect(outcome(await look(t, raw))).toBe("verified");
    done(await changeKey(t, keyId, { data: { enabled: false } }));
    expect(outcome(await use(t, raw))).toBe("API_KEY_DISABLED");
    expect(outcome(await look(t, raw))).toBe("API_KEY_DISABLED");
    expect((await keyRow(t, keyId))!.enabled).toBe(false);
  });

  it("is made and changed by its owner, and by nobody else", async () => {
    const { keyId } = await key(t, { userId: ada }, { actorUserId: ada });
    const before = await stored(t);
    const actor = { actorUserId: grace };
    for (const answer of [
      await tryKey(t, { userId: ada }, actor),
      await changeKey(t, keyId, { data: { name: "mine" }, ...actor }),
      await rotate(t, keyId, actor),
      await revokeKey(t, keyId, grace),
      await removeKey(t, keyId, grace),
    ]) {
      expect(outcome(answer)).toBe("FORBIDDEN");
    }
    expect(await stored(t)).toEqual(before);
    expect(outcome(await revokeKey(t, keyId, ada))).toBe("done");
  });

  it("is not made for nobody, nor with terms that are not valid", async () => {
    const before = await stored(t);
    for (const [fields, code] of [
      [{ name: "" }, "INVALID_PARAMETERS"],
      [{ configId: "other" }, "INVALID_PARAMETERS"],
      [{ expiresAt: START + HOUR }, "INVALID_PARAMETERS"],
      [{ metadata: "x".repeat(5_000) }, "INVALID_PARAMETERS"],
      [{ metadata: "é".repeat(2_500) }, "INVALID_PARAMETERS"],
      [{ quota: { remaining: 1.5 } }, "INVALID_PARAMETERS"],
      [{ quota: { remaining: 1, refillAmount: 1 } }, "INVALID_PARAMETERS"],
      [{ rateLimit: { maxRequests: 0, windowMs: HOUR } }, "INVALID_PARAMETERS"],
      [{ rateLimit: { maxRequests: NaN, windowMs: 1 } }, "INVALID_PARAMETERS"],
      [{ scopes: [scope("project")] }, "API_KEY_INVALID_SCOPE"],
    ] as const) {
      const answer = await tryKey(t, { userId: ada }, fields as object);
      expect(outcome(answer), JSON.stringify(fields)).toBe(code);
    }
    for (const userId of ["nonsense", acme]) {
      expect(outcome(await tryKey(t, { userId }))).toBe("USER_NOT_FOUND");
    }
    expect(outcome(await tryKey(t, { groupId: ada }))).toBe("GROUP_NOT_FOUND");
    expect(await stored(t)).toEqual(before);
  });

  it("is one of a few: revoked ones make room", async () => {
    const config = {
      configurations: [{ configId: "default", keysPerOwner: 2 }],
    };
    const { keyId } = await key(t, { userId: ada }, { config });
    await key(t, { userId: ada }, { config });
    expect(outcome(await tryKey(t, { userId: ada }, { config }))).toBe(
      "API_KEY_LIMIT_REACHED",
    );
    expect(outcome(await tryKey(t, { userId: grace }, { config }))).toBe(
      "done",
    );
    done(await revokeKey(t, keyId));
    expect(outcome(await tryKey(t, { userId: ada }, { config }))).toBe("done");
  });

  it("is not found by ids of other tables or made-up ones", async () => {
    for (const keyId of [ada, "nonsense", ""]) {
      expect(await t.query(api.key.read.get, { keyId })).toBeNull();
      expect(outcome(await revokeKey(t, keyId))).toBe("KEY_NOT_FOUND");
      expect(outcome(await removeKey(t, keyId))).toBe("KEY_NOT_FOUND");
      expect(outcome(await rotate(t, keyId))).toBe("KEY_NOT_FOUND");
      expect(outcome(await changeKey(t, keyId, {}))).toBe("KEY_NOT_FOUND");
    }
  });
});

describe("a key of a group", () => {
  it("is made by whom a role allows it, with no more than they hold", async () => {
    await join(t, acme, grace, ["admin"]);
    const owner = { groupId: acme };
    const fields = {
      ...{ actorUserId: grace, scopes: [scope("project", "delete")] },
    };
    expect(outcome(await tryKey(t, owner, fields))).toBe("FORBIDDEN");
    const invite = [scope("invitation", "create")];
    const { raw } = await key(t, owner, { actorUserId: grace, scopes: invite });
    expect(await look(t, raw)).toMatchObject({
      ...{ kind: "verified", identity: { groupId: acme, scopes: invite } },
    });
    const eve = await person(t, "eve");
    await join(t, acme, eve, ["developer"]);
    expect(outcome(await tryKey(t, owner, { actorUserId: eve }))).toBe(
      "FORBIDDEN",
    );
  });

  it("can do what who made it can do at the time of the use", async () => {
    const lin = await person(t, "lin");
    const memberId = await join(t, acme, lin, ["owner"]);
    const { raw } = await key(
      t,
      { groupId: acme },
      {
        ...{ actorUserId: lin },
        scopes: [scope("project", "read", "delete")],
      },
    );
    const asked = { request: request("project", "delete") };
    expect(outcome(await look(t, raw, asked))).toBe("verified");
    await t.run((ctx) =>
      ctx.db.patch("GroupMember", memberId, { roles: ["developer"] }),
    );
    expect(outcome(await look(t, raw, asked))).toBe("SCOPE_CHECK_FAILED");
    expect(await look(t, raw)).toMatchObject({
      identity: { scopes: [scope("project", "read")] },
    });
  });
});
