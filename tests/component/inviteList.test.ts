import type { FunctionArgs } from "convex/server";
import { ConvexError } from "convex/values";
import { beforeEach, describe, expect, it } from "vitest";
import type { Doc, Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  pass,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import {
  done,
  group,
  organization,
  person,
  readsOf,
} from "./fixture/groups.js";
import { accept, invite, revoke } from "./fixture/invites.js";
import { inventedCursors, readAll, type Cut } from "./fixture/pages.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Id<"User">;
let grace: Id<"User">;
let acme: Id<"Group">;
let team: Id<"Group">;
const STATUSES = ["pending", "accepted", "revoked", "expired"] as const;

/** Shown statuses of all invitations, by id. */
let statuses: Map<string, string>;

/**
 * Twenty-four invitations to an organization, a team below it and the app
 * alone: pending, accepted, revoked, expired, and overdue without a mark.
 */
beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
  grace = await person(t, "grace");
  acme = await organization(t, ada);
  team = await group(t, acme);
  statuses = new Map();
  for (let index = 0; index < 24; index += 1) {
    const groupId = [acme, team, undefined][index % 3];
    const status = STATUSES[index % 4]!;
    const email = index % 5 < 2 ? `guest${index}@example.com` : undefined;
    const days = status === "expired" ? 1 + ((index * 7) % 5) : 60 - index;
    const { inviteId, token } = await invite(t, {
      ...(groupId && { groupId }),
      ...(email && { email }),
      ...(index % 7 === 0 && groupId && { invitedByUserId: ada }),
      roles: index % 5 < 3 ? ["member"] : ["admin", "developer"],
      expiresTime: START + days * DAY,
    });
    statuses.set(inviteId, status);
    if (status === "accepted") {
      pass(1);
      const guest = await person(t, `guest${index}`);
      done(await accept(t, token, email ? guest : grace));
    } else if (status === "revoked") {
      done(await revoke(t, inviteId));
    }
  }
  pass(20 * DAY);
  // Some of those whose time is over are marked, as the hourly job does.
  await t.run(async (ctx) => {
    for (const [id, status] of [...statuses].slice(0, 12)) {
      if (status === "expired") {
        const inviteId = ctx.db.normalizeId("GroupInvite", id)!;
        await ctx.db.patch("GroupInvite", inviteId, { status });
      }
    }
  });
});

type Arguments = FunctionArgs<typeof api.invite.list.list>;
type Where = Arguments["where"];
type Order = Arguments["orderBy"];

const list =
  (where: Where = {}, orderBy: Order = "_creationTime") =>
  async (cut: Cut) =>
    await t.query(api.invite.list.list, { where, orderBy, ...cut });

async function stored(): Promise<Doc<"GroupInvite">[]> {
  return await t.run((ctx) => ctx.db.query("GroupInvite").collect());
}

/** What a list with these conditions has, oldest first. */
async function expected(where: Where) {
  const acceptances = await t.run((ctx) =>
    ctx.db.query("GroupInviteAcceptance").collect(),
  );
  return (await stored())
    .filter(
      (row) =>
        (where.tokenHash === undefined || row.tokenHash === where.tokenHash) &&
        (where.groupId === undefined || row.groupId === where.groupId) &&
        (where.status === undefined ||
          statuses.get(row._id) === where.status) &&
        (where.email === undefined || row.email === where.email) &&
        (where.invitedByUserId === undefined ||
          row.invitedByUserId === where.invitedByUserId) &&
        (where.role === undefined || row.roles.includes(where.role)) &&
        (where.acceptedByUserId === undefined ||
          acceptances.some(
            ({ inviteId, userId }) =>
              inviteId === row._id && userId === where.acceptedByUserId,
          )),
    )
    .map((row) => {
      const { tokenHash: _, ...rest } = row;
      return { ...rest, status: statuses.get(row._id) };
    });
}

