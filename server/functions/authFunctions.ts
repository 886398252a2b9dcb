import {
  customAction,
  customMutation,
  customQuery,
} from "convex-helpers/server/customFunctions";
import type {
  ActionBuilder,
  FunctionVisibility,
  GenericDataModel,
  MutationBuilder,
  QueryBuilder,
} from "convex/server";
import { type PropertyValidators, v } from "convex/values";
import type { AuthContext, QueryContext } from "../context.js";
import type { Auth } from "../createAuth.js";
import type { PermissionDefinition } from "../definePermissions.js";
import type { AuthorizeOptions } from "../permission.js";
import { type Connector, requestArguments } from "../permissionRequest.js";
import type { ScopeRequest } from "../scopes.js";
import type { Freshness } from "../session.js";
import type { AuthFunctions } from "./builders.js";

/**
 * A definition inside here. What the app's are like is in `builders.ts`; of the
 * result's validator, the builders of convex-helpers want no type.
 */
type Definition = {
  permissions?: unknown;
  connector?: Connector;
  keys?: unknown;
  fresh?: true | Freshness;
  args?: PropertyValidators;
  returns?: void;
  handler: (ctx: object, args: object) => unknown;
};

/** What is done before a function runs. */
type Gate = {
  args: PropertyValidators;
  input: (
    ctx: AuthContext & QueryContext,
    args: { groupId?: string },
  ) => Promise<{ ctx: object; args: Record<string, never> }>;
};

/**
 * Makes builders of functions that ask something of their callers.
 *
 * ```ts
 * export const { authQuery, authMutation, authAction, adminQuery, adminMutation } =
 *   authFunctions(auth, { query, mutation, action });
 *
 * export const rename = authMutation({
 *   permissions: { project: ["update"] },
 *   args: { projectId: v.id("projects"), name: v.string() },
 *   handler: async (ctx, args) => { … ctx.userId, ctx.groupId, ctx.roles … },
 * });
 * ```
 *
 * Each call of such a function asks the component once; one that wants a fresh
 * session of a member twice.
 *
 * @param auth What `createAuth` has returned.
 * @param builders `query`, `mutation` and `action` of the app's
 *   `_generated/server`, or their internal likes.
 * @returns The builders. They throw an `Error` when a function is defined that
 *   asks nothing of its caller, or wants a fresh session of a key.
 */
export function authFunctions<
  P extends PermissionDefinition,
  DataModel extends GenericDataModel,
  QueryVisibility extends FunctionVisibility,
  MutationVisibility extends FunctionVisibility,
  ActionVisibility extends FunctionVisibility,
>(
  auth: Auth<P>,
  {
    query,
    mutation,
    action,
  }: {
    query: QueryBuilder<DataModel, QueryVisibility>;
    mutation: MutationBuilder<DataModel, MutationVisibility>;
    action: ActionBuilder<DataModel, ActionVisibility>;
  },
): AuthFunctions<
  P,
  DataModel,
  QueryVisibility,
  MutationVisibility,
  ActionVisibility
> {
  const gate = (definition: Definition) => permissionGate(auth, definition);
  const admin = adminGate(auth);
  const builders = {
    authQuery: (definition: Definition) =>
      customQuery(query, gate(definition))(functionOf(definition)),
    authMutation: (definition: Definition) =>
      customMutation(mutation, gate(definition))(functionOf(definition)),
    authAction: (definition: Definition) =>
      customAction(action, gate(definition))(functionOf(definition)),
    adminQuery: (definition: Definition) =>
      customQuery(query, admin)(functionOf(definition)),
    adminMutation: (definition: Definition) =>
      customMutation(mutation, admin)(functionOf(definition)),
  };
  return builders as unknown as ReturnType<
    typeof authFunctions<
      P,
      DataModel,
      QueryVisibility,
      MutationVisibility,
      ActionVisibility
    >
  >;
}

/** The function itself. One without `args` takes none but the gate's. */
function functionOf({ args = {}, returns, handler }: Definition) {
  return { args, returns, handler };
}

