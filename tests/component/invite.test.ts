import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  events,
  from,
  MINUTE,
  outcome,
  pass,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import {
  assignments,
  change,
  CONFIG,
  counts,
  done,
  group,
  join,
  leave,
  organization,
  person,
} from "./fixture/groups.js";
import { accept, invite, renew, revoke, tryInvite } from "./fixture/invites.js";

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
  acme = await organization(t, ada, { name: "Acme" });
});

async function get(inviteId: string) {
  return await t.query(api.invite.read.get, { inviteId });
}

describe("making an invitation", () => {
  it("answers the token once, and stores what recognises it only", async () => {
    const made = await invite(t, {
      ...{ groupId: acme, email: " Grace@Example.com", invitedByUserId: ada },
      ...{ roles: ["Developer", "member"], extend: { note: "welcome" } },
    });
    expect(made).toMatchObject({ groupName: "Acme" });
    expect(made.token).toMatch(/^inv_[0-9A-Za-z]+$/);
    const rows = await t.run((ctx) => ctx.db.query("GroupInvite").collect());
    expect(JSON.stringify(rows)).not.toContain(made.token.slice(4, 40));
    const shown = await get(made.inviteId);
    expect(shown).toEqual({
      ...{ _id: made.inviteId, _creationTime: rows[0]?._creationTime },
      ...{ groupId: acme, email: GRACE, invitedByUserId: ada },
      ...{ role: "developer", roles: ["developer", "member"] },
      ...{ status: "pending", expiresTime: START + 7 * DAY },
      ...{ maxUses: 1, uses: 0, extend: { note: "welcome" } },
    });
    expect(
      await t.query(api.inviteAccept.getByToken, { token: made.token }),
    ).toEqual(shown);
    expect((await counts(t, acme)).pendingInvites).toBe(1);
    expect(await assignments(t, made.inviteId)).toEqual([
      ...["developer", "member"],
    ]);
  });

  it("refuses what is not an address, a role, a time or a number of uses", async () => {
    for (const [code, fields] of [
      ["INVALID_EMAIL", { email: "grace" }],
      ["ROLE_NOT_FOUND", { roles: ["pilot"] }],
      ["INVALID_PARAMETERS", { roles: [] }],
      ["INVALID_PARAMETERS", { expiresTime: START }],
      ["INVALID_PARAMETERS", { expiresTime: START + 91 * DAY }],
      ["INVALID_PARAMETERS", { maxUses: 0 }],
      ["INVALID_PARAMETERS", { maxUses: 10_001 }],
      ["INVALID_PARAMETERS", { email: GRACE, maxUses: 2 }],
      ["GROUP_NOT_FOUND", { groupId: "nonsense" }],
    ] as const) {
      const { roles, ...rest } = { roles: undefined, ...fields };
      const answer = await tryInvite(t, {
        ...{ groupId: acme, ...rest, ...(roles && { roles: [...roles] }) },
      });
      expect(outcome(answer), JSON.stringify(fields)).toBe(code);
    }
    expect((await counts(t, acme)).pendingInvites).toBe(0);
  });

  it("is refused while another of the address waits, and not in another group", async () => {
    await invite(t, { groupId: acme, email: GRACE });
    const again = { groupId: acme, email: "GRACE@example.com" };
    expect(outcome(await tryInvite(t, again))).toBe("DUPLICATE_INVITE");
    const team = await group(t, acme);
    expect(outcome(await tryInvite(t, { groupId: team, email: GRACE }))).toBe(
      "done",
    );
    expect(outcome(await tryInvite(t, { email: GRACE }))).toBe("done");
    expect(outcome(await tryInvite(t, { email: GRACE }))).toBe(
      "DUPLICATE_INVITE",
    );
  });

  it("happens once when two clients do it at the same time", async () => {
    const fields = { groupId: acme, email: GRACE };
    const answers = await Promise.all([
      tryInvite(t, fields),
      tryInvite(t, fields),
    ]);
    expect(answers.map(outcome).sort()).toEqual(["DUPLICATE_INVITE", "done"]);
  });

  it("is possible again when the one before was taken back or is over", async () => {
    const first = await invite(t, { groupId: acme, email: GRACE });
    done(await revoke(t, first.inviteId));
    const second = await invite(t, { groupId: acme, email: GRACE });
    pass(7 * DAY);
    await invite(t, { groupId: acme, email: GRACE });
    const stored = await t.run((ctx) => ctx.db.get(second.inviteId));
    expect(stored?.status).toBe("expired");
    expect((await counts(t, acme)).pendingInvites).toBe(1);
  });

  it("is refused for somebody who has proved the address and is a member", async () => {
    await join(t, acme, grace);
    const unproved = await tryInvite(t, { groupId: acme, email: GRACE });
    expect(outcome(unproved)).toBe("done");
    done(await revoke(t, done(unproved).inviteId));
    await t.run((ctx) =>
      ctx.db.patch("User", grace, { emailVerificationTime: START }),
    );
    const proved = await tryInvite(t, { groupId: acme, email: GRACE });
    expect(outcome(proved)).toBe("DUPLICATE_MEMBERSHIP");
  });

  it("stops at the limit of what waits, and overdue ones do not count", async () => {
    const config = { ...CONFIG, settings: { pendingInviteLimit: 2 } };
    const fields = { groupId: acme, config };
    await invite(t, { ...fields, expiresTime: START + DAY });
    await invite(t, fields);
    expect(outcome(await tryInvite(t, fields))).toBe("INVITE_LIMIT_REACHED");
    pass(DAY);
    expect(outcome(await tryInvite(t, fields))).toBe("done");
    expect((await counts(t, acme)).pendingInvites).toBe(2);
    const refused = await tryInvite(t, fields);
    expect(outcome(refused)).toBe("INVITE_LIMIT_REACHED");
  });
});

