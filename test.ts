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
  "./component/appSignIn.js": () => import("./component/appSignIn.js"),
  "./component/audit.js": () => import("./component/audit.js"),
  "./component/cleanup.js": () => import("./component/cleanup.js"),
  "./component/crons.js": () => import("./component/crons.js"),
  "./component/password.js": () => import("./component/password.js"),
  "./component/redirect.js": () => import("./component/redirect.js"),
  "./component/removal.js": () => import("./component/removal.js"),
  "./component/session.js": () => import("./component/session.js"),
  "./component/sessionRefresh.js": () =>
    import("./component/sessionRefresh.js"),
  "./component/signingKey.js": () => import("./component/signingKey.js"),
  "./component/user.js": () => import("./component/user.js"),
  "./component/userPatch.js": () => import("./component/userPatch.js"),
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
