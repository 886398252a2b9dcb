import type { NewInvite } from "convex-gatehouse/server";
import { beforeEach, describe, expect, it } from "vitest";
import {
  deploy,
  inComponent,
  pass,
  snapshot,
  START,
  useFreshApp,
} from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import {
  ban,
  join,
  newGroup,
  newOrganization,
  newUser,
} from "./fixture/groups.js";
import { GRACE, refusalCode } from "./fixture/people.js";

useFreshApp();

const DAY = 24 * 60 * 60 * 1_000;

let t: ReturnType<typeof deploy>;
let ada: string;
let grace: string;
let acme: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
  grace = await newUser(t, "grace");
  acme = await newOrganization(t, ada);
});

const create = (invite: NewInvite = { groupId: acme }) =>
  t.mutation((ctx) => auth.invite.create(ctx, invite));

const get = (inviteId: string) =>
  t.query((ctx) => auth.invite.get(ctx, inviteId));

const accept = (token: string, acceptedByUserId = grace) =>
  t.mutation((ctx) =>
    auth.invite.token.accept(ctx, { token, acceptedByUserId }),
  );

const acceptById = (...of: [inviteId: string, userId?: string]) =>
  t.mutation((ctx) => auth.invite.accept(ctx, ...of));

const revoke = (inviteId: string, actorUserId?: string) =>
  t.mutation((ctx) =>
    auth.invite.revoke(
      ...([ctx, inviteId] as const),
      ...(actorUserId === undefined ? [] : [{ actorUserId }]),
    ),
  );

const renew = (inviteId: string, actorUserId?: string) =>
  t.mutation((ctx) =>
    auth.invite.renew(
      ...([ctx, inviteId] as const),
      ...(actorUserId === undefined ? [] : [{ actorUserId }]),
    ),
  );

const codesOf = (attempts: Promise<unknown>[]) =>
  Promise.all(attempts.map(refusalCode));

describe("invite.create", () => {
  it("answers the id and the raw token, of which only the hash is stored", async () => {
    const made = await create({
      ...{ groupId: acme, invitedByUserId: ada, email: " Grace@Example.com " },
      ...{ roles: ["Editor", "viewer"], extend: { note: "hi" } },
    });
    expect(made).toEqual({
      inviteId: expect.any(String),
      token: expect.stringMatching(/^inv_[0-9A-Za-z]{40,}$/),
    });
    const expected = {
      ...{ _id: made.inviteId, _creationTime: expect.any(Number) },
      ...{ groupId: acme, invitedByUserId: ada, email: GRACE },
      ...{ role: "editor", roles: ["editor", "viewer"], status: "pending" },
      ...{ expiresTime: START + 7 * DAY, maxUses: 1, uses: 0 },
      extend: { note: "hi" },
    };
    expect(await get(made.inviteId)).toEqual(expected);
    const byToken = t.query((ctx) => auth.invite.token.get(ctx, made.token));
    expect(await byToken).toEqual(expected);
    expect(JSON.stringify(await snapshot(t))).not.toContain(
      made.token.slice(4, 40),
    );
  });

  it("refuses a second one for an address, a member, and what is not there", async () => {
    const email = GRACE;
    await create({ groupId: acme, email });
    const attempts = [
      create({ groupId: acme, email: "GRACE@example.com" }),
      create({ groupId: acme, email: "ada@example.com" }),
      create({ groupId: "nowhere" }),
      create({ groupId: acme, role: "pilot" }),
      create({ groupId: acme, email: "nobody" }),
      create({ groupId: acme, expiresTime: START }),
      create({ groupId: acme, maxUses: 10_001 }),
    ];
    expect(await codesOf(attempts)).toEqual([
      ...["DUPLICATE_INVITE", "DUPLICATE_MEMBERSHIP", "GROUP_NOT_FOUND"],
      ...["ROLE_NOT_FOUND", "INVALID_EMAIL"],
      ...["INVALID_PARAMETERS", "INVALID_PARAMETERS"],
    ]);
    await create({ email });
  });

  it("stops at the limit of invitations that wait", async () => {
    const settings = { pendingInviteLimit: 1 };
    await t.mutation((ctx) => auth.group.update(ctx, acme, { settings }));
    await create();
    expect(await refusalCode(create())).toBe("INVITE_LIMIT_REACHED");
  });

  it("by somebody needs `invitation:create` and all that the roles allow", async () => {
    const invite = { groupId: acme, invitedByUserId: grace };
    expect(await refusalCode(create(invite))).toBe("FORBIDDEN");
    await join(t, acme, grace, "recruiter");
    for (const role of ["editor", "admin", "owner"]) {
      expect(await refusalCode(create({ ...invite, role }))).toBe("FORBIDDEN");
    }
    await create({ ...invite, role: "recruiter" });
  });
});

