/** What TypeScript knows of permissions. `npm run typecheck` checks this. */
import { authFunctions } from "convex-gatehouse/functions";
import {
  createAuth,
  definePermissions,
  type GrantedPermissions,
  type MemberDocument,
} from "convex-gatehouse/server";
import type { FunctionReturnType } from "convex/server";
import { v } from "convex/values";
import { describe, expect, expectTypeOf, it } from "vitest";
import { auth } from "./fixture/convex/auth.js";
import { components } from "./fixture/convex/components.js";
import type { permissions as defined } from "./fixture/convex/permissions.js";
import {
  action,
  type DataModel,
  internalMutation,
  mutation,
  query,
} from "./fixture/convex/server.js";
import type { api } from "./fixture/modules.js";

const { authQuery, authMutation, authAction, adminQuery } = authFunctions(
  auth,
  { query, mutation, action },
);

type CheckContext = Parameters<typeof auth.permission.check>[0];
type WriteContext = Parameters<typeof auth.role.create>[0];

const group = { userId: "u", groupId: "g" };

describe("permissions are typed by what the app has defined", () => {
  it("in questions: an unknown resource, action or connector does not compile", () => {
    expectTypeOf(async (ctx: CheckContext) => {
      const check = (
        ...[context, question]: Parameters<typeof auth.permission.check>
      ) => auth.permission.check(context, question);
      await check(ctx, { ...group, permissions: { project: ["create"] } });
      await check(ctx, { ...group, permissions: { team: ["create"] } });
      await check(ctx, {
        ...{ ...group, connector: "OR" as const },
        permissions: { member: { actions: ["export", "delete"] } },
      });
      // @ts-expect-error There is no such resource.
      await check(ctx, { ...group, permissions: { rocket: ["create"] } });
      // @ts-expect-error The resource has no such action.
      await check(ctx, { ...group, permissions: { project: ["fly"] } });
      // @ts-expect-error Built-in resources have no such action either.
      await check(ctx, { ...group, permissions: { team: ["read"] } });
      // @ts-expect-error A connector is AND or OR.
      await check(ctx, { ...group, permissions: {}, connector: "XOR" });
    }).returns.resolves.toBeVoid();
  });

  it("in roles and in answers, which name nothing else", () => {
    expectTypeOf(async (ctx: WriteContext) => {
      const role = { groupId: "g", role: "pilot" };
      await auth.role.create(ctx, {
        ...{ ...role, permissions: { billing: ["read"] } },
      });
      await auth.role.create(ctx, {
        ...role,
        // @ts-expect-error The resource has no such action.
        permissions: { billing: ["fly"] },
      });
    }).returns.resolves.toBeVoid();
    type Granted = GrantedPermissions<typeof defined>["permissions"];
    expectTypeOf<NonNullable<Granted["billing"]>>().toEqualTypeOf<
      ("read" | "write")[]
    >();
    expectTypeOf<NonNullable<Granted["member"]>>().toEqualTypeOf<
      ("create" | "update" | "delete" | "export")[]
    >();
    expectTypeOf<MemberDocument["roles"]>().toEqualTypeOf<string[]>();
  });

  it("in a definition: a role that allows what is not there does not compile, and throws", () => {
    const resources = { project: ["create"] } as const;
    expect(() =>
      definePermissions({
        resources,
        // @ts-expect-error There is no such resource.
        roles: { pilot: { rocket: ["fly"] } },
      }),
    ).toThrow(/pilot.*fly.*rocket/);
    expect(() =>
      definePermissions({
        resources,
        // @ts-expect-error There is no such action.
        roles: { pilot: { project: ["fly"] } },
      }),
    ).toThrow(/pilot.*fly.*project/);
    for (const name of ["__proto__", "constructor", "toString"]) {
      const roles = { pilot: Object.fromEntries([[name, ["fly"]]]) };
      expect(() => definePermissions({ resources, roles })).toThrow(/fly/);
    }
  });

  it("without a definition, any resource compiles, and built-in ones are known", () => {
    const plain = createAuth(components.auth, { providers: [] });
    expectTypeOf(async (ctx: CheckContext) => {
      const check = (
        ...[context, question]: Parameters<typeof plain.permission.check>
      ) => plain.permission.check(context, question);
      await check(ctx, { ...group, permissions: { team: ["create"] } });
      await check(ctx, { ...group, permissions: { rocket: ["fly"] } });
    }).returns.resolves.toBeVoid();
  });

  it("are found out although the data model is named, if they are, too", () => {
    const named = createAuth<DataModel, typeof defined>(components.auth, {
      providers: [],
    });
    expectTypeOf(named.permission).not.toBeAny();
    type Question = Parameters<typeof named.permission.check>[1];
    type Asked = NonNullable<Question["permissions"]["billing"]>;
    expectTypeOf<("read" | "write")[]>().toExtend<Asked>();
    expectTypeOf<["fly"]>().not.toExtend<Asked>();
  });
});

