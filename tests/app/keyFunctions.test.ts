import { authFunctions } from "convex-gatehouse/functions";
import { beforeEach, describe, expect, it } from "vitest";
import { OperationRecorder } from "../../bench/operations/recorder.mjs";
import {
  deploy,
  pass,
  SITE,
  snapshot,
  useFreshApp,
} from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { action, mutation, query } from "./fixture/convex/server.js";
import {
  ban,
  join,
  newGroup,
  newOrganization,
  newUser,
  setSecondFactor,
} from "./fixture/groups.js";
import { keyBearer, newKey } from "./fixture/keys.js";
import { api } from "./fixture/modules.js";
import {
  bearer,
  GRACE,
  identityOf,
  refusalCode,
  signUp,
} from "./fixture/people.js";

useFreshApp();

const { machines } = api;

let t: ReturnType<typeof deploy>;
let recorder: OperationRecorder;
let ada: string;
let acme: string;

beforeEach(async () => {
  recorder = new OperationRecorder();
  t = deploy((modules, component) =>
    recorder.countedModules(modules, component),
  );
  ada = await newUser(t, "ada");
  acme = await newOrganization(t, ada);
});

const scopes = (...actions: string[]) => [{ resource: "project", actions }];

const ofAda = (...actions: string[]) =>
  newKey(t, { userId: ada }, { scopes: scopes(...actions) });

describe("functions that keys may call", () => {
  it("know the key, and the user who owns it, but no session", async () => {
    const { keyId, raw } = await ofAda("read", "update");
    const caller = await keyBearer(t, raw);
    const who = { userId: ada, sessionId: null, keyId };
    expect(await caller.query(machines.whoAmI, {})).toEqual(who);
    expect(await caller.query(machines.whereAmI, { groupId: acme })).toEqual({
      ...who,
      groupId: acme,
      roles: ["owner"],
    });
    expect(
      await caller.mutation(machines.rename, { nickname: "x", groupId: acme }),
    ).toMatchObject({ keyId });
  });

  it("know a session as before, with no key", async () => {
    const tokens = await signUp(t, GRACE);
    const { userId, sessionId } = identityOf(tokens);
    const caller = bearer(t, tokens);
    const who = { userId, sessionId, keyId: null };
    expect(await caller.query(machines.whoAmI, {})).toEqual(who);
    await join(t, acme, userId, "editor");
    expect(
      await caller.mutation(machines.rename, { nickname: "x", groupId: acme }),
    ).toEqual({ ...who, groupId: acme, roles: ["editor"] });
    expect(await refusalCode(t.query(machines.whoAmI, {}))).toBe(
      "NOT_SIGNED_IN",
    );
  });

  it("need what the key is made for, by its token and by its row", async () => {
    const { keyId, raw } = await ofAda("create");
    const narrow = await keyBearer(t, raw);
    const rename = () =>
      refusalCode(
        narrow.mutation(machines.rename, { nickname: "x", groupId: acme }),
      );
    expect(await refusalCode(narrow.query(machines.whoAmI, {}))).toBe(
      "SCOPE_CHECK_FAILED",
    );
    expect(await rename()).toBe("SCOPE_CHECK_FAILED");
    // A token does not grow with its key …
    await t.mutation((ctx) =>
      auth.key.update(ctx, keyId, { scopes: scopes("create", "update") }),
    );
    expect(await rename()).toBe("SCOPE_CHECK_FAILED");
    // … but shrinks with it.
    const wide = await keyBearer(t, raw);
    await t.mutation((ctx) =>
      auth.key.update(ctx, keyId, { scopes: scopes("create") }),
    );
    expect(
      await refusalCode(
        wide.mutation(machines.rename, { nickname: "x", groupId: acme }),
      ),
    ).toBe("SCOPE_CHECK_FAILED");
  });

  it("refuse a token whose key no longer works, at once", async () => {
    const ends: [string, (keyId: string) => Promise<unknown>][] = [
      [
        "API_KEY_DISABLED",
        (keyId) =>
          t.mutation((ctx) => auth.key.update(ctx, keyId, { enabled: false })),
      ],
      [
        "API_KEY_REVOKED",
        (keyId) => t.mutation((ctx) => auth.key.rotate(ctx, keyId)),
      ],
      [
        "INVALID_API_KEY",
        (keyId) => t.mutation((ctx) => auth.key.remove(ctx, keyId)),
      ],
      ["API_KEY_OWNER_INACTIVE", () => ban(t, ada)],
    ];
    for (const [code, end] of ends) {
      const { keyId, raw } = await ofAda("read");
      const caller = await keyBearer(t, raw);
      await end(keyId);
      expect(await refusalCode(caller.query(machines.whoAmI, {}))).toBe(code);
    }
  });

  it("refuse a token whose key has expired", async () => {
    const day = 86_400_000;
    const { raw } = await newKey(
      t,
      { userId: ada },
      { expiresAt: Date.now() + day },
    );
    const caller = await keyBearer(t, raw);
    pass(day);
    expect(await refusalCode(caller.query(machines.whoAmI, {}))).toBe(
      "API_KEY_EXPIRED",
    );
  });
});

