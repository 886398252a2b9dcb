import type { FunctionArgs } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import { api, deploy, outcome, useFrozenClock } from "./fixture/backend.js";
import {
  add,
  change,
  CONFIG,
  done,
  group,
  join,
  may,
  organization,
  person,
  remove,
} from "./fixture/groups.js";

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

const READ = [{ resource: "project", actions: ["read"] }];
const DELETE = [{ resource: "project", actions: ["delete"] }];
const INVITE = [{ resource: "invitation", actions: ["create"] }];

type NewRole = FunctionArgs<typeof api.roleWrite.create>;

/** Tries to make a role. */
async function create(role: string, fields: Partial<NewRole> = {}) {
  return await t.mutation(api.roleWrite.create, {
    ...{ config: CONFIG, groupId: acme, role, permissions: READ, ...fields },
  });
}

/** Makes a role. */
async function made(role: string, fields: Partial<NewRole> = {}) {
  return done(await create(role, fields)).roleId;
}

type Change = FunctionArgs<typeof api.roleWrite.update>["data"];

async function update(roleId: string, data: Change, actorUserId?: string) {
  return await t.mutation(api.roleWrite.update, {
    ...{ config: CONFIG, roleId, data },
    ...(actorUserId === undefined ? {} : { actorUserId }),
  });
}

async function drop(roleId: string, actorUserId?: string) {
  return await t.mutation(api.roleWrite.remove, {
    ...{ config: CONFIG, roleId },
    ...(actorUserId === undefined ? {} : { actorUserId }),
  });
}

describe("a role of an organization's own", () => {
  it("is made under its name in lower case, and shown", async () => {
    const roleId = await made("Pilot", { description: "flies" });
    expect(await t.query(api.role.read.get, { roleId })).toMatchObject({
      ...{ groupId: acme, role: "pilot", description: "flies" },
      permissions: READ,
    });
  });

  it("allows its members what it says, in the groups below, too", async () => {
    await made("pilot");
    const team = await group(t, acme);
    await join(t, team, grace, ["pilot"]);
    expect(await may(t, grace, team, "project:read")).toBe("allowed");
    expect(await may(t, grace, team, "project:delete")).toBe("FORBIDDEN");
    expect(await may(t, grace, acme, "project:read")).toBe("FORBIDDEN");
  });

  it("allows its members something else at once when it is changed", async () => {
    const roleId = await made("pilot");
    await join(t, acme, grace, ["pilot"]);
    done(await update(roleId, { permissions: DELETE, description: "" }));
    expect(await may(t, grace, acme, "project:read")).toBe("FORBIDDEN");
    expect(await may(t, grace, acme, "project:delete")).toBe("allowed");
    const role = await t.query(api.role.read.get, { roleId });
    expect(role?.description).toBeUndefined();
  });

  it("is unknown in other organizations", async () => {
    await made("pilot");
    const other = await organization(t, ada);
    expect(outcome(await add(t, other, grace, { roles: ["pilot"] }))).toBe(
      "ROLE_NOT_FOUND",
    );
  });

  it("takes no name that is taken, built in, defined by the app or malformed", async () => {
    await made("pilot");
    for (const [role, code] of [
      ["PILOT", "ROLE_ALREADY_EXISTS"],
      ["owner", "ROLE_ALREADY_EXISTS"],
      ["Member", "ROLE_ALREADY_EXISTS"],
      ["developer", "ROLE_ALREADY_EXISTS"],
      ["", "INVALID_PARAMETERS"],
      ["a pilot", "INVALID_PARAMETERS"],
      ["p".repeat(33), "INVALID_PARAMETERS"],
    ] as const) {
      expect(outcome(await create(role)), role).toBe(code);
    }
  });

  it("is made once when two clients do it at the same time", async () => {
    const answers = await Promise.all([create("pilot"), create("pilot")]);
    expect(answers.map(outcome).sort()).toEqual([
      "ROLE_ALREADY_EXISTS",
      "done",
    ]);
  });

  it("allows only what there is", async () => {
    const permissions = [{ resource: "spaceship", actions: ["fly"] }];
    expect(outcome(await create("pilot", { permissions }))).toBe(
      "UNKNOWN_PERMISSION",
    );
  });

  it("belongs to an organization, not to a group below", async () => {
    const team = await group(t, acme);
    expect(outcome(await create("pilot", { groupId: team }))).not.toBe("done");
    expect(outcome(await create("pilot", { groupId: "nonsense" }))).toBe(
      "GROUP_NOT_FOUND",
    );
  });

  it("is not made beyond the limit, and counts again when another is deleted", async () => {
    const config = { ...CONFIG, settings: { roleLimit: 1 } };
    const roleId = await made("pilot", { config });
    expect(outcome(await create("cook", { config }))).toBe(
      "ROLE_LIMIT_REACHED",
    );
    done(await drop(roleId));
    expect(outcome(await create("cook", { config }))).toBe("done");
  });
});

