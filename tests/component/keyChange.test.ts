import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  HOUR,
  outcome,
  pass,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import { deleteGroup } from "./fixture/deletions.js";
import {
  CONFIG,
  done,
  group,
  join,
  organization,
  person,
  remove,
} from "./fixture/groups.js";
import {
  changeKey,
  key,
  keyRow,
  look,
  removeKey,
  request,
  revokeKey,
  rotate,
  scope,
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

async function jobs() {
  await t.finishAllScheduledFunctions(vi.runAllTimers);
}

const listed = async (where: { groupId?: string; userId?: string }) =>
  (
    await t.query(api.key.list.list, {
      ...{ where, orderBy: "_creationTime" as const },
      ...{ limit: 100, cursor: null },
    })
  ).items;

/** How often a key passes until it is refused. */
async function exhaust(raw: string) {
  let uses = 0;
  while ((await use(t, raw)).kind === "verified") {
    uses += 1;
  }
  return uses;
}

const perHour = (maxRequests: number) => ({ maxRequests, windowMs: HOUR });

describe("what members know of a group's keys", () => {
  const both = [scope("project", "read", "delete")];
  const deletion = { request: request("project", "delete") };

  it.each([["the app"], ["another member"]])(
    "a key of %s that a member has replaced is bound to that member",
    async (maker) => {
      const memberId = await join(t, acme, grace, ["owner"]);
      const made = maker === "the app" ? {} : { actorUserId: ada };
      const { keyId } = await key(
        t,
        { groupId: acme },
        { scopes: both, revokeOnLeave: true, ...made },
      );
      const next = done(await rotate(t, keyId, { actorUserId: grace }));
      done(await remove(t, memberId));
      await jobs();
      expect(outcome(await look(t, next.raw, deletion))).not.toBe("verified");
    },
  );

  it("nobody widens a key beyond what they hold, nor replaces one that holds more", async () => {
    await join(t, acme, grace, ["admin", "developer"]);
    const actor = { actorUserId: grace };
    const app = await key(t, { groupId: acme });
    const owner = await key(
      t,
      { groupId: acme },
      { actorUserId: ada, scopes: both },
    );
    for (const { keyId } of [app, owner]) {
      expect(
        outcome(
          await changeKey(t, keyId, { data: { scopes: both }, ...actor }),
        ),
      ).toBe("FORBIDDEN");
    }
    expect(outcome(await rotate(t, owner.keyId, actor))).toBe("FORBIDDEN");
    expect((await keyRow(t, owner.keyId))!.revoked).toBe(false);
    // To give a key less is no widening.
    const less = { data: { scopes: [scope("project", "read")] }, ...actor };
    done(await changeKey(t, owner.keyId, less));
    expect(outcome(await look(t, owner.raw, deletion))).toBe(
      "SCOPE_CHECK_FAILED",
    );
  });

  it("who is banned or gone makes, changes and ends no key", async () => {
    await join(t, acme, grace, ["owner"]);
    const own = await key(t, { userId: grace });
    const shared = await key(t, { groupId: acme });
    const actor = { actorUserId: grace };
    for (const end of ["banned", "gone"] as const) {
      await t.run((ctx) =>
        end === "banned"
          ? ctx.db.patch("User", grace, { bannedTime: START })
          : ctx.db.delete("User", grace),
      );
      for (const { keyId } of [own, shared]) {
        for (const answer of [
          await changeKey(t, keyId, { data: { enabled: false }, ...actor }),
          await rotate(t, keyId, actor),
          await revokeKey(t, keyId, grace),
          await removeKey(t, keyId, grace),
        ]) {
          expect(outcome(answer), end).toBe("FORBIDDEN");
        }
      }
      const made = await tryKey(t, { groupId: acme }, actor);
      expect(outcome(made), end).toBe("FORBIDDEN");
    }
  });
});

describe("keys of what is deleted", () => {
  it("those of a group are hidden at once", async () => {
    const { keyId } = await key(t, { groupId: acme });
    done(await deleteGroup(t, acme));
    expect(await listed({ groupId: acme })).toEqual([]);
    expect(await t.query(api.key.read.get, { keyId })).toBeNull();
  });

  it("those of a user are hidden at once", async () => {
    const { keyId } = await key(t, { userId: grace });
    await t.mutation(api.removal.removeUser, { userId: grace, cascade: true });
    expect(await listed({ userId: grace })).toEqual([]);
    expect(await t.query(api.key.read.get, { keyId })).toBeNull();
  });

  it("the app can revoke one while its group can be restored", async () => {
    const { keyId } = await key(t, { groupId: acme });
    await t.run((ctx) => ctx.db.patch("Group", acme, { deletedTime: START }));
    expect(outcome(await revokeKey(t, keyId))).toBe("done");
  });
});

describe("a key whose group is moved from under its maker", () => {
  const move = (groupId: Id<"Group">, parentGroupId: Id<"Group">) =>
    t.mutation(api.groupWrite.update, {
      ...{ config: CONFIG, groupId, data: { parentGroupId } },
    });

  async function moved(revokeOnLeave: boolean) {
    const team = await group(t, acme);
    const leaf = await group(t, team);
    await join(t, team, grace, ["admin"]);
    const made = await key(
      t,
      { groupId: leaf },
      { actorUserId: grace, scopes: [], revokeOnLeave },
    );
    done(await move(leaf, acme));
    await jobs();
    return { ...made, back: async () => done(await move(leaf, team)) };
  }

  it("does not work while it is away", async () => {
    const { raw, back } = await moved(false);
    expect(outcome(await look(t, raw))).toBe("API_KEY_OWNER_INACTIVE");
    await back();
    expect(outcome(await look(t, raw))).toBe("verified");
  });

  // The maker has left nothing: the key rests like others, until it is used.
  it("with revokeOnLeave is revoked by the next use", async () => {
    const { keyId, raw } = await moved(true);
    expect(outcome(await look(t, raw))).toBe("API_KEY_REVOKED");
    expect((await keyRow(t, keyId))!.revoked).toBe(false);
    expect(outcome(await use(t, raw))).toBe("API_KEY_REVOKED");
    expect((await keyRow(t, keyId))!.revoked).toBe(true);
  });
});

describe("changing the limits of a key", () => {
  it("keeps uses beyond a lower limit for when it is raised", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { rateLimit: perHour(160) },
    );
    for (let index = 0; index < 120; index += 1) {
      await use(t, raw);
    }
    done(await changeKey(t, keyId, { data: { rateLimit: perHour(9) } }));
    expect(await exhaust(raw)).toBe(0);
    done(await changeKey(t, keyId, { data: { rateLimit: perHour(160) } }));
    expect(await exhaust(raw)).toBe(40);
  });

  it("a first rate limit counts no uses of long ago", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { quota: { remaining: 500 } },
    );
    for (let index = 0; index < 30; index += 1) {
      await use(t, raw);
    }
    pass(10 * DAY);
    done(await changeKey(t, keyId, { data: { rateLimit: perHour(20) } }));
    expect(await exhaust(raw)).toBe(20);
  });

  it("another rate limit leaves a key that is used up marked", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { quota: { remaining: 1 } },
    );
    await exhaust(raw);
    done(await changeKey(t, keyId, { data: { rateLimit: perHour(5) } }));
    expect(await keyRow(t, keyId)).toMatchObject({
      ...{ exhaustedTime: START, purgeTime: START + 30 * DAY },
    });
  });

  it("the app's terms bind members, too: half a quota, endless windows and NaN are refused", async () => {
    const { keyId } = await key(t, { userId: ada }, { rateLimit: perHour(5) });
    const before = await keyRow(t, keyId);
    for (const data of [
      { quota: { remaining: 1, refillAmount: 2 } },
      { quota: { remaining: Infinity } },
      { quota: { remaining: -1 } },
      { rateLimit: { maxRequests: 1.5, windowMs: HOUR } },
      { rateLimit: { maxRequests: NaN, windowMs: HOUR } },
      { rateLimit: { maxRequests: 1, windowMs: Infinity } },
      { rateLimit: { maxRequests: 1, windowMs: -1 } },
    ]) {
      expect(outcome(await changeKey(t, keyId, { data }))).toBe(
        "INVALID_PARAMETERS",
      );
    }
    expect(await keyRow(t, keyId)).toEqual(before);
  });
});

describe("the end of a key", () => {
  it.each([NaN, Infinity, -Infinity, -1, 0, -0, 1e300, START, START + DAY - 1])(
    "is not %s, when it is made, changed or replaced",
    async (expiresAt) => {
      const { keyId } = await key(t, { userId: ada });
      for (const answer of [
        await tryKey(t, { userId: ada }, { expiresAt }),
        await changeKey(t, keyId, { data: { expiresAt } }),
        await rotate(t, keyId, { expiresAt }),
      ]) {
        expect(outcome(answer)).toBe("INVALID_PARAMETERS");
      }
      expect((await keyRow(t, keyId))!.revoked).toBe(false);
    },
  );

  it("cannot be taken away where the kind has a lifetime", async () => {
    const config = {
      configurations: [{ configId: "default", defaultLifetimeMs: 30 * DAY }],
    };
    const { keyId } = await key(t, { userId: ada }, { config });
    const actor = { actorUserId: ada };
    await changeKey(t, keyId, { config, removed: ["expiresAt"], ...actor });
    expect((await keyRow(t, keyId))!.expiresAt).toBe(START + 30 * DAY);
  });
});
