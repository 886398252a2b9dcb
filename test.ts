/**
 * Makes an app's own test suite work with this component, in one line:
 *
 * ```ts
 * import { register } from "convex-gatehouse/test";
 *
 * const t = convexTest(schema, modules);
 * register(t);
 * ```
 */
import type { GenericSchema, SchemaDefinition } from "convex/server";
import componentSchema from "./component/schema.js";

/** The part of `convexTest`'s result that is needed here. */
type ComponentRegistry = {
  registerComponent(
    path: string,
    schema: SchemaDefinition<GenericSchema, boolean>,
    modules: Record<string, () => Promise<unknown>>,
  ): void;
};

/** The component's tables. */
const schema: SchemaDefinition<GenericSchema, boolean> = componentSchema;

// The list is explicit, so that it works without a bundler, too.
const modules: Record<string, () => Promise<unknown>> = {
  "./component/_generated/api.js": () =>
    import("./component/_generated/api.js"),
  "./component/account.js": () => import("./component/account.js"),
  "./component/activeGroup.js": () => import("./component/activeGroup.js"),
  "./component/appSignIn.js": () => import("./component/appSignIn.js"),
  "./component/audit.js": () => import("./component/audit.js"),
  "./component/cleanup.js": () => import("./component/cleanup.js"),
  "./component/codeFactor.js": () => import("./component/codeFactor.js"),
  "./component/crons.js": () => import("./component/crons.js"),
  "./component/group/list.js": () => import("./component/group/list.js"),
  "./component/group/read.js": () => import("./component/group/read.js"),
  "./component/groupAncestors.js": () =>
    import("./component/groupAncestors.js"),
  "./component/groupCleanup.js": () => import("./component/groupCleanup.js"),
  "./component/groupDeletion.js": () => import("./component/groupDeletion.js"),
  "./component/groupWrite.js": () => import("./component/groupWrite.js"),
  "./component/invite/list.js": () => import("./component/invite/list.js"),
  "./component/invite/read.js": () => import("./component/invite/read.js"),
  "./component/inviteAccept.js": () => import("./component/inviteAccept.js"),
  "./component/inviteWrite.js": () => import("./component/inviteWrite.js"),
  "./component/key/list.js": () => import("./component/key/list.js"),
  "./component/key/read.js": () => import("./component/key/read.js"),
  "./component/keyCleanup.js": () => import("./component/keyCleanup.js"),
  "./component/keyExchange.js": () => import("./component/keyExchange.js"),
  "./component/keyLeave.js": () => import("./component/keyLeave.js"),
  "./component/keyUse.js": () => import("./component/keyUse.js"),
  "./component/keyWrite.js": () => import("./component/keyWrite.js"),
  "./component/member/list.js": () => import("./component/member/list.js"),
  "./component/member/read.js": () => import("./component/member/read.js"),
  "./component/memberInherit.js": () => import("./component/memberInherit.js"),
  "./component/memberWrite.js": () => import("./component/memberWrite.js"),
  "./component/oneTimeToken.js": () => import("./component/oneTimeToken.js"),
  "./component/passkey.js": () => import("./component/passkey.js"),
  "./component/passkeyRegister.js": () =>
    import("./component/passkeyRegister.js"),
  "./component/passkeySecondFactor.js": () =>
    import("./component/passkeySecondFactor.js"),
  "./component/passkeySignIn.js": () => import("./component/passkeySignIn.js"),
  "./component/passkeySignUp.js": () => import("./component/passkeySignUp.js"),
  "./component/password.js": () => import("./component/password.js"),
  "./component/permission.js": () => import("./component/permission.js"),
  "./component/redirect.js": () => import("./component/redirect.js"),
  "./component/removal.js": () => import("./component/removal.js"),
  "./component/removalJob.js": () => import("./component/removalJob.js"),
  "./component/role/list.js": () => import("./component/role/list.js"),
  "./component/role/read.js": () => import("./component/role/read.js"),
  "./component/roleWrite.js": () => import("./component/roleWrite.js"),
  "./component/secondFactor.js": () => import("./component/secondFactor.js"),
  "./component/session/end.js": () => import("./component/session/end.js"),
  "./component/session/list.js": () => import("./component/session/list.js"),
  "./component/session/live.js": () => import("./component/session/live.js"),
  "./component/sessionFresh.js": () => import("./component/sessionFresh.js"),
  "./component/sessionRefresh.js": () =>
    import("./component/sessionRefresh.js"),
  "./component/signingKey.js": () => import("./component/signingKey.js"),
  "./component/totp.js": () => import("./component/totp.js"),
  "./component/trustedDevice.js": () => import("./component/trustedDevice.js"),
  "./component/user/list.js": () => import("./component/user/list.js"),
  "./component/user/read.js": () => import("./component/user/read.js"),
  "./component/userPatch.js": () => import("./component/userPatch.js"),
  "./component/userRole.js": () => import("./component/userRole.js"),
};

/**
 * Registers the component.
 *
 * @param t What `convexTest` returned.
 * @param name The name under which the app installed it: `"auth"` by default.
 */
export function register(t: ComponentRegistry, name = "auth"): void {
  t.registerComponent(name, schema, modules);
}

export { modules, schema };
export default { register, modules, schema };
