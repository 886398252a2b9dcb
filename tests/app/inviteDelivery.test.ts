import { createAuth, type InvitationToSend } from "convex-gatehouse/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  APP,
  type Caller,
  deploy,
  HOME,
  pass,
  snapshot,
  START,
  useFreshApp,
} from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { components } from "./fixture/convex/components.js";
import { lastInvitation, mailbox } from "./fixture/convex/mailbox.js";
import { join, newOrganization, newUser } from "./fixture/groups.js";
import { GRACE, refusal, refusalCode } from "./fixture/people.js";

useFreshApp();

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let t: ReturnType<typeof deploy>;
let ada: string;
let acme: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
  acme = await newOrganization(t, ada);
});

const send = (fields: Partial<InvitationToSend> = {}, caller: Caller = t) =>
  caller.action((ctx) =>
    auth.invite.send(ctx, {
      ...{ groupId: acme, email: GRACE, role: "viewer", ...fields },
    }),
  );

type ResendOptions = Parameters<typeof auth.invite.resend>[2];

const resend = (inviteId: string, options: ResendOptions = {}) =>
  t.action((ctx) => auth.invite.resend(ctx, inviteId, options));

const accept = (token: string, acceptedByUserId: string) =>
  t.mutation((ctx) =>
    auth.invite.token.accept(ctx, { token, acceptedByUserId }),
  );

const get = (inviteId: string) =>
  t.query((ctx) => auth.invite.get(ctx, inviteId));

describe("invite.send", () => {
  it("hands over what the e-mail needs, and answers the id alone", async () => {
    const answer = await send({
      ...{ invitedByUserId: ada, redirectTo: "/join?from=mail#top" },
    });
    expect(answer).toEqual({ inviteId: expect.any(String) });
    expect(mailbox.invitations).toHaveLength(1);
    const { token, url, ...invitation } = lastInvitation();
    expect(invitation).toEqual({
      ...{ email: GRACE, group: { _id: acme, name: "Acme" } },
      ...{ invitedByUserId: ada, roles: ["viewer"] },
      expires: new Date(START + 7 * DAY),
    });
    expect(url).toBe(`${APP}/join?from=mail&invite=${token}#top`);
    expect(JSON.stringify(await snapshot(t))).not.toContain(token.slice(4, 40));
  });

  it("has stored the invitation by the time it is handed over", async () => {
    let stored: unknown;
    const watching = createAuth(components.auth, {
      providers: [],
      groups: {
        sendInvitation: async ({ token }, ctx) => {
          stored = await watching.invite.token.get(ctx, token);
        },
      },
    });
    const { inviteId } = await t.action((ctx) =>
      watching.invite.send(ctx, { groupId: acme, email: GRACE }),
    );
    expect(stored).toMatchObject({ _id: inviteId, status: "pending" });
  });

  it("names no group, no inviter and no link where there is none", async () => {
    await t.action((ctx) => auth.invite.send(ctx, { email: GRACE }));
    expect(Object.keys(lastInvitation()).sort()).toEqual([
      ...["email", "expires", "roles", "token"],
    ]);
  });

  it("its token proves the address of who accepts with it", async () => {
    const grace = await newUser(t, "grace", { isProved: false });
    await send();
    await accept(lastInvitation().token, grace);
    expect(await t.query((ctx) => auth.user.get(ctx, grace))).toMatchObject({
      emailVerificationTime: START,
    });
  });

  it("delivers nothing, and stores nothing, when it is refused", async () => {
    const stranger = await newUser(t, "stranger");
    const codes = [
      send({ invitedByUserId: stranger }),
      send({ role: "pilot" }),
      send({ email: "nobody" }),
      send({ groupId: "nowhere" }),
      send({ redirectTo: "https://evil.example.com/" }),
      send({ redirectTo: "javascript:alert(1)" }),
      send({ email: "ada@example.com" }),
    ].map(refusalCode);
    expect(await Promise.all(codes)).toEqual([
      ...["FORBIDDEN", "ROLE_NOT_FOUND", "INVALID_EMAIL", "GROUP_NOT_FOUND"],
      ...["INVALID_REDIRECT", "INVALID_REDIRECT", "DUPLICATE_MEMBERSHIP"],
    ]);
    expect(mailbox.invitations).toEqual([]);
    const { GroupInvite } = await snapshot(t);
    expect(GroupInvite).toEqual([]);
  });

  it("leads to an origin that the app allows, and nowhere else", async () => {
    await send({ redirectTo: "https://admin.example.com/join" });
    expect(lastInvitation().url).toMatch(
      /^https:\/\/admin\.example\.com\/join\?invite=inv_/,
    );
  });

  it("needs the app to be able to send, before anything is stored", async () => {
    const mute = createAuth(components.auth, { providers: [] });
    const before = await snapshot(t);
    const attempts = [
      t.action((ctx) => mute.invite.send(ctx, { groupId: acme, email: GRACE })),
      t.action((ctx) => mute.invite.resend(ctx, "nothing")),
    ];
    for (const attempt of attempts) {
      expect(await refusalCode(attempt)).toBe("EMAIL_CONFIG_REQUIRED");
    }
    expect(await snapshot(t)).toEqual(before);
  });
});

