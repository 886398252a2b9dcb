import { authFunctions } from "convex-gatehouse/functions";
import { makeFunctionReference } from "convex/server";
import { v } from "convex/values";
import { beforeEach, describe, expect, it } from "vitest";
import { OperationRecorder } from "../../bench/operations/recorder.mjs";
import {
  type Caller,
  counts,
  deploy,
  START,
  useFreshApp,
} from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { action, mutation, query } from "./fixture/convex/server.js";
import {
  ban,
  join,
  newGroup,
  newOrganization,
  setSecondFactor,
  setSessionMethods,
} from "./fixture/groups.js";
import { api } from "./fixture/modules.js";
import {
  ADA,
  bearer,
  GRACE,
  identityOf,
  refusal,
  refusalCode,
  signUp,
} from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let recorder: OperationRecorder;
let ada: Caller;
let grace: Caller;
let adaIs: { userId: string; sessionId: string };
let graceIs: { userId: string; sessionId: string };
let acme: string;

async function signedIn(email: string) {
  const tokens = await signUp(t, email);
  const { userId, sessionId } = identityOf(tokens);
  return [bearer(t, tokens), { userId, sessionId }] as const;
}

beforeEach(async () => {
  recorder = new OperationRecorder();
  t = deploy((modules, component) =>
    recorder.countedModules(modules, component),
  );
  [ada, adaIs] = await signedIn(ADA);
  [grace, graceIs] = await signedIn(GRACE);
  acme = await newOrganization(t, adaIs.userId);
});

const projects = api.projects;

const select = (userId: string, groupId: string | null) =>
  t.mutation((ctx) => auth.user.setActiveGroup(ctx, { userId, groupId }));

describe('permissions: "signedIn"', () => {
  it("gives the caller's user and session, and leaves the function its own arguments", async () => {
    expect(await ada.query(projects.whoAmI, { greeting: "hi" })).toEqual({
      ...{ ...adaIs, greeting: "hi" },
    });
    expect(await ada.query(projects.whoAmI, {})).toEqual(adaIs);
  });

  it("takes no group", async () => {
    const withGroup = { groupId: acme } as { greeting?: string };
    await expect(ada.query(projects.whoAmI, withGroup)).rejects.toThrow(
      /groupId/,
    );
  });

  it("refuses who is not signed in, and a session that has ended meanwhile", async () => {
    expect(await refusalCode(t.query(projects.whoAmI, {}))).toBe(
      "NOT_SIGNED_IN",
    );
    await t.mutation((ctx) => auth.session.revoke(ctx, adaIs));
    expect(await refusalCode(ada.query(projects.whoAmI, {}))).toBe(
      "NOT_SIGNED_IN",
    );
  });
});

describe('permissions: "member"', () => {
  it("gives the group and the roles in it, by memberships above, too", async () => {
    const groupId = await newGroup(t, acme);
    await join(t, groupId, adaIs.userId, "viewer");
    expect(await ada.query(projects.whereAmI, { groupId })).toEqual({
      ...{ ...adaIs, groupId, roles: ["viewer", "owner"] },
    });
  });

  it("without a group means the one that the caller has selected, as long as it counts", async () => {
    expect(await refusalCode(ada.query(projects.whereAmI, {}))).toBe(
      "NO_ACTIVE_GROUP",
    );
    const memberId = await join(t, acme, graceIs.userId);
    await select(graceIs.userId, acme);
    const member = { ...graceIs, groupId: acme, roles: ["member"] };
    expect(await grace.query(projects.whereAmI, {})).toEqual(member);
    await t.mutation((ctx) => auth.member.remove(ctx, memberId));
    expect(await refusalCode(grace.query(projects.whereAmI, {}))).toBe(
      "FORBIDDEN",
    );
  });

  it("with a group does not look at the selected one", async () => {
    await select(adaIs.userId, acme);
    const other = await newOrganization(t, graceIs.userId);
    const inOther = { groupId: other };
    expect(await refusalCode(ada.query(projects.whereAmI, inOther))).toBe(
      "FORBIDDEN",
    );
    expect(
      await refusalCode(ada.query(projects.whereAmI, { groupId: "" })),
    ).toBe("FORBIDDEN");
  });
});

