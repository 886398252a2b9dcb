import { beforeEach, describe, expect, it, vi } from "vitest";
import { deploy, START, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import {
  ban,
  join,
  newGroup,
  newOrganization,
  newUser,
  setSecondFactor,
} from "./fixture/groups.js";
import { refusalCode } from "./fixture/people.js";

useFreshApp();

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

const select = (userId: string, groupId: string | null) =>
  t.mutation((ctx) => auth.user.setActiveGroup(ctx, { userId, groupId }));

const selected = (userId: string) =>
  t.query((ctx) => auth.user.getActiveGroup(ctx, { userId }));

describe("the group that a user has selected", () => {
  it("is none at first, then the one that was selected, and none after null", async () => {
    expect(await selected(ada)).toBeNull();
    await select(ada, acme);
    expect(await selected(ada)).toBe(acme);
    await select(ada, null);
    expect(await selected(ada)).toBeNull();
    expect(await selected("nobody")).toBeNull();
  });

  it("leaves what the app keeps in the user's `extend` as it is", async () => {
    const extend = { plan: "free", theme: { dark: true } };
    await t.mutation((ctx) => auth.user.patch(ctx, ada, { extend }));
    await select(ada, acme);
    expect(await t.query((ctx) => auth.user.get(ctx, ada))).toMatchObject({
      extend,
    });
  });

  it("can be one in which the user is a member by a group above only", async () => {
    const team = await newGroup(t, acme);
    await select(ada, team);
    expect(await selected(ada)).toBe(team);
  });

  it("is refused for strangers, and where group or user are not there", async () => {
    expect(await refusalCode(select(grace, acme))).toBe("FORBIDDEN");
    expect(await refusalCode(select(ada, "nowhere"))).toBe("GROUP_NOT_FOUND");
    expect(await refusalCode(select("nobody", acme))).toBe("USER_NOT_FOUND");
    expect(await selected(grace)).toBeNull();
  });

  it("is refused without the second factor that is asked for", async () => {
    await t.mutation((ctx) =>
      auth.group.update(ctx, acme, { settings: { requireSecondFactor: true } }),
    );
    expect(await refusalCode(select(ada, acme))).toBe("SECOND_FACTOR_REQUIRED");
    await setSecondFactor(t, ada, START);
    await select(ada, acme);
    expect(await selected(ada)).toBe(acme);
  });

  type End = [string, (memberId: string) => Promise<unknown>];
  const ends: End[] = [
    [
      "removed",
      (memberId) => t.mutation((ctx) => auth.member.remove(ctx, memberId)),
    ],
    [
      "suspended",
      (memberId) =>
        t.mutation((ctx) =>
          auth.member.update(ctx, memberId, { status: "suspended" }),
        ),
    ],
    ["banned", () => ban(t, grace)],
    [
      "without the group, which was deleted",
      () => t.mutation((ctx) => auth.group.delete(ctx, acme)),
    ],
  ];

  it.each(ends)("is none for a member who is %s", async (_name, end) => {
    const memberId = await join(t, acme, grace);
    await select(grace, acme);
    await end(memberId);
    expect(await selected(grace)).toBeNull();
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await selected(grace)).toBeNull();
  });
});

describe("user.setRole", () => {
  const setRole = (userId: string, role: "admin" | null) =>
    t.mutation((ctx) => auth.user.setRole(ctx, { userId, role }));

  it("makes an administrator of the app, who has no rights in groups", async () => {
    await setRole(grace, "admin");
    expect(await t.query((ctx) => auth.user.get(ctx, grace))).toMatchObject({
      role: "admin",
    });
    expect(await refusalCode(select(grace, acme))).toBe("FORBIDDEN");
    const attempt = t.mutation((ctx) =>
      auth.group.delete(ctx, acme, { actorUserId: grace }),
    );
    expect(await refusalCode(attempt)).toBe("FORBIDDEN");
    await setRole(grace, null);
    expect(
      await t.query((ctx) => auth.user.get(ctx, grace)),
    ).not.toHaveProperty("role");
  });

  it("refuses a user who is not there, and other roles", async () => {
    expect(await refusalCode(setRole("nobody", "admin"))).toBe(
      "USER_NOT_FOUND",
    );
    for (const role of ["owner", "", "__proto__"]) {
      expect(await refusalCode(setRole(ada, role as "admin"))).toBe(
        "INVALID_PARAMETERS",
      );
    }
  });

  it("cannot be set by a form that changes the user", async () => {
    const data = { role: "admin" } as object;
    expect(
      await refusalCode(t.mutation((ctx) => auth.user.patch(ctx, ada, data))),
    ).toBe("INVALID_PARAMETERS");
  });
});
