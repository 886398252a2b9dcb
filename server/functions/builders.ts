import type { Registration } from "convex-helpers/server/customFunctions";
import type {
  FunctionVisibility,
  GenericActionCtx,
  GenericDataModel,
  GenericMutationCtx,
  GenericQueryCtx,
  ReturnValueForOptionalValidator,
} from "convex/server";
import type {
  GenericValidator,
  Infer,
  ObjectType,
  PropertyValidators,
} from "convex/values";
import type { PermissionDefinition } from "../definePermissions.js";
import type { SessionIdentity } from "../identity.js";
import type { KeyCaller } from "../keyCaller.js";
import type { AuthorizedCaller, AuthorizedKey } from "../permission.js";
import type { Connector, PermissionRequest } from "../permissionRequest.js";
import type { ScopeRequest } from "../scopes.js";
import type { Freshness } from "../session.js";

/** No arguments, which is what a definition without `args` takes. */
type NoFields = Record<never, never>;

/** The validator of a function's arguments. */
type ArgumentsValidator = PropertyValidators | GenericValidator;

/** The arguments that a validator describes. */
type Arguments<Validator extends ArgumentsValidator> =
  Validator extends GenericValidator
    ? Infer<Validator>
    : Validator extends PropertyValidators
      ? ObjectType<Validator>
      : never;

/** An object type without intersections, as editors show it best. */
type Flat<Fields> = { [Name in keyof Fields]: Fields[Name] };

/** What is asked of a caller; a request for permissions counts as `member`. */
type Level = "signedIn" | "member";

/** Which API keys may call a function: those that are made for this. */
type KeyOption = { scope: ScopeRequest };

/** What a builder adds to `ctx`, by what the definition asks of the caller. */
type CallerOf<Asked extends Level, Keys> = [Keys] extends [undefined]
  ? SessionOf<Asked>
  : (SessionOf<Asked> & { key: null }) | KeyOf<Asked>;

type SessionOf<Asked extends Level> = [Asked] extends ["signedIn"]
  ? SessionIdentity
  : AuthorizedCaller;

type KeyOf<Asked extends Level> = [Asked] extends ["signedIn"]
  ? KeyCaller
  : AuthorizedKey;

/** The argument that a builder adds to the function's own. */
type GroupArgument<Asked extends Level> = [Asked] extends ["signedIn"]
  ? NoFields
  : {
      /** The group; by default the one that the caller has selected. */
      groupId?: string;
    };

/** The parts of a definition that every Convex function has. */
type Definition<
  Context,
  Validator extends ArgumentsValidator,
  Returns,
  Value,
> = {
  /** The validators of the arguments. None means no arguments. */
  args?: Validator;
  /** The validator of the result. */
  returns?: Returns;
  /** What the function does, once the caller may call it. */
  handler: (ctx: Context, args: Flat<Arguments<Validator>>) => Value;
};

/**
 * Defines a function that asks something of its caller, before it runs:
 *
 * - `permissions: "signedIn"`: a session that goes on. `ctx` gets `userId` and
 *   `sessionId`.
 * - `permissions: "member"`: and a membership in a group. The function takes
 *   `groupId` besides its own arguments; if it is missing, it is the group that
 *   the caller has selected. `ctx` gets `groupId` and `roles`, too.
 * - `permissions: { project: ["create"] }`: and these permissions in the group.
 *
 * With `keys: true`, API keys may call the function, too, with the tokens for
 * which they were exchanged, if they are made for what `permissions` names;
 * beside `"signedIn"` and `"member"`, `keys: { scope }` says what they have to be
 * made for. `ctx.key` is then the key, or `null` in a session; with a key,
 * `ctx.sessionId` is `null`, and `ctx.userId` as well if a group owns it.
 *
 * With `fresh`, the caller has to have proved a moment ago who they are
 * (`auth.session.requireFresh`), and keys cannot call it.
 *
 * The function refuses with `NOT_SIGNED_IN`,
 * `SECOND_FACTOR_ENROLLMENT_REQUIRED`, `NO_ACTIVE_GROUP`, `FORBIDDEN`,
 * `SECOND_FACTOR_REQUIRED` or `STEP_UP_REQUIRED`, and keys with `SCOPE_CHECK_FAILED`,
 * `INVALID_API_KEY`, `API_KEY_DISABLED`, `API_KEY_REVOKED`, `API_KEY_EXPIRED` or
 * `API_KEY_OWNER_INACTIVE`.
 */
export type AuthBuilder<
  Kind extends "query" | "mutation" | "action",
  Context,
  Visibility extends FunctionVisibility,
  P extends PermissionDefinition,
> = <
  Value extends ReturnValueForOptionalValidator<Returns>,
  Asked extends Level = "member",
  Validator extends ArgumentsValidator = NoFields,
  Returns extends ArgumentsValidator | void = void,
  Keys extends true | KeyOption | undefined = undefined,
>(
  definition: Definition<
    Context & CallerOf<Asked, Keys>,
    Validator,
    Returns,
    Value
  > & {
    /** What is asked of the caller. */
    permissions: Asked | PermissionRequest<P>;
    /** How several resources are needed. */
    connector?: Connector;
    /** Whether API keys may call it; none may when missing. */
    keys?: Keys;
    /** How fresh the session has to be; any does when missing. */
    fresh?: true | Freshness;
  },
) => Registration<
  Kind,
  Visibility,
  Flat<Arguments<Validator> & GroupArgument<Asked>>,
  Value
>;

/**
 * Defines a function for administrators of the app (`auth.user.setRole`).
 * `ctx` gets `userId` and `sessionId`. The function refuses with
 * `NOT_SIGNED_IN` or `FORBIDDEN`.
 */
export type AdminBuilder<
  Kind extends "query" | "mutation",
  Context,
  Visibility extends FunctionVisibility,
> = <
  Value extends ReturnValueForOptionalValidator<Returns>,
  Validator extends ArgumentsValidator = NoFields,
  Returns extends ArgumentsValidator | void = void,
>(
  definition: Definition<Context & SessionIdentity, Validator, Returns, Value>,
) => Registration<Kind, Visibility, Flat<Arguments<Validator>>, Value>;

/** What `authFunctions` returns. */
export type AuthFunctions<
  P extends PermissionDefinition,
  DataModel extends GenericDataModel,
  QueryVisibility extends FunctionVisibility,
  MutationVisibility extends FunctionVisibility,
  ActionVisibility extends FunctionVisibility,
> = {
  /** Defines a query that asks something of its caller. */
  authQuery: AuthBuilder<
    "query",
    GenericQueryCtx<DataModel>,
    QueryVisibility,
    P
  >;
  /** Defines a mutation that asks something of its caller. */
  authMutation: AuthBuilder<
    "mutation",
    GenericMutationCtx<DataModel>,
    MutationVisibility,
    P
  >;
  /** Defines an action that asks something of its caller. */
  authAction: AuthBuilder<
    "action",
    GenericActionCtx<DataModel>,
    ActionVisibility,
    P
  >;
  /** Defines a query for administrators of the app. */
  adminQuery: AdminBuilder<
    "query",
    GenericQueryCtx<DataModel>,
    QueryVisibility
  >;
  /** Defines a mutation for administrators of the app. */
  adminMutation: AdminBuilder<
    "mutation",
    GenericMutationCtx<DataModel>,
    MutationVisibility
  >;
};