describe("permissions by resource", () => {
  const rename = (caller: Caller) =>
    caller.mutation(projects.rename, { groupId: acme, nickname: "Countess" });

  it("let the function run for who has them, and write into the app's tables", async () => {
    await rename(ada);
    expect(await t.run((ctx) => ctx.db.query("profiles").collect())).toEqual([
      expect.objectContaining({ userId: adaIs.userId, nickname: "Countess" }),
    ]);
  });

  it("refuse before the function runs, and nothing is written", async () => {
    await join(t, acme, graceIs.userId, "viewer");
    const before = await counts(t);
    expect(await refusalCode(rename(grace))).toBe("FORBIDDEN");
    expect(await refusalCode(rename(t))).toBe("NOT_SIGNED_IN");
    expect(await counts(t)).toEqual(before);
  });

  it("follow every change of the membership at once", async () => {
    const memberId = await join(t, acme, graceIs.userId, "editor");
    await rename(grace);
    const update = (data: { role?: string; status?: string }) =>
      t.mutation((ctx) => auth.member.update(ctx, memberId, data));
    await update({ role: "viewer" });
    expect(await refusalCode(rename(grace))).toBe("FORBIDDEN");
    await update({ role: "editor" });
    await rename(grace);
    await update({ status: "suspended" });
    expect(await refusalCode(rename(grace))).toBe("FORBIDDEN");
    await update({ status: "active" });
    await rename(grace);
    await t.mutation((ctx) => auth.member.remove(ctx, memberId));
    expect(await refusalCode(rename(grace))).toBe("FORBIDDEN");
  });

  it("refuse a banned user, an ended session, and who lacks the second factor", async () => {
    await join(t, acme, graceIs.userId, "editor");
    const settings = { requireSecondFactor: true };
    await t.mutation((ctx) => auth.group.update(ctx, acme, { settings }));
    expect(await refusalCode(rename(grace))).toBe("SECOND_FACTOR_REQUIRED");
    await setSecondFactor(t, graceIs.userId, START);
    // The user has one, but this session has not proved it.
    expect(await refusalCode(rename(grace))).toBe("SECOND_FACTOR_REQUIRED");
    await setSessionMethods(t, graceIs.sessionId, ["pwd", "otp", "mfa"]);
    await rename(grace);
    await ban(t, graceIs.userId);
    expect(await refusalCode(rename(grace))).toBe("FORBIDDEN");
    await t.mutation((ctx) => auth.session.revoke(ctx, graceIs));
    expect(await refusalCode(rename(grace))).toBe("NOT_SIGNED_IN");
  });

  it("refuse a group that was deleted, from the first moment on", async () => {
    await t.mutation((ctx) => auth.group.delete(ctx, acme));
    expect(await refusalCode(rename(ada))).toBe("FORBIDDEN");
  });

  it("with OR need one of them, in actions, too", async () => {
    const bill = (caller: Caller) =>
      caller.action(projects.bill, { groupId: acme, amount: 3 });
    expect(await bill(ada)).toEqual({
      ...{ ...adaIs, groupId: acme, roles: ["owner"], amount: 3 },
    });
    await join(t, acme, graceIs.userId, "editor");
    expect(await refusalCode(bill(grace))).toBe("FORBIDDEN");
    await t.mutation((ctx) =>
      auth.role.create(ctx, {
        ...{ groupId: acme, role: "clerk", permissions: { billing: ["read"] } },
      }),
    );
    const { _id: memberId } = (await t.query((ctx) =>
      auth.member.getByUserAndGroup(ctx, {
        ...{ userId: graceIs.userId, groupId: acme },
      }),
    ))!;
    await t.mutation((ctx) =>
      auth.member.update(ctx, memberId, { role: "clerk" }),
    );
    expect(await bill(grace)).toMatchObject({ roles: ["clerk"] });
  });
});

describe("functions for administrators", () => {
  const setRole = (role: "admin" | null) =>
    t.mutation((ctx) => auth.user.setRole(ctx, { userId: adaIs.userId, role }));

  it("run for administrators of the app, and for nobody else", async () => {
    expect(await refusalCode(t.query(projects.everybody, {}))).toBe(
      "NOT_SIGNED_IN",
    );
    expect(await refusalCode(ada.query(projects.everybody, {}))).toBe(
      "FORBIDDEN",
    );
    await setRole("admin");
    await ada.mutation(projects.rename, { groupId: acme, nickname: "A" });
    expect(await ada.query(projects.everybody, {})).toEqual([
      ...[adaIs.userId, "A"],
    ]);
    const cleared = ada.mutation(projects.clear, { reason: "tidy" });
    expect(await cleared).toBe(`${adaIs.sessionId}: tidy`);
    await setRole(null);
    expect(await refusalCode(ada.query(projects.everybody, {}))).toBe(
      "FORBIDDEN",
    );
  });

  it("refuse administrators who are banned or whose session has ended", async () => {
    await setRole("admin");
    await ban(t, adaIs.userId);
    const reason = { reason: "x" };
    expect(await refusalCode(ada.mutation(projects.clear, reason))).toBe(
      "FORBIDDEN",
    );
    await t.mutation((ctx) => auth.session.revoke(ctx, adaIs));
    expect(await refusalCode(ada.mutation(projects.clear, reason))).toBe(
      "NOT_SIGNED_IN",
    );
  });
});