describe("a user's key in a group", () => {
  it("does no more than the user may do there, whatever it is made for", async () => {
    const grace = await newUser(t, "grace");
    await join(t, acme, grace, "viewer");
    const { raw } = await newKey(
      t,
      { userId: grace },
      { scopes: scopes("read", "update") },
    );
    const caller = await keyBearer(t, raw);
    const rename = () =>
      caller.mutation(machines.rename, { nickname: "x", groupId: acme });
    const before = await snapshot(t);
    expect(await refusalCode(rename())).toBe("FORBIDDEN");
    const other = await newOrganization(t, ada, { name: "Other" });
    const elsewhere = { groupId: other };
    expect(await refusalCode(caller.query(machines.whereAmI, elsewhere))).toBe(
      "FORBIDDEN",
    );
    expect((await snapshot(t)).profiles).toEqual(before.profiles);
    expect(
      (await caller.query(machines.whereAmI, { groupId: acme })).roles,
    ).toEqual(["viewer"]);
  });

  it("does nothing by the user's being an administrator of the app", async () => {
    const root = await newUser(t, "root");
    await t.mutation((ctx) =>
      auth.user.setRole(ctx, { userId: root, role: "admin" }),
    );
    const { raw } = await newKey(t, { userId: root });
    const caller = await keyBearer(t, raw);
    const inAcme = { groupId: acme };
    expect(await refusalCode(caller.query(machines.whereAmI, inAcme))).toBe(
      "FORBIDDEN",
    );
    expect(await refusalCode(caller.query(api.projects.everybody, {}))).toBe(
      "NOT_SIGNED_IN",
    );
  });

  it("is used in the selected group where none is named, and lacks the factor that the user lacks", async () => {
    const { raw } = await ofAda("read");
    const caller = await keyBearer(t, raw);
    const where = () => caller.query(machines.whereAmI, {});
    expect(await refusalCode(where())).toBe("NO_ACTIVE_GROUP");
    await t.mutation((ctx) =>
      auth.user.setActiveGroup(ctx, { userId: ada, groupId: acme }),
    );
    expect((await where()).groupId).toBe(acme);
    await setSecondFactor(t, ada, Date.now());
    await t.mutation((ctx) =>
      auth.group.update(ctx, acme, { settings: { requireSecondFactor: true } }),
    );
    await setSecondFactor(t, ada, undefined);
    expect(await refusalCode(where())).toBe("SECOND_FACTOR_REQUIRED");
  });
});

