import { beforeEach, describe, expect, it } from "vitest";
import type { Doc, Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  events,
  outcome,
  pass,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import {
  change,
  CONFIG,
  counts,
  done,
  join,
  leave,
  may,
  organization,
  person,
  remove,
} from "./fixture/groups.js";
import { accept, acceptById, invite } from "./fixture/invites.js";

useFrozenClock();

const GRACE = "grace@example.com";

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

async function member(groupId: Id<"Group">, userId: Id<"User">) {
  return await t.query(api.member.read.getByUserAndGroup, { groupId, userId });
}

async function patchUser(userId: Id<"User">, fields: Partial<Doc<"User">>) {
  await t.run((ctx) => ctx.db.patch("User", userId, fields));
}

describe("accepting an invitation by its token", () => {
  it("makes a member with its roles, in one transaction", async () => {
    const { inviteId, token } = await invite(t, {
      ...{ groupId: acme, email: GRACE, roles: ["developer", "member"] },
    });
    const answer = await accept(t, token, grace);
    const membership = await member(acme, grace);
    expect(answer).toEqual({
      ...{ kind: "done", inviteId, groupId: acme, memberId: membership?._id },
    });
    expect(membership).toMatchObject({
      ...{ roles: ["developer", "member"], status: "active" },
    });
    expect(await may(t, grace, acme, "project:create")).toBe("allowed");
    expect(await counts(t, acme)).toEqual({ members: 2, pendingInvites: 0 });
    expect(await t.query(api.invite.read.get, { inviteId })).toMatchObject({
      ...{ status: "accepted", uses: 1, acceptedByUserId: grace },
      acceptedTime: START,
    });
  });

  it("changes nothing when the same user does it again, also later", async () => {
    const { inviteId, token } = await invite(t, { groupId: acme });
    const first = done(await accept(t, token, grace));
    for (const wait of [0, 30 * DAY]) {
      pass(wait);
      expect(await accept(t, token, grace)).toEqual({
        ...{ ...first, kind: "repeated" },
      });
    }
    expect(await t.query(api.invite.read.get, { inviteId })).toMatchObject({
      ...{ uses: 1, acceptedTime: START },
    });
    expect(
      (await events(t)).filter((event) => event === "inviteAccepted"),
    ).toHaveLength(1);
  });

  it("does not bring back who has left or was removed", async () => {
    const { token } = await invite(t, { groupId: acme, maxUses: 5 });
    done(await accept(t, token, grace));
    done(await leave(t, acme, grace));
    const again = await accept(t, token, grace);
    expect(again).toMatchObject({ kind: "repeated" });
    expect(again).not.toHaveProperty("memberId");
    expect(await member(acme, grace)).toBeNull();
  });

  it("is refused for what is not a token of an invitation", async () => {
    const { token } = await invite(t, { groupId: acme });
    const last = token.endsWith("0") ? "1" : "0";
    for (const wrong of [
      ...["", "nonsense", token.slice(0, -1) + last, token.slice(4)],
      `inv_${token}`,
    ]) {
      expect(outcome(await accept(t, wrong, grace)), wrong).toBe(
        "INVITE_NOT_FOUND",
      );
      expect(
        await t.query(api.inviteAccept.getByToken, { token: wrong }),
      ).toBeNull();
    }
  });

  it("is refused to the second user of a single-use invitation", async () => {
    const { token } = await invite(t, { groupId: acme });
    done(await accept(t, token, grace));
    const edsger = await person(t, "edsger");
    expect(outcome(await accept(t, token, edsger))).toBe(
      "INVITE_ALREADY_ACCEPTED",
    );
  });

  it("is done by one of two clients that accept at once", async () => {
    const edsger = await person(t, "edsger");
    const { token } = await invite(t, { groupId: acme });
    const answers = await Promise.all([
      accept(t, token, grace),
      accept(t, token, edsger),
    ]);
    expect(answers.map(outcome).sort()).toEqual([
      ...["INVITE_ALREADY_ACCEPTED", "done"],
    ]);
    expect(await counts(t, acme)).toEqual({ members: 2, pendingInvites: 0 });
  });

  it("is done once by a user with two tabs", async () => {
    const { token } = await invite(t, { groupId: acme, maxUses: 2 });
    const answers = await Promise.all([
      accept(t, token, grace),
      accept(t, token, grace),
    ]);
    expect(answers.map(outcome).sort()).toEqual(["done", "repeated"]);
    expect((await counts(t, acme)).members).toBe(2);
  });

  it("is refused when the time is over, which marks the invitation", async () => {
    const { inviteId, token } = await invite(t, { groupId: acme });
    pass(7 * DAY);
    expect(outcome(await accept(t, token, grace))).toBe("INVITE_EXPIRED");
    const row = await t.run((ctx) => ctx.db.get("GroupInvite", inviteId));
    expect(row?.status).toBe("expired");
    expect((await counts(t, acme)).pendingInvites).toBe(0);
    expect(outcome(await accept(t, token, grace))).toBe("INVITE_EXPIRED");
    expect((await counts(t, acme)).pendingInvites).toBe(0);
  });

  it("is refused to a member, to a stranger and to the banned", async () => {
    const { token } = await invite(t, { groupId: acme });
    expect(outcome(await accept(t, token, ada))).toBe("DUPLICATE_MEMBERSHIP");
    expect(outcome(await accept(t, token, "nonsense"))).toBe("USER_NOT_FOUND");
    await patchUser(grace, { bannedTime: START });
    expect(outcome(await accept(t, token, grace))).toBe("USER_BANNED");
    expect((await counts(t, acme)).pendingInvites).toBe(1);
  });

  it("is refused while the user is being removed", async () => {
    const { token } = await invite(t, { groupId: acme });
    const memberId = await join(t, acme, grace);
    await t.run((ctx) =>
      ctx.db.patch("GroupMember", memberId, { removedTime: START }),
    );
    expect(outcome(await accept(t, token, grace))).toBe("REMOVAL_IN_PROGRESS");
  });

  it("is refused when the group is full", async () => {
    const { token } = await invite(t, { groupId: acme });
    const answer = await t.mutation(api.inviteAccept.accept, {
      ...{ config: { ...CONFIG, settings: { memberLimit: 1 } } },
      ...{ token, acceptedByUserId: grace },
    });
    expect(outcome(answer)).toBe("MEMBER_LIMIT_REACHED");
  });

  it("is refused when a role is gone", async () => {
    const { roleId } = done(
      await t.mutation(api.roleWrite.create, {
        ...{ config: CONFIG, groupId: acme, role: "pilot", permissions: [] },
      }),
    );
    const { token } = await invite(t, { groupId: acme, roles: ["pilot"] });
    done(await t.mutation(api.roleWrite.remove, { config: CONFIG, roleId }));
    expect(outcome(await accept(t, token, grace))).toBe("ROLE_NOT_FOUND");
  });

  it("gives a role of the organization's own", async () => {
    const permissions = [{ resource: "project", actions: ["delete"] }];
    await t.mutation(api.roleWrite.create, {
      ...{ config: CONFIG, groupId: acme, role: "pilot", permissions },
    });
    const { token } = await invite(t, { groupId: acme, roles: ["pilot"] });
    done(await accept(t, token, grace));
    expect(await may(t, grace, acme, "project:delete")).toBe("allowed");
  });

  it("to the app alone makes nobody a member of anything", async () => {
    const { inviteId, token } = await invite(t, { email: GRACE });
    expect(await accept(t, token, grace)).toEqual({ kind: "done", inviteId });
    expect(
      await t.run((ctx) => ctx.db.query("GroupMember").collect()),
    ).toHaveLength(1);
  });
});

describe("a link for several people", () => {
  it("is accepted as often as it may be", async () => {
    const { inviteId, token } = await invite(t, { groupId: acme, maxUses: 3 });
    const outcomes: string[] = [];
    for (let index = 0; index < 4; index += 1) {
      const userId = await person(t, `user${index}`);
      outcomes.push(outcome(await accept(t, token, userId)));
      const { pendingInvites } = await counts(t, acme);
      expect(pendingInvites).toBe(index < 2 ? 1 : 0);
    }
    expect(outcomes).toEqual([
      ...["done", "done", "done", "INVITE_ALREADY_ACCEPTED"],
    ]);
    expect(await t.query(api.invite.read.get, { inviteId })).toMatchObject({
      ...{ status: "accepted", uses: 3 },
    });
    expect(await counts(t, acme)).toEqual({ members: 4, pendingInvites: 0 });
  });

  it("is not used up by those who accept it at once beyond that", async () => {
    const { token } = await invite(t, { groupId: acme, maxUses: 3 });
    const people = await Promise.all(
      Array.from({ length: 5 }, (_, index) => person(t, `user${index}`)),
    );
    const answers = await Promise.all(
      people.map((userId) => accept(t, token, userId)),
    );
    expect(answers.map(outcome).sort()).toEqual([
      ...["INVITE_ALREADY_ACCEPTED", "INVITE_ALREADY_ACCEPTED"],
      ...["done", "done", "done"],
    ]);
    expect((await counts(t, acme)).members).toBe(4);
  });
});

describe("an invitation of an address", () => {
  it("is for the user with this address only, proved or not", async () => {
    const { token } = await invite(t, { groupId: acme, email: GRACE });
    const edsger = await person(t, "edsger");
    const nobody = await person(t, "nobody", { email: undefined });
    for (const userId of [edsger, nobody]) {
      expect(outcome(await accept(t, token, userId))).toBe(
        "INVITE_EMAIL_MISMATCH",
      );
    }
    expect(outcome(await accept(t, token, grace))).toBe("done");
  });

  it("proves the address if the token was sent there and shown to nobody", async () => {
    const { token } = await invite(t, {
      ...{ groupId: acme, email: GRACE, isSent: true },
    });
    done(await accept(t, token, grace));
    const user = await t.query(api.user.read.get, { userId: grace });
    expect(user?.emailVerificationTime).toBe(START);
    expect(await events(t)).toContain("emailVerified");
  });

  it("proves nothing if the inviter has seen the token", async () => {
    const { token } = await invite(t, { groupId: acme, email: GRACE });
    done(await accept(t, token, grace));
    const user = await t.query(api.user.read.get, { userId: grace });
    expect(user?.emailVerificationTime).toBeUndefined();
    expect(await events(t)).not.toContain("emailVerified");
  });

  it("proves nothing any more when a token is made that the inviter sees", async () => {
    const { inviteId } = await invite(t, {
      ...{ groupId: acme, email: GRACE, isSent: true },
    });
    const { token } = done(
      await t.mutation(api.inviteWrite.renew, {
        ...{ config: CONFIG, inviteId, isSent: false },
      }),
    );
    done(await accept(t, token, grace));
    const user = await t.query(api.user.read.get, { userId: grace });
    expect(user?.emailVerificationTime).toBeUndefined();
  });

  it("can be accepted by its id only with that address proved", async () => {
    const { inviteId } = await invite(t, { groupId: acme, email: GRACE });
    const edsger = await person(t, "edsger", { emailVerificationTime: 1 });
    expect(outcome(await acceptById(t, inviteId, edsger))).toBe(
      "INVITE_EMAIL_MISMATCH",
    );
    expect(outcome(await acceptById(t, inviteId, grace))).toBe(
      "EMAIL_NOT_VERIFIED",
    );
    await patchUser(grace, { emailVerificationTime: 1 });
    expect(outcome(await acceptById(t, inviteId, grace))).toBe("done");
    expect(outcome(await acceptById(t, inviteId, grace))).toBe("repeated");
  });
});

describe("who has invited", () => {
  const cases: [string, (ownership: Id<"GroupMember">) => Promise<unknown>][] =
    [
      ["was demoted", (id) => change(t, id, { roles: ["admin"] })],
      ["was suspended", (id) => change(t, id, { status: "suspended" })],
      ["was removed", (id) => remove(t, id)],
      ["was banned", () => patchUser(ada, { bannedTime: START })],
      ["is gone", () => t.run((ctx) => ctx.db.delete("User", ada))],
    ];

  it.each(cases)(
    "%s: an invitation from before gives nothing any more",
    async (_, happens) => {
      const edsger = await person(t, "edsger");
      await join(t, acme, edsger, ["owner"]);
      const fields = { groupId: acme, invitedByUserId: ada };
      const { token } = await invite(t, { ...fields, roles: ["owner"] });
      const other = await invite(t, { ...fields, roles: ["developer"] });
      const ownership = await member(acme, ada);
      await happens(ownership!._id);
      for (const old of [token, other.token]) {
        expect(outcome(await accept(t, old, grace))).toBe(
          "INVITER_NOT_ALLOWED",
        );
      }
      expect(await member(acme, grace)).toBeNull();
      expect((await events(t)).at(-1)).toBe(
        "inviteAccepted: INVITER_NOT_ALLOWED",
      );
    },
  );

  it("may have been demoted to a role that still allows it", async () => {
    const edsger = await person(t, "edsger");
    await join(t, acme, edsger, ["owner"]);
    const { token } = await invite(t, {
      ...{ groupId: acme, invitedByUserId: ada, roles: ["member"] },
    });
    const ownership = await member(acme, ada);
    done(await change(t, ownership!._id, { roles: ["admin"] }));
    expect(outcome(await accept(t, token, grace))).toBe("done");
  });
});

describe("accepting an invitation by its id", () => {
  it("without a user is noted by the app, and makes nobody a member", async () => {
    const { inviteId, token } = await invite(t, { groupId: acme });
    expect(await acceptById(t, inviteId)).toEqual({
      ...{ kind: "done", inviteId, groupId: acme },
    });
    const shown = await t.query(api.invite.read.get, { inviteId });
    expect(shown).toMatchObject({ status: "accepted", acceptedTime: START });
    expect(shown?.acceptedByUserId).toBeUndefined();
    expect(await counts(t, acme)).toEqual({ members: 1, pendingInvites: 0 });
    expect(outcome(await acceptById(t, inviteId))).toBe(
      "INVITE_ALREADY_ACCEPTED",
    );
    expect(outcome(await accept(t, token, grace))).toBe(
      "INVITE_ALREADY_ACCEPTED",
    );
  });

  it("is refused for an id that no invitation has", async () => {
    for (const id of ["nonsense", acme]) {
      expect(outcome(await acceptById(t, id, grace))).toBe("INVITE_NOT_FOUND");
    }
  });
});