describe("no invitation above who invites", () => {
  it.each([
    ["admin", "owner", "FORBIDDEN"],
    ["admin", "developer", "FORBIDDEN"],
    ["admin", "admin", "done"],
    ["member", "member", "FORBIDDEN"],
    ["owner", "owner", "done"],
  ])("%s invites %s: %s", async (own, role, expected) => {
    await join(t, acme, grace, [own]);
    const answer = await tryInvite(t, {
      ...{ groupId: acme, invitedByUserId: grace, roles: [role] },
    });
    expect(outcome(answer)).toBe(expected);
  });

  it("lets nobody invite who is not there", async () => {
    const answer = await tryInvite(t, {
      ...{ groupId: acme, invitedByUserId: "nonsense" },
    });
    expect(outcome(answer)).toBe("FORBIDDEN");
  });
});

describe("taking back an invitation", () => {
  it("ends it, counts it down, and happens once", async () => {
    const { inviteId, token } = await invite(t, { groupId: acme });
    done(await revoke(t, inviteId));
    expect((await get(inviteId))?.status).toBe("revoked");
    expect((await counts(t, acme)).pendingInvites).toBe(0);
    expect(outcome(await accept(t, token, grace))).toBe("INVITE_REVOKED");
    expect(outcome(await revoke(t, inviteId))).toBe("INVITE_NOT_PENDING");
    expect(outcome(await revoke(t, "nonsense"))).toBe("INVITE_NOT_FOUND");
    expect((await counts(t, acme)).pendingInvites).toBe(0);
  });

  it("is for those who may, and for whoever made it", async () => {
    const edsger = await person(t, "edsger");
    const adminship = await join(t, acme, grace, ["admin"]);
    const made = { groupId: acme, invitedByUserId: grace };
    const [one, other] = [await invite(t, made), await invite(t, made)];
    await join(t, acme, edsger);
    expect(outcome(await revoke(t, one.inviteId, edsger))).toBe("FORBIDDEN");
    expect(outcome(await revoke(t, one.inviteId, ada))).toBe("done");
    done(await change(t, adminship, { roles: ["member"] }));
    expect(outcome(await revoke(t, other.inviteId, grace))).toBe("done");
  });
});

describe("an invitation whose time is over", () => {
  it("is shown as expired before it is marked, and cannot be taken back or renewed", async () => {
    const { inviteId, token } = await invite(t, { groupId: acme });
    pass(7 * DAY - 1);
    expect((await get(inviteId))?.status).toBe("pending");
    pass(1);
    expect((await get(inviteId))?.status).toBe("expired");
    const byToken = await t.query(api.inviteAccept.getByToken, { token });
    expect(byToken?.status).toBe("expired");
    expect(outcome(await revoke(t, inviteId))).toBe("INVITE_NOT_PENDING");
    expect(outcome(await renew(t, inviteId))).toBe("INVITE_NOT_PENDING");
  });
});