describe("a list of invitations", () => {
  it.each([
    ["anywhere", () => undefined],
    ["in an organization", () => acme],
    ["in a team", () => team],
  ])(
    "%s has those that meet all conditions, in the order in which they were made",
    async (_, place) => {
      const groupId = place();
      const email = (await stored()).find((row) => row.email)?.email;
      for (const status of [undefined, ...STATUSES]) {
        for (const condition of [
          {},
          { email },
          { invitedByUserId: ada },
          { role: "developer" },
          { acceptedByUserId: grace },
          { invitedByUserId: ada, role: "member" },
        ]) {
          const where: Where = {
            ...(groupId && { groupId }),
            ...(status && { status }),
            ...condition,
          };
          const rows = await expected(where);
          const name = JSON.stringify(where);
          expect(await readAll(list(where), 100), name).toEqual(rows);
          expect(await readAll(list(where), 3, "desc"), name).toEqual(
            rows.toReversed(),
          );
        }
      }
    },
  );

  it("has invitations of every status, so that this checks something", async () => {
    for (const status of STATUSES) {
      for (const groupId of [undefined, acme, team]) {
        const where = { status, ...(groupId && { groupId }) };
        expect((await expected(where)).length).toBeGreaterThan(1);
      }
    }
    const unmarked = (await stored()).filter(
      (row) => row.status === "pending" && statuses.get(row._id) === "expired",
    );
    expect(unmarked.length).toBeGreaterThan(1);
  });

  it("finds one by what recognises its token, and never shows that", async () => {
    const row = (await stored())[3]!;
    const page = await list({ tokenHash: row.tokenHash })({
      ...{ limit: 10, cursor: null },
    });
    expect(page.items.map((item) => item._id)).toEqual([row._id]);
    expect(page.items[0]).not.toHaveProperty("tokenHash");
    const { tokenHash } = row;
    expect(await readAll(list({ tokenHash, groupId: team }), 10)).toEqual([]);
  });

  it("finds one by its token among those that somebody has accepted", async () => {
    for (const { tokenHash } of await stored()) {
      for (const acceptedByUserId of [ada, grace]) {
        const where = { tokenHash, acceptedByUserId };
        expect(await readAll(list(where), 10)).toEqual(await expected(where));
      }
    }
  });

  it.each(["status", "email", "expiresTime", "acceptedTime"] as const)(
    "comes by %s if that is asked for",
    async (field) => {
      const value = (row: Partial<Record<typeof field, unknown>>) => row[field];
      for (const where of [{}, { groupId: acme }]) {
        const all = await stored();
        const rows = all.filter(
          (row) => where.groupId === undefined || row.groupId === where.groupId,
        );
        const stood = new Map(all.map((row) => [row._id, row[field]]));
        for (const order of ["asc", "desc"] as const) {
          const found = await readAll(list(where, field), 4, order);
          expect(new Set(found.map((row) => row._id)).size).toBe(rows.length);
          const values = found.map(
            (row) =>
              // An overdue one stands where its row says until it is marked.
              (field === "status" ? stood.get(row._id) : value(row)) ?? "",
          );
          const sorted = values.toSorted(compare);
          expect(values).toEqual(
            order === "asc" ? sorted : sorted.toReversed(),
          );
        }
      }
    },
  );

  it.each(STATUSES)(
    "comes by expiresTime with the status %s",
    async (status) => {
      for (const where of [{ status }, { status, groupId: acme }]) {
        const rows = (await expected(where)).toSorted(
          (one, other) => one.expiresTime - other.expiresTime,
        );
        const found = await readAll(list(where, "expiresTime"), 1);
        expect(found.map((row) => row.expiresTime)).toEqual(
          rows.map((row) => row.expiresTime),
        );
        const last = await readAll(list(where, "expiresTime"), 2, "desc");
        expect(last.map((row) => row._id)).toEqual(
          found.map((row) => row._id).toReversed(),
        );
      }
    },
  );

  it("comes in the order of acceptance if that is asked for", async () => {
    const links = [
      await invite(t, { groupId: team, maxUses: 2 }),
      await invite(t, { maxUses: 2 }),
    ];
    const edsger = await person(t, "edsger");
    for (const { token } of links.toReversed()) {
      done(await accept(t, token, edsger));
    }
    const where = { acceptedByUserId: edsger };
    const ids = async (orderBy: Order) =>
      (await readAll(list(where, orderBy), 1)).map((row) => row._id);
    const made = links.map((link) => link.inviteId);
    expect(await ids("_creationTime")).toEqual(made);
    expect(await ids("acceptedTime")).toEqual(made.toReversed());
  });

  it("has none of a deleted group, nor of those below it", async () => {
    await t.run((ctx) => ctx.db.patch("Group", acme, { deletedTime: 1 }));
    for (const where of [
      {},
      { status: "pending" },
      { role: "member" },
    ] as const) {
      const rows = (await expected(where)).filter(
        (row) => row.groupId === undefined,
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(await readAll(list(where), 3)).toEqual(rows);
    }
    expect(await readAll(list({ groupId: team }), 3)).toEqual([]);
  });
});

describe("the pages of a list of invitations", () => {
  it.each<[string, () => Where, Order]>([
    ["groupId", () => ({ groupId: acme }), "_creationTime"],
    ["groupId", () => ({ groupId: acme }), "email"],
    ["groupId", () => ({ groupId: team }), "acceptedTime"],
    [
      "groupId and status",
      () => ({ groupId: acme, status: "pending" }),
      "expiresTime",
    ],
    [
      "groupId and the status expired",
      () => ({ groupId: acme, status: "expired" }),
      "_creationTime",
    ],
    [
      "groupId and the status expired",
      () => ({ groupId: acme, status: "expired" }),
      "expiresTime",
    ],
    ["the status expired", () => ({ status: "expired" }), "_creationTime"],
    [
      "groupId and role",
      () => ({ groupId: team, role: "developer" }),
      "_creationTime",
    ],
    ["acceptedByUserId", () => ({ acceptedByUserId: grace }), "_creationTime"],
    ["invitedByUserId", () => ({ invitedByUserId: ada }), "_creationTime"],
  ])(
    "stay inside %s, whatever cursor a client makes up",
    async (_, condition, orderBy) => {
      const where = condition();
      const allowed = new Set((await expected(where)).map((row) => row._id));
      let found = 0;
      for (const cursor of inventedCursors(acme, team, grace, START)) {
        for (const order of ["asc", "desc"] as const) {
          const rows = await list(
            where,
            orderBy,
          )({ limit: 50, cursor, order })
            .then((page) => page.items)
            .catch((error: unknown) => {
              expect(error).toBeInstanceOf(ConvexError);
              return [];
            });
          found += rows.length;
          for (const row of rows) {
            expect(allowed).toContain(row._id);
          }
        }
      }
      expect(found).toBeGreaterThan(0);
    },
  );

  it.each<[string, Where["status"], Order]>([
    ["all", undefined, "_creationTime"],
    ["the pending ones", "pending", "_creationTime"],
    ["the expired ones", "expired", "expiresTime"],
  ])(
    "cost the same at the start, in the middle and at the end of %s",
    async (_, status, orderBy) => {
      await t.run(async (ctx) => {
        for (let index = 0; index < 300; index += 1) {
          await ctx.db.insert("GroupInvite", {
            ...{ groupId: acme, role: "member", roles: ["member"] },
            ...{ maxUses: 1, uses: 0, tokenHash: `hash ${index}` },
            ...{ status: "pending", expiresTime: START + index * DAY },
          });
        }
      });
      const rows: number[] = [];
      let cursor: string | null = null;
      do {
        const args: Arguments = {
          where: { groupId: acme, ...(status && { status }) },
          ...{ orderBy, limit: 10, cursor },
        };
        const cost = await readsOf(t, async (ctx) => {
          const page = await ctx.runQuery(api.invite.list.list, args);
          cursor = page.nextCursor;
        });
        rows.push(cost.rows);
        expect(cost.ranges).toBeLessThan(12);
      } while (cursor !== null);
      const whole = rows.slice(1, -1);
      expect(Math.max(...whole) - Math.min(...whole)).toBeLessThanOrEqual(2);
    },
  );
});

/** The order of an index: numbers, then texts; what is missing is first. */
function compare(one: unknown, other: unknown): number {
  const rank = (value: unknown) => (value === "" ? 0 : 1);
  const [left, right] = [one, other] as (string | number)[];
  return (
    rank(one) - rank(other) || (left! < right! ? -1 : left! > right! ? 1 : 0)
  );
}