describe("invite.token.accept", () => {
  it("makes a member of the group with the roles that were offered", async () => {
    const team = await newGroup(t, acme);
    const { inviteId, token } = await create({
      ...{ groupId: team, email: GRACE, roles: ["viewer"] },
    });
    const answer = await accept(token);
    expect(answer).toEqual({
      ...{ inviteId, groupId: team, memberId: expect.any(String) },
      isRepeated: false,
    });
    const member = await t.query((ctx) =>
      auth.member.get(ctx, answer.memberId!),
    );
    expect(member).toMatchObject({ userId: grace, roles: ["viewer"] });
    expect(await get(inviteId)).toMatchObject({
      ...{ status: "accepted", uses: 1, acceptedByUserId: grace },
      acceptedTime: START,
    });
  });

  it("by the same user again changes nothing, and says so", async () => {
    const { token } = await create();
    const first = await accept(token);
    const before = await snapshot(t);
    expect(await accept(token)).toEqual({ ...first, isRepeated: true });
    expect(await snapshot(t)).toEqual(before);
  });

  it("counts once when it happens twice at the same time", async () => {
    const { inviteId, token } = await create({ groupId: acme, maxUses: 5 });
    await Promise.all([accept(token), accept(token)]);
    expect(await get(inviteId)).toMatchObject({ uses: 1, status: "pending" });
    const counts = t.query((ctx) => auth.group.counts(ctx, acme));
    expect(await counts).toMatchObject({ members: 2, pendingInvites: 1 });
  });

  it("to the app alone makes nobody a member", async () => {
    const { inviteId, token } = await create({ email: GRACE });
    expect(await accept(token)).toEqual({
      ...{ inviteId, groupId: null, memberId: null, isRepeated: false },
    });
  });

  it("refuses what is unknown, taken back, used up, over, or for somebody else", async () => {
    const revoked = await create();
    await revoke(revoked.inviteId);
    const used = await create();
    await accept(used.token);
    const eve = await newUser(t, "eve");
    const hers = await create({ groupId: acme, email: "eve@example.com" });
    const over = await create({ groupId: acme, expiresTime: START + DAY });
    pass(DAY);
    const attempts = [
      ...[accept("inv_unknown"), accept(revoked.token, eve)],
      ...[accept(used.token, eve), accept(over.token, eve)],
      ...[accept(hers.token), accept(hers.token, "nobody")],
    ];
    expect(await codesOf(attempts)).toEqual([
      ...["INVITE_NOT_FOUND", "INVITE_REVOKED", "INVITE_ALREADY_ACCEPTED"],
      ...["INVITE_EXPIRED", "INVITE_EMAIL_MISMATCH", "USER_NOT_FOUND"],
    ]);
    expect(await get(over.inviteId)).toMatchObject({ status: "expired" });
  });

  it("refuses members, who is banned, a full group, and one that is gone", async () => {
    const { token } = await create({ groupId: acme, maxUses: 9 });
    expect(await refusalCode(accept(token, ada))).toBe("DUPLICATE_MEMBERSHIP");
    const settle = (memberLimit: number) =>
      t.mutation((ctx) =>
        auth.group.update(ctx, acme, { settings: { memberLimit } }),
      );
    await settle(1);
    expect(await refusalCode(accept(token))).toBe("MEMBER_LIMIT_REACHED");
    await settle(9);
    await ban(t, grace);
    expect(await refusalCode(accept(token))).toBe("USER_BANNED");
    const eve = await newUser(t, "eve");
    await t.mutation((ctx) => auth.group.delete(ctx, acme));
    expect(await refusalCode(accept(token, eve))).toBe("GROUP_NOT_FOUND");
    const shown = t.query((ctx) => auth.invite.token.get(ctx, token));
    expect(await shown).toBeNull();
  });

  it("refuses when who invited may no longer do so, or the role is gone", async () => {
    const memberId = await join(t, acme, grace, "recruiter");
    const eve = await newUser(t, "eve");
    const invite = { groupId: acme, invitedByUserId: grace };
    const { token } = await create({ ...invite, role: "recruiter" });
    const roles = ["viewer"];
    await t.mutation((ctx) => auth.member.update(ctx, memberId, { roles }));
    expect(await refusalCode(accept(token, eve))).toBe("INVITER_NOT_ALLOWED");
    const roleId = await t.mutation((ctx) =>
      auth.role.create(ctx, {
        ...{ groupId: acme, role: "pilot", permissions: {} },
      }),
    );
    const pilot = await create({ groupId: acme, role: "pilot" });
    await t.mutation((ctx) => auth.role.delete(ctx, roleId));
    expect(await refusalCode(accept(pilot.token, eve))).toBe("ROLE_NOT_FOUND");
  });

  it("by its token takes an address that is not proved, by its id only a proved one", async () => {
    const eve = await newUser(t, "eve", { isProved: false });
    const email = "eve@example.com";
    const { inviteId, token } = await create({ groupId: acme, email });
    expect(await refusalCode(acceptById(inviteId, eve))).toBe(
      "EMAIL_NOT_VERIFIED",
    );
    expect(await refusalCode(acceptById(inviteId, grace))).toBe(
      "INVITE_EMAIL_MISMATCH",
    );
    await accept(token, eve);
    const user = await t.query((ctx) => auth.user.get(ctx, eve));
    expect(user).not.toHaveProperty("emailVerificationTime");
  });
});