describe("renewing an invitation", () => {
  it("makes the token before worthless, and lets the time begin anew", async () => {
    const first = await invite(t, {
      ...{ groupId: acme, email: GRACE, invitedByUserId: ada },
    });
    pass(3 * DAY);
    const second = done(await renew(t, first.inviteId));
    expect(second).toMatchObject({
      ...{ expiresTime: START + 10 * DAY, email: GRACE, groupId: acme },
      ...{ groupName: "Acme", roles: ["member"], invitedByUserId: ada },
    });
    expect(outcome(await accept(t, first.token, grace))).toBe(
      "INVITE_NOT_FOUND",
    );
    expect(outcome(await accept(t, second.token, grace))).toBe("done");
    expect(outcome(await renew(t, first.inviteId))).toBe("INVITE_NOT_PENDING");
  });

  it("needs an actor who may invite with its roles, and an inviter who still may", async () => {
    const edsger = await person(t, "edsger");
    await join(t, acme, edsger, ["admin"]);
    const ownership = await join(t, acme, grace, ["owner"]);
    const { inviteId } = await invite(t, {
      ...{ groupId: acme, invitedByUserId: grace, roles: ["developer"] },
    });
    const by = async (actorUserId: string) =>
      outcome(await renew(t, inviteId, { actorUserId }));
    expect(await by(edsger)).toBe("FORBIDDEN");
    expect(await by(ada)).toBe("done");
    done(await change(t, ownership, { roles: ["member"] }));
    expect(await by(ada)).toBe("INVITER_NOT_ALLOWED");
  });
});

describe("sending invitations", () => {
  const send = async (index: number, ip: string, fields = {}) =>
    await tryInvite(from(t, ip), {
      ...{ groupId: acme, email: `user${index}@example.com`, isSent: true },
      ...fields,
    });

  it("is limited for each address", async () => {
    const { inviteId } = done(await send(0, "203.0.113.1"));
    const outcomes: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const caller = from(t, `203.0.113.${index + 2}`);
      outcomes.push(outcome(await renew(caller, inviteId, { isSent: true })));
    }
    expect(outcomes).toEqual([
      ...["done", "done", "done", "done", "RATE_LIMITED"],
    ]);
    const refused = await renew(t, inviteId, { isSent: true });
    expect(refused).toMatchObject({
      refusal: { retryAfterMs: 10 * MINUTE },
    });
    expect(outcome(await renew(t, inviteId))).toBe("done");
    pass(10 * MINUTE);
    expect(outcome(await renew(t, inviteId, { isSent: true }))).toBe("done");
  });

  it("is limited for each network", async () => {
    const outcomes: string[] = [];
    for (let index = 0; index < 31; index += 1) {
      const by = index % 2 === 0 ? { invitedByUserId: ada } : {};
      outcomes.push(outcome(await send(index, "203.0.113.1", by)));
    }
    expect(outcomes).toContain("RATE_LIMITED");
    expect(outcome(await send(99, "203.0.113.2"))).toBe("done");
  });

  it("is limited for each inviter, from wherever", async () => {
    const outcomes: string[] = [];
    for (let index = 0; index < 31; index += 1) {
      const by = { invitedByUserId: ada };
      outcomes.push(outcome(await send(index, `203.0.113.${index}`, by)));
    }
    expect(outcomes.slice(0, 30)).toEqual(Array(30).fill("done"));
    expect(outcomes[30]).toBe("RATE_LIMITED");
    expect(outcome(await send(99, "198.51.100.1"))).toBe("done");
  });

  it("leaves no invitation behind when it is refused", async () => {
    for (let index = 0; index < 5; index += 1) {
      const team = await group(t, acme);
      done(await send(0, `203.0.113.${index}`, { groupId: team }));
    }
    const before = await counts(t, acme);
    expect(outcome(await send(0, "203.0.113.9"))).toBe("RATE_LIMITED");
    expect(await counts(t, acme)).toEqual(before);
  });
});

it("is gone with its group", async () => {
  const { inviteId, token } = await invite(t, { groupId: acme });
  await t.run((ctx) => ctx.db.patch("Group", acme, { deletedTime: START }));
  expect(await get(inviteId)).toBeNull();
  expect(await t.query(api.inviteAccept.getByToken, { token })).toBeNull();
  for (const attempt of [
    accept(t, token, grace),
    revoke(t, inviteId),
    renew(t, inviteId),
  ]) {
    expect(outcome(await attempt)).toBe("GROUP_NOT_FOUND");
  }
});

it("is recorded when made, renewed, accepted and taken back", async () => {
  const fields = { groupId: acme, invitedByUserId: ada };
  const first = await invite(t, fields);
  const { token } = done(await renew(t, first.inviteId, { actorUserId: ada }));
  await accept(t, token, grace);
  const second = await invite(t, fields);
  done(await revoke(t, second.inviteId, ada));
  await leave(t, acme, grace);
  expect(await events(t)).toEqual([
    ...["groupCreated", "inviteCreated", "inviteRenewed", "inviteAccepted"],
    ...["inviteCreated", "inviteRevoked", "memberRemoved"],
  ]);
});