describe("an e-mail that cannot be handed over", () => {
  it("leaves an invitation that can be sent again, and no token in error or log", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    let token = "";
    mailbox.failure = (request) => {
      token = request.token ?? "";
      return new Error(`550 rejected: ${token}`);
    };
    const error = await refusal(send());
    const inviteId = error.inviteId as string;
    expect(error).toMatchObject({ code: "EMAIL_SEND_FAILED" });
    expect(await get(inviteId)).toMatchObject({ status: "pending" });
    expect(token).toMatch(/^inv_/);
    const said = JSON.stringify([error, log.mock.calls]);
    expect(said).toContain("550 rejected");
    expect(said).not.toContain(token);
    expect(await refusalCode(send())).toBe("DUPLICATE_INVITE");
    mailbox.failure = null;
    await resend(inviteId);
    const grace = await newUser(t, "grace");
    expect(await accept(lastInvitation().token, grace)).toMatchObject({
      inviteId,
    });
    expect(await refusalCode(accept(token, grace))).toBe("INVITE_NOT_FOUND");
  });

  it("is told of a resend, too, and can be repeated", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { inviteId } = await send();
    mailbox.failure = () => new Error("down");
    expect(await refusal(resend(inviteId))).toMatchObject({
      ...{ code: "EMAIL_SEND_FAILED", inviteId },
    });
    mailbox.failure = null;
    await resend(inviteId);
    expect(mailbox.invitations).toHaveLength(2);
  });
});

describe("invite.resend", () => {
  it("sends a new token with a new time; the one before is void", async () => {
    const { inviteId } = await send({ invitedByUserId: ada });
    const first = lastInvitation();
    pass(DAY);
    expect(await resend(inviteId, { redirectTo: "/join" })).toBeNull();
    const second = lastInvitation();
    expect(second).toEqual({
      ...{ ...first, token: second.token },
      ...{ url: `${APP}/join?invite=${second.token}` },
      expires: new Date(START + 8 * DAY),
    });
    expect(second.token).not.toBe(first.token);
    const grace = await newUser(t, "grace");
    expect(await refusalCode(accept(first.token, grace))).toBe(
      "INVITE_NOT_FOUND",
    );
    expect(await accept(second.token, grace)).toMatchObject({ inviteId });
  });

  it("turns an invitation that was shown into one that proves the address", async () => {
    const grace = await newUser(t, "grace", { isProved: false });
    const { inviteId } = await t.mutation((ctx) =>
      auth.invite.create(ctx, { groupId: acme, email: GRACE }),
    );
    await resend(inviteId);
    await accept(lastInvitation().token, grace);
    expect(await t.query((ctx) => auth.user.get(ctx, grace))).toHaveProperty(
      "emailVerificationTime",
    );
  });

  it("and the other way round: a token that `renew` has shown proves nothing", async () => {
    const grace = await newUser(t, "grace", { isProved: false });
    const { inviteId } = await send();
    const { token } = await t.mutation((ctx) =>
      auth.invite.renew(ctx, inviteId),
    );
    await accept(token, grace);
    expect(
      await t.query((ctx) => auth.user.get(ctx, grace)),
    ).not.toHaveProperty("emailVerificationTime");
  });

  it("refuses what is not there, has no address, is not pending, and who may not", async () => {
    const stranger = await newUser(t, "stranger");
    const { inviteId } = await send();
    const link = await t.mutation((ctx) =>
      auth.invite.create(ctx, { groupId: acme }),
    );
    const before = await get(inviteId);
    expect(
      await Promise.all(
        [
          resend("nothing"),
          resend(link.inviteId),
          resend(inviteId, { actorUserId: stranger }),
          resend(inviteId, { redirectTo: "https://evil.example.com/" }),
        ].map(refusalCode),
      ),
    ).toEqual([
      ...["INVITE_NOT_FOUND", "INVALID_PARAMETERS", "FORBIDDEN"],
      "INVALID_REDIRECT",
    ]);
    expect(await get(inviteId)).toEqual(before);
    await t.mutation((ctx) => auth.invite.revoke(ctx, inviteId));
    expect(await refusalCode(resend(inviteId))).toBe("INVITE_NOT_PENDING");
    expect(mailbox.invitations).toHaveLength(1);
  });
});

describe("the limits of sending", () => {
  it("hold for an address: five, then one in ten minutes, with the time to wait", async () => {
    const { inviteId } = await send();
    for (let sent = 1; sent < 5; sent += 1) {
      await resend(inviteId);
    }
    const first = lastInvitation();
    expect(await refusal(resend(inviteId))).toMatchObject({
      ...{ code: "RATE_LIMITED", retryAfterMs: 10 * MINUTE },
    });
    expect(lastInvitation()).toBe(first);
    const grace = await newUser(t, "grace");
    pass(10 * MINUTE);
    await resend(inviteId);
    expect(await refusalCode(accept(first.token, grace))).toBe(
      "INVITE_NOT_FOUND",
    );
  });

  it("hold for who invites, whatever the address and the network", async () => {
    await join(t, acme, await newUser(t, "grace"), "admin");
    const sendOne = (index: number) =>
      send(
        { email: `${index}@example.com`, invitedByUserId: ada },
        t.withRequestMetadata({ ...HOME, ip: `192.0.2.${index}` }),
      );
    for (let sent = 0; sent < 30; sent += 1) {
      await sendOne(sent);
    }
    expect(await refusal(sendOne(30))).toMatchObject({
      ...{ code: "RATE_LIMITED", retryAfterMs: MINUTE },
    });
    expect(mailbox.invitations).toHaveLength(30);
  });
});