describe("a group's key", () => {
  it("is used in the group and in those below, and nowhere else", async () => {
    const team = await newGroup(t, acme);
    const below = await newGroup(t, team);
    const beside = await newGroup(t, acme);
    const { keyId, raw } = await newKey(
      t,
      { groupId: team },
      { actorUserId: ada, scopes: scopes("read", "update") },
    );
    const caller = await keyBearer(t, raw);
    const who = { userId: null, sessionId: null, keyId, roles: [] };
    expect(await caller.query(machines.whereAmI, {})).toEqual({
      ...{ ...who, groupId: team },
    });
    expect(await caller.query(machines.whereAmI, { groupId: below })).toEqual({
      ...{ ...who, groupId: below },
    });
    for (const groupId of [acme, beside, ada, "nonsense"]) {
      expect(
        await refusalCode(caller.query(machines.whereAmI, { groupId })),
      ).toBe("FORBIDDEN");
    }
    await t.mutation((ctx) => auth.group.delete(ctx, below));
    const inBelow = { groupId: below };
    expect(await refusalCode(caller.query(machines.whereAmI, inBelow))).toBe(
      "FORBIDDEN",
    );
    await t.mutation((ctx) => auth.group.delete(ctx, team));
    expect(await refusalCode(caller.query(machines.whereAmI, {}))).toBe(
      "API_KEY_OWNER_INACTIVE",
    );
  });

  it("does what who made it may do at the time", async () => {
    const grace = await newUser(t, "grace");
    const memberId = await join(t, acme, grace, "editor", "admin");
    const { raw } = await newKey(
      t,
      { groupId: acme },
      { actorUserId: grace, scopes: scopes("read", "update") },
    );
    const caller = await keyBearer(t, raw);
    await caller.mutation(machines.rename, { nickname: "x" });
    await t.mutation((ctx) =>
      auth.member.update(ctx, memberId, { roles: ["viewer"] }),
    );
    expect(
      await refusalCode(caller.mutation(machines.rename, { nickname: "y" })),
    ).toBe("SCOPE_CHECK_FAILED");
    expect(await caller.query(machines.whereAmI, {})).toMatchObject({
      groupId: acme,
    });
  });

  it("asks for one of several things where one is enough, in an action", async () => {
    const { raw } = await newKey(
      t,
      { groupId: acme },
      { scopes: [{ resource: "billing", actions: ["write"] }] },
    );
    const caller = await keyBearer(t, raw);
    expect(await caller.action(machines.bill, {})).toEqual(["billing"]);
  });
});

describe("a call with a key's token", () => {
  it("asks the component once, and writes nothing", async () => {
    const { raw } = await ofAda("read", "update");
    const caller = await keyBearer(t, raw);
    const before = await snapshot(t);
    const cost = await recorder.record(() =>
      caller.query(machines.whereAmI, { groupId: acme }),
    );
    expect(cost.calls.filter((name) => name.includes(" auth/"))).toEqual([
      "  query auth/component/keyUse:authorize",
    ]);
    expect(await snapshot(t)).toEqual(before);
  });

  it("counts for nothing if another issuer has made the token", async () => {
    const { keyId } = await ofAda("read");
    const tokens = await signUp(t, GRACE);
    const { subject } = identityOf(tokens);
    const scope = "project:read";
    for (const issuer of ["https://other.example", `${SITE}/`, ""]) {
      const forged = t.withIdentity({
        ...{ subject: `api-key:${keyId}`, issuer, keyId, scope },
      });
      expect(await refusalCode(forged.query(machines.whoAmI, {}))).toBe(
        "NOT_SIGNED_IN",
      );
      const session = t.withIdentity({ subject, issuer });
      expect(await refusalCode(session.query(machines.whoAmI, {}))).toBe(
        "NOT_SIGNED_IN",
      );
      expect(await session.query(api.caller.current, {})).toBeNull();
    }
  });

  it("is refused by auth.key.caller for what it is not made for", async () => {
    const { keyId, raw } = await ofAda("read");
    const caller = await keyBearer(t, raw);
    const asked = (resource: string) =>
      caller.query(async (ctx) => {
        const scope = { resource, action: "read" };
        return (await auth.key.caller(ctx, { scope }))?.key.keyId;
      });
    expect(await asked("project")).toBe(keyId);
    expect(await refusalCode(asked("billing"))).toBe("SCOPE_CHECK_FAILED");
    expect(await t.query((ctx) => auth.key.caller(ctx))).toBeNull();
  });
});

describe("a definition for keys", () => {
  const { authQuery } = authFunctions(auth, { query, mutation, action });
  const handler = () => Promise.resolve(null);

  it.each(["signedIn", "member"] as const)(
    "with %j has to say what keys are made for",
    (permissions) => {
      expect(() => authQuery({ permissions, keys: true, handler })).toThrow(
        /scope/,
      );
    },
  );

  it("has to be one", () => {
    const permissions = { project: ["read"] } as const;
    for (const keys of [{}, { scope: undefined }] as unknown as true[]) {
      expect(() => authQuery({ permissions, keys, handler })).toThrow(/keys/);
    }
  });
});