describe("one question to the component for each call", () => {
  const crossings = async (call: () => Promise<unknown>) => {
    const cost = await recorder.record(call);
    return cost.calls.filter((name) => name.includes(" auth/component/"));
  };

  it("whatever is asked of the caller", async () => {
    await t.mutation((ctx) =>
      auth.user.setRole(ctx, { userId: adaIs.userId, role: "admin" }),
    );
    await select(adaIs.userId, acme);
    const authorize = ["  query auth/component/permission:authorize"];
    expect(await crossings(() => ada.query(projects.whoAmI, {}))).toEqual([
      "  query auth/component/session/live:isValid",
    ]);
    expect(await crossings(() => ada.query(projects.whereAmI, {}))).toEqual(
      authorize,
    );
    const nickname = { nickname: "A" };
    expect(
      await crossings(() => ada.mutation(projects.rename, nickname)),
    ).toEqual(authorize);
    expect(
      await crossings(() => ada.action(projects.bill, { amount: 1 })),
    ).toEqual(authorize);
    expect(await crossings(() => ada.query(projects.everybody, {}))).toEqual([
      "  query auth/component/userRole:check",
    ]);
  });

  it("also for who is refused by it, and none for who is not signed in", async () => {
    const groupId = acme;
    expect(
      await crossings(() =>
        refusal(grace.query(projects.whereAmI, { groupId })),
      ),
    ).toHaveLength(1);
    expect(
      await crossings(() => refusal(t.query(projects.whereAmI, { groupId }))),
    ).toEqual([]);
    expect(
      await crossings(() => refusal(t.query(projects.everybody, {}))),
    ).toEqual([]);
  });
});

describe("arguments that the function did not declare", () => {
  it("are refused by Convex, as is a group that is no text", async () => {
    const rename = makeFunctionReference<"mutation">("projects:rename");
    const wrong = [
      { groupId: acme, nickname: "A", more: 1 },
      { groupId: acme },
      { groupId: null, nickname: "A" },
      { groupId: ["x"], nickname: "A" },
    ];
    for (const args of wrong) {
      await expect(ada.mutation(rename, args)).rejects.toThrow(/valid|object/i);
    }
  });
});

describe("a definition that asks nothing of its caller", () => {
  const { authQuery, authMutation, authAction } = authFunctions(auth, {
    ...{ query, mutation, action },
  });
  type Permissions = Parameters<typeof authQuery>[0]["permissions"];
  const handler = async () => null;

  const nothing: unknown[] = [
    ...[undefined, null, {}, [], "", "everybody", 1, { project: [] }],
    ...[{ project: { actions: [] } }, { project: ["read"], billing: [] }],
  ];

  it.each(nothing.map((asked) => ({ permissions: asked as Permissions })))(
    "throws while the module is loaded: $permissions",
    ({ permissions }) => {
      for (const define of [authQuery, authMutation, authAction]) {
        expect(() => define({ permissions, handler } as never)).toThrow(
          /permissions/,
        );
      }
    },
  );

  it("throws, too, where a request has another shape or a connector that is none", () => {
    const wrong = [
      { permissions: { project: "read" } },
      { permissions: { project: [1] } },
      { permissions: { project: { actions: ["read"], or: true } } },
      { permissions: { project: ["read"] }, connector: "XOR" },
      { permissions: { project: { actions: ["read"], connector: "or" } } },
    ];
    for (const definition of wrong) {
      expect(() => authQuery({ ...definition, handler } as never)).toThrow();
    }
  });

  it("may not have an argument `groupId` of its own, which would hide the gate's", () => {
    const args = { groupId: v.string() };
    const form = v.object(args);
    const either = v.union(v.object({ name: v.string() }), form);
    for (const own of [args, form, either]) {
      expect(() =>
        authQuery({ permissions: "member", args: own, handler }),
      ).toThrow(/groupId/);
    }
    authQuery({ permissions: "signedIn", args, handler });
  });
});