describe("deleting a role", () => {
  it("waits until nobody has it", async () => {
    const roleId = await made("pilot");
    const memberId = await join(t, acme, grace, ["member", "pilot"]);
    expect(outcome(await drop(roleId))).toBe("ROLE_IN_USE");
    done(await change(t, memberId, { roles: ["member"] }));
    expect(outcome(await drop(roleId))).toBe("done");
    expect(await t.query(api.role.read.get, { roleId })).toBeNull();
    expect(outcome(await drop(roleId))).toBe("ROLE_NOT_FOUND");
    expect(outcome(await update(roleId, {}))).toBe("ROLE_NOT_FOUND");
  });

  it("waits for those who are suspended, too, and not for those who are gone", async () => {
    const roleId = await made("pilot");
    const { memberId } = done(
      await add(t, acme, grace, { roles: ["pilot"], status: "suspended" }),
    );
    expect(outcome(await drop(roleId))).toBe("ROLE_IN_USE");
    done(await remove(t, memberId));
    expect(outcome(await drop(roleId))).toBe("done");
  });
});

describe("no role above who makes it", () => {
  beforeEach(async () => {
    await join(t, acme, grace, ["admin"]);
  });

  it("lets an admin make and change what admins hold, and no more", async () => {
    const as = { actorUserId: grace };
    const roleId = await made("greeter", { permissions: INVITE, ...as });
    expect(outcome(await create("pilot", { permissions: READ, ...as }))).toBe(
      "FORBIDDEN",
    );
    expect(outcome(await update(roleId, { permissions: DELETE }, grace))).toBe(
      "FORBIDDEN",
    );
    expect(outcome(await update(roleId, { description: "x" }, grace))).toBe(
      "done",
    );
  });

  it("lets an admin not touch a role that allows more", async () => {
    const roleId = await made("pilot");
    const weaker = await update(roleId, { permissions: INVITE }, grace);
    expect(outcome(weaker)).toBe("FORBIDDEN");
    expect(outcome(await drop(roleId, grace))).toBe("FORBIDDEN");
    expect(outcome(await drop(roleId, ada))).toBe("done");
  });

  it("lets nobody raise themselves by a role that they have", async () => {
    const roleId = await made("greeter", {
      permissions: [
        ...INVITE,
        { resource: "role", actions: ["update", "create"] },
      ],
    });
    const edsger = await person(t, "edsger");
    await join(t, acme, edsger, ["greeter"]);
    expect(outcome(await update(roleId, { permissions: DELETE }, edsger))).toBe(
      "FORBIDDEN",
    );
    const as = { actorUserId: edsger };
    expect(outcome(await create("pilot", { permissions: DELETE, ...as }))).toBe(
      "FORBIDDEN",
    );
  });

  it("lets a plain member and a stranger make none", async () => {
    const edsger = await person(t, "edsger");
    const as = { actorUserId: edsger, permissions: [] };
    expect(outcome(await create("pilot", as))).toBe("FORBIDDEN");
    await join(t, acme, edsger);
    expect(outcome(await create("pilot", as))).toBe("FORBIDDEN");
  });
});

describe("the list of an organization's roles", () => {
  it("comes by name, in pages, and never leaves the organization", async () => {
    for (const role of ["navigator", "cook", "pilot"]) {
      await made(role);
    }
    const other = await organization(t, ada);
    await made("aardvark", { groupId: other });
    const read = async (limit: number, order?: "asc" | "desc") => {
      const names: string[] = [];
      let cursor: string | null = null;
      do {
        const page: {
          items: { role: string }[];
          nextCursor: string | null;
        } = await t.query(api.role.list.list, {
          ...{ groupId: acme, limit, cursor, ...(order && { order }) },
        });
        names.push(...page.items.map((role) => role.role));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return names;
    };
    for (const limit of [1, 2, 10]) {
      expect(await read(limit)).toEqual(["cook", "navigator", "pilot"]);
    }
    expect(await read(2, "desc")).toEqual(["pilot", "navigator", "cook"]);
    const invented = await t.query(api.role.list.list, {
      ...{ groupId: acme, limit: 10, cursor: JSON.stringify(["", 0, ""]) },
    });
    expect(invented.items).toHaveLength(3);
  });

  it("is empty for a deleted organization, and its roles are gone", async () => {
    const roleId = await made("pilot");
    await t.run((ctx) => ctx.db.patch("Group", acme, { deletedTime: 1 }));
    const page = await t.query(api.role.list.list, {
      ...{ groupId: acme, limit: 10, cursor: null },
    });
    expect(page).toEqual({ items: [], nextCursor: null });
    expect(await t.query(api.role.read.get, { roleId })).toBeNull();
  });
});
