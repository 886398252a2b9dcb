import type { GenericActionCtx } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import { OperationRecorder } from "../../bench/operations/recorder.mjs";
import { deploy, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import type { DataModel } from "./fixture/convex/server.js";
import { join, newGroup, newOrganization, newUser } from "./fixture/groups.js";
import { bearer, GRACE, identityOf, signUp } from "./fixture/people.js";

useFreshApp();

/** What the methods are about. */
type World = {
  ada: string;
  grace: string;
  groupId: string;
  teamId: string;
  memberId: string;
  roleId: string;
  inviteId: string;
  token: string;
  keyId: string;
  raw: string;
  oneTimeToken: string;
};

type Call = (
  ctx: GenericActionCtx<DataModel>,
  world: World,
) => Promise<unknown>;

/** Each method with the component's function that it calls, once. */
const METHODS: Record<string, Call> = {
  "mutation groupWrite:create": (ctx, { ada }) =>
    auth.group.create(ctx, { name: "Other", actorUserId: ada }),
  "query group/read:get": (ctx, { groupId }) => auth.group.get(ctx, groupId),
  "query group/list:list": (ctx) => auth.group.list(ctx, { limit: 2 }),
  "mutation groupWrite:update": (ctx, { ada, groupId }) =>
    auth.group.update(ctx, groupId, { name: "A" }, { actorUserId: ada }),
  "mutation groupDeletion:remove": (ctx, { ada, teamId }) =>
    auth.group.delete(ctx, teamId, { actorUserId: ada }),
  "mutation groupDeletion:restore": (ctx, { groupId }) =>
    auth.group.restore(ctx, groupId).catch(() => null),
  "query removalJob:status": (ctx, { groupId }) =>
    auth.group.deletionStatus(ctx, groupId),
  "query groupAncestors:list": (ctx, { teamId }) =>
    auth.group.ancestors(ctx, { groupId: teamId }),
  "query group/read:counts": (ctx, { groupId }) =>
    auth.group.counts(ctx, groupId),

  "mutation memberWrite:add": (ctx, { ada, grace, groupId }) =>
    auth.member.add(ctx, {
      ...{ groupId, userId: grace, actorUserId: ada, roles: ["viewer"] },
    }),
  "query member/read:get": (ctx, { memberId }) =>
    auth.member.get(ctx, memberId),
  "query member/read:getByUserAndGroup": (ctx, { ada, groupId }) =>
    auth.member.getByUserAndGroup(ctx, { userId: ada, groupId }),
  "query member/list:list": (ctx, { groupId }) =>
    auth.member.list(ctx, { where: { groupId } }),
  "mutation memberWrite:update": (ctx, { ada, memberId }) =>
    auth.member.update(...([ctx, memberId, { role: "editor" }] as const), {
      actorUserId: ada,
    }),
  "mutation memberWrite:remove": (ctx, { ada, memberId }) =>
    auth.member.remove(ctx, memberId, { actorUserId: ada }),
  "mutation memberWrite:leave": (ctx, { ada, groupId }) =>
    auth.member.leave(ctx, { userId: ada, groupId }).catch(() => null),
  "query memberInherit:inherit": (ctx, { ada, groupId: at }) =>
    auth.member.require(ctx, { userId: ada, groupId: at, roles: ["owner"] }),

  "mutation roleWrite:create": (ctx, { ada, groupId }) =>
    auth.role.create(ctx, {
      ...{ groupId, role: "cook", permissions: {}, actorUserId: ada },
    }),
  "query role/read:get": (ctx, { roleId }) => auth.role.get(ctx, roleId),
  "query role/list:list": (ctx, { groupId }) =>
    auth.role.list(ctx, { groupId }),
  "mutation roleWrite:update": (ctx, { roleId }) =>
    auth.role.update(ctx, roleId, { description: "Flies" }),
  "mutation roleWrite:remove": (ctx, { roleId }) =>
    auth.role.delete(ctx, roleId),

  "query permission:check": (ctx, { ada, groupId }) =>
    auth.permission.require(ctx, {
      ...{ userId: ada, groupId, permissions: { project: ["read"] } },
    }),
  "query permission:list": (ctx, { ada, groupId }) =>
    auth.permission.list(ctx, { userId: ada, groupId }),

  "mutation inviteWrite:create": (ctx, { ada, groupId }) =>
    auth.invite.send(ctx, {
      ...{ groupId, invitedByUserId: ada, email: "new@example.com" },
    }),
  "query invite/read:get": (ctx, { inviteId }) =>
    auth.invite.get(ctx, inviteId),
  "query invite/list:list": (ctx, { groupId }) =>
    auth.invite.list(ctx, { where: { groupId } }),
  "mutation inviteAccept:acceptById": (ctx, { grace, inviteId }) =>
    auth.invite.accept(ctx, inviteId, grace),
  "mutation inviteWrite:revoke": (ctx, { ada, inviteId }) =>
    auth.invite.revoke(ctx, inviteId, { actorUserId: ada }),
  "mutation inviteWrite:renew": (ctx, { inviteId }) =>
    auth.invite.resend(ctx, inviteId),
  "query inviteAccept:getByToken": (ctx, { token }) =>
    auth.invite.token.get(ctx, token),
  "mutation inviteAccept:accept": (ctx, { grace, token }) =>
    auth.invite.token.accept(ctx, { token, acceptedByUserId: grace }),

  "mutation keyWrite:create": (ctx, { ada }) =>
    auth.key.create(ctx, {
      ...{ userId: ada, actorUserId: ada, name: "CI", scopes: [] },
    }),
  "mutation keyUse:verify": (ctx, { raw }) => auth.key.verify(ctx, raw),
  "query keyUse:usage": (ctx, { keyId }) => auth.key.usage(ctx, keyId),
  "query key/read:get": (ctx, { keyId }) => auth.key.get(ctx, keyId),
  "query key/list:list": (ctx, { ada }) =>
    auth.key.list(ctx, { where: { userId: ada } }),
  "mutation keyWrite:update": (ctx, { ada, keyId }) =>
    auth.key.update(...([ctx, keyId, { name: "CD" }] as const), {
      actorUserId: ada,
    }),
  "mutation keyWrite:rotate": (ctx, { keyId }) => auth.key.rotate(ctx, keyId),
  "mutation keyWrite:revoke": (ctx, { keyId }) => auth.key.revoke(ctx, keyId),
  "mutation keyWrite:remove": (ctx, { keyId }) => auth.key.remove(ctx, keyId),
  "mutation oneTimeToken:create": (ctx, { ada }) =>
    auth.oneTimeToken.create(ctx, { purpose: "download", userId: ada }),
  "mutation oneTimeToken:verify": (ctx, { oneTimeToken: token }) =>
    auth.oneTimeToken.verify(ctx, { purpose: "download", token }),

  "mutation activeGroup:set": (ctx, { ada, groupId }) =>
    auth.user.setActiveGroup(ctx, { userId: ada, groupId }),
  "query activeGroup:get": (ctx, { ada }) =>
    auth.user.getActiveGroup(ctx, { userId: ada }),
  "mutation userRole:set": (ctx, { ada }) =>
    auth.user.setRole(ctx, { userId: ada, role: "admin" }),
};

/** Methods that call the same functions as others of the same object. */
const SIBLINGS: [string, Call][] = [
  [
    "mutation inviteWrite:create",
    (ctx, { ada, groupId }) =>
      auth.invite.create(ctx, { groupId, invitedByUserId: ada }),
  ],
  [
    "mutation inviteWrite:renew",
    (ctx, { inviteId }) => auth.invite.renew(ctx, inviteId),
  ],
  [
    "query memberInherit:inherit",
    (ctx, { ada, groupId }) =>
      auth.member.inherit(ctx, { userId: ada, groupId }),
  ],
  [
    "query permission:check",
    (ctx, { ada, groupId }) =>
      auth.permission.check(ctx, {
        ...{ userId: ada, groupId, permissions: { project: ["read"] } },
      }),
  ],
  [
    "query removalJob:status",
    (ctx, { ada }) => auth.user.removalStatus(ctx, ada),
  ],
  [
    "query permission:authorize",
    (ctx, { groupId }) =>
      auth.permission.authorize(ctx, { groupId, permissions: "member" }),
  ],
  ["query session/live:isValid", (ctx) => auth.session.require(ctx)],
];

describe("one call of the component for each method", () => {
  let recorder: OperationRecorder;
  let t: ReturnType<typeof deploy>;

  beforeEach(() => {
    recorder = new OperationRecorder();
    t = deploy((modules, component) =>
      recorder.countedModules(modules, component),
    );
  });

  it.each([...Object.entries(METHODS), ...SIBLINGS])(
    "%s",
    async (expected, call) => {
      const tokens = await signUp(t);
      const ada = identityOf(tokens).userId;
      const grace = await newUser(t, GRACE.split("@")[0]!);
      const groupId = await newOrganization(t, ada);
      const teamId = await newGroup(t, groupId, { type: "team" });
      const memberId = await join(t, groupId, await newUser(t, "eve"));
      const made = await t.mutation(async (ctx) => ({
        roleId: await auth.role.create(ctx, {
          ...{ groupId, role: "pilot", permissions: {} },
        }),
        ...(await auth.invite.create(ctx, { groupId, email: GRACE })),
        ...(await auth.key.create(ctx, {
          ...{ userId: ada, name: "Backup", scopes: [] },
        })),
        oneTimeToken: (
          await auth.oneTimeToken.create(ctx, { purpose: "download" })
        ).token,
      }));
      const world = { ada, grace, groupId, teamId, memberId, ...made };
      const caller = bearer(t, tokens);
      const { calls, crossings } = await recorder.record(() =>
        caller.action(async (ctx) => void (await call(ctx, world))),
      );
      expect(calls.map((name) => name.trim())).toEqual([
        expected.replace(" ", " auth/component/"),
      ]);
      expect(crossings).toBe(1);
    },
  );

  it("and there is no method that is not in this list", () => {
    const { group, member, role, permission, invite, key } = auth;
    const groups = [group, member, role, permission, invite, invite.token];
    const methods = [...groups, key, auth.oneTimeToken];
    const names = methods.flatMap((object) =>
      Object.entries<unknown>(object)
        .filter(([, value]) => typeof value === "function")
        .map(([name]) => name)
        // Those of callers with a key's token, who are no callers here.
        .filter((name) => !["caller", "authorizeKey"].includes(name)),
    );
    const users = ["setActiveGroup", "getActiveGroup", "setRole"];
    const ofUsers = [...users, "removalStatus", "session.require"];
    expect(names.length + ofUsers.length).toBe(
      Object.keys(METHODS).length + SIBLINGS.length,
    );
  });
});