function permissionGate<P extends PermissionDefinition>(
  auth: Auth<P>,
  definition: Definition,
): Gate {
  const { permissions, connector } = definition;
  const keys = keyOptions(definition);
  const fresh = freshOption(definition);
  if (permissions === "signedIn") {
    return {
      args: {},
      input: async (ctx) => ({
        ctx:
          (keys && (await auth.key.caller(ctx, keys))) ??
          besideKeys(
            keys,
            fresh === undefined
              ? await auth.session.require(ctx)
              : await auth.session.requireFresh(ctx, fresh),
          ),
        args: {},
      }),
    };
  }
  refuseEmpty(permissions, connector);
  refuseGroupArgument(definition.args);
  const asked = {
    permissions: permissions as AuthorizeOptions<P>["permissions"],
    ...(connector === undefined ? {} : { connector }),
  };
  return {
    args: { groupId: v.optional(v.string()) },
    input: async (ctx, { groupId = null }: { groupId?: string | null }) => {
      const question = { ...asked, groupId };
      const caller =
        (keys &&
          (await auth.permission.authorizeKey(ctx, {
            ...question,
            ...keys,
          }))) ??
        besideKeys(keys, await auth.permission.authorize(ctx, question));
      if (fresh !== undefined) {
        await auth.session.requireFresh(ctx, fresh);
      }
      return { ctx: caller, args: {} };
    },
  };
}

/** A session that calls a function which keys may call, too. */
function besideKeys(keys: KeyOptions | undefined, caller: object): object {
  return keys === undefined ? caller : { ...caller, key: null };
}

/** How fresh a session has to be. No key has proved anything a moment ago. */
function freshOption({ fresh, keys }: Definition): Freshness | undefined {
  if (fresh !== undefined && keys !== undefined) {
    throw new Error(
      "authFunctions: a function with `fresh` cannot have `keys`: it wants a person who has proved who they are",
    );
  }
  return fresh === true ? {} : fresh;
}

/** What is asked of the keys that may call a function; nothing if none may. */
type KeyOptions = { scope?: ScopeRequest };

/**
 * What a definition says of keys. A function that any key could call, whatever
 * it was made for, is a mistake.
 */
function keyOptions({ keys, permissions }: Definition): KeyOptions | undefined {
  if (keys === undefined) {
    return undefined;
  }
  const isRequest = typeof permissions === "object";
  if (keys === true && isRequest) {
    return {};
  }
  const { scope } = keys as { scope?: ScopeRequest };
  if (scope === undefined) {
    throw new Error(
      isRequest
        ? "authFunctions: `keys` must be true, or `{ scope }`"
        : 'authFunctions: `keys` needs `{ scope: { resource, action } }` beside "signedIn" and "member", which say nothing of what a key may be used for',
    );
  }
  return { scope };
}

function adminGate<P extends PermissionDefinition>(auth: Auth<P>): Gate {
  return {
    args: {},
    input: async (ctx) => ({
      ctx: await auth.user.requireAdmin(ctx),
      args: {},
    }),
  };
}

/** A function that asks for nothing would be refused to everybody. */
function refuseEmpty(
  permissions: unknown,
  connector: Connector | undefined,
): void {
  if (permissions === "member") {
    return;
  }
  const isObject = typeof permissions === "object" && permissions !== null;
  const { resources } = isObject
    ? requestArguments(permissions, connector)
    : { resources: [] };
  const isEmpty = resources.some(({ actions }) => actions.length === 0);
  if (resources.length === 0 || isEmpty) {
    throw new Error(
      'authFunctions: say in `permissions` what is asked of the caller: "signedIn", "member", or actions by resource, which must not be empty',
    );
  }
}

function refuseGroupArgument(args: object = {}): void {
  if (argumentNames(args).includes("groupId")) {
    throw new Error(
      "authFunctions: `groupId` is an argument of every function that asks for a membership; read it from `ctx.groupId`",
    );
  }
}

/** The names of all arguments that a validator allows, in any of its forms. */
function argumentNames(args: object): string[] {
  const { kind, fields, members } = args as {
    kind?: unknown;
    fields?: object;
    members?: object[];
  };
  if (kind === "union" && members !== undefined) {
    return members.flatMap(argumentNames);
  }
  return Object.keys(kind === "object" && fields !== undefined ? fields : args);
}