describe("invite.accept", () => {
  it("makes a member of the user who has proved the address", async () => {
    const { inviteId } = await create({ groupId: acme, email: GRACE });
    expect(await acceptById(inviteId, grace)).toMatchObject({
      ...{ inviteId, groupId: acme, isRepeated: false },
    });
  });

  it("without a user only notes that it was accepted", async () => {
    const { inviteId, token } = await create();
    expect(await acceptById(inviteId)).toEqual({
      ...{ inviteId, groupId: acme, memberId: null, isRepeated: false },
    });
    expect(await get(inviteId)).toMatchObject({ status: "accepted" });
    expect(await codesOf([acceptById(inviteId), accept(token)])).toEqual([
      ...["INVITE_ALREADY_ACCEPTED", "INVITE_ALREADY_ACCEPTED"],
    ]);
    expect(await refusalCode(acceptById("nothing", grace))).toBe(
      "INVITE_NOT_FOUND",
    );
  });
});

describe("invite.revoke", () => {
  it("is for who may cancel and for who has invited, while it is pending", async () => {
    await join(t, acme, grace, "recruiter");
    const eve = await newUser(t, "eve");
    await join(t, acme, eve, "recruiter");
    const mine = await create({ groupId: acme, invitedByUserId: grace });
    const stranger = await newUser(t, "stranger");
    expect(await refusalCode(revoke(mine.inviteId, stranger))).toBe(
      "FORBIDDEN",
    );
    await revoke(mine.inviteId, eve);
    expect(await get(mine.inviteId)).toMatchObject({ status: "revoked" });
    expect(await codesOf([revoke(mine.inviteId), revoke("nothing")])).toEqual([
      "INVITE_NOT_PENDING",
      "INVITE_NOT_FOUND",
    ]);
  });
});

describe("invite.renew", () => {
  it("gives a new token and a new time; the token before is void", async () => {
    const { inviteId, token } = await create();
    pass(DAY);
    const renewed = await renew(inviteId);
    expect(renewed).toEqual({
      token: expect.stringMatching(/^inv_/),
      expiresTime: START + 8 * DAY,
    });
    expect(renewed.token).not.toBe(token);
    expect(await refusalCode(accept(token))).toBe("INVITE_NOT_FOUND");
    expect(await accept(renewed.token)).toMatchObject({ inviteId });
  });

  it("refuses what is not pending, and whoever may not", async () => {
    const pending = await create();
    const revoked = await create();
    await revoke(revoked.inviteId);
    const attempts = [
      renew("nothing"),
      renew(revoked.inviteId),
      renew(pending.inviteId, grace),
    ];
    expect(await codesOf(attempts)).toEqual([
      ...["INVITE_NOT_FOUND", "INVITE_NOT_PENDING", "FORBIDDEN"],
    ]);
  });

  it("refuses when who had invited may no longer do so", async () => {
    const memberId = await join(t, acme, grace, "recruiter");
    const { inviteId } = await create({
      ...{ groupId: acme, invitedByUserId: grace },
    });
    await t.mutation((ctx) => auth.member.remove(ctx, memberId));
    expect(await refusalCode(renew(inviteId))).toBe("INVITER_NOT_ALLOWED");
    const stored = await inComponent(t, (ctx) =>
      ctx.db.query("GroupInvite").first(),
    );
    expect(stored).toMatchObject({ status: "pending" });
  });
});