describe("function builders", () => {
  it("type `ctx` by what is asked of the caller, and arguments by their validators", () => {
    authQuery({
      permissions: "signedIn",
      args: { name: v.string() },
      handler: async (ctx, args) => {
        expectTypeOf(ctx.userId).toEqualTypeOf<string>();
        expectTypeOf(ctx.sessionId).toEqualTypeOf<string>();
        expectTypeOf(ctx).not.toHaveProperty("groupId");
        expectTypeOf(args).toEqualTypeOf<{ name: string }>();
        expectTypeOf(args).not.toBeAny();
        return null;
      },
    });
    authMutation({
      permissions: { project: ["update"] },
      handler: async (ctx, args) => {
        expectTypeOf(ctx.groupId).toEqualTypeOf<string>();
        expectTypeOf(ctx.roles).toEqualTypeOf<string[]>();
        expectTypeOf(ctx.db).not.toBeAny();
        expectTypeOf(args).not.toHaveProperty("groupId");
        await ctx.db.insert("profiles", { userId: "u", nickname: "n" });
        // @ts-expect-error The table has no such field.
        await ctx.db.insert("profiles", { nick: "n" });
        return null;
      },
    });
    authAction({
      permissions: "member",
      handler: async (ctx) => {
        expectTypeOf<(typeof ctx)["runMutation"]>().not.toBeAny();
        expectTypeOf(ctx).not.toHaveProperty("db");
        return ctx.groupId;
      },
    });
    adminQuery({
      handler: async (ctx) => {
        expectTypeOf(ctx.userId).toEqualTypeOf<string>();
        expectTypeOf(ctx).not.toHaveProperty("roles");
        return null;
      },
    });
  });

  it("type the arguments and results of the functions they make", () => {
    type Reference = typeof api.projects;
    type Args<Name extends keyof Reference> = Reference[Name]["_args"];
    expectTypeOf<Args<"rename">>().toEqualTypeOf<{
      nickname: string;
      groupId?: string;
    }>();
    expectTypeOf<Args<"whereAmI">>().toEqualTypeOf<{ groupId?: string }>();
    expectTypeOf<Args<"whoAmI">>().toEqualTypeOf<{ greeting?: string }>();
    expectTypeOf<Args<"bill">>().toEqualTypeOf<{
      amount: number;
      groupId?: string;
    }>();
    expectTypeOf<Args<"clear">>().toEqualTypeOf<{ reason: string }>();
    expectTypeOf<FunctionReturnType<Reference["whereAmI"]>>().toEqualTypeOf<{
      userId: string;
      sessionId: string;
      groupId: string;
      roles: string[];
    }>();
    expectTypeOf<FunctionReturnType<Reference["everybody"]>>().toEqualTypeOf<
      string[]
    >();
    expectTypeOf<Reference["rename"]["_type"]>().toEqualTypeOf<"mutation">();
    expectTypeOf<Reference["bill"]["_visibility"]>().toEqualTypeOf<"public">();
  });

  it("keep the visibility of the builders that they are made of", () => {
    const internal = authFunctions(auth, {
      ...{ query, mutation: internalMutation, action },
    });
    const made = internal.authMutation({
      permissions: "member",
      handler: async () => null,
    });
    expectTypeOf(made).toHaveProperty("isInternal");
    expectTypeOf(made).not.toHaveProperty("isPublic");
    expect(made).toHaveProperty("isInternal", true);
  });

  it("refuse at compile time, too, what asks nothing or something unknown", () => {
    const handler = async () => null;
    expect(() =>
      // @ts-expect-error Permissions are missing.
      authQuery({ handler }),
    ).toThrow(/permissions/);
    expect(() =>
      // @ts-expect-error There is no such level.
      authQuery({ permissions: "everybody", handler }),
    ).toThrow(/permissions/);
    // @ts-expect-error There is no such resource.
    authMutation({ permissions: { rocket: ["fly"] }, handler });
    // @ts-expect-error The resource has no such action.
    authAction({ permissions: { project: ["fly"] }, handler });
    authQuery({
      permissions: "member",
      returns: v.object({ name: v.string() }),
      // @ts-expect-error The result is another one than was declared.
      handler: async () => ({ name: 1 }),
    });
    authQuery({
      permissions: "member",
      args: { name: v.string() },
      // @ts-expect-error There is no such argument.
      handler: async (_ctx, { other }) => String(other),
    });
  });
});
