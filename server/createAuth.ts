import type { GenericDataModel } from "convex/server";
import type { ComponentApi } from "../component/_generated/component.js";
import { accountMethods } from "./account.js";
import { auditMethods } from "./audit.js";
import type { AuthConfig } from "./config.js";
import { httpMethods } from "./http/routes.js";
import { isAuthenticatedQuery } from "./isAuthenticated.js";
import { providerMethods } from "./provider.js";
import { sessionMethods } from "./session.js";
import { signInAction, signOutAction } from "./signIn.js";
import { storeMutation } from "./store.js";
import { userMethods } from "./user.js";

/**
 * Sets up authentication for an app.
 *
 * ```ts
 * export const auth = createAuth(components.auth, { providers: [password()] });
 * export const { signIn, signOut, store, isAuthenticated } = auth;
 * ```
 *
 * @param component `components.auth` of the app.
 * @param config The ways to sign in, settings of sessions, and callbacks.
 * @returns The methods `auth.user.*`, `auth.session.*` …, and the functions
 *   that the app exports from the module that `config.store` names.
 * @throws An `Error` when two providers have one id.
 */
export function createAuth<
  DataModel extends GenericDataModel = GenericDataModel,
>(component: ComponentApi, config: AuthConfig<DataModel>) {
  const settings = config as unknown as AuthConfig;
  refuseDuplicates(settings);
  const user = once(() => userMethods(component));
  const session = once(() => sessionMethods(component));
  const account = once(() => accountMethods(component, settings));
  const provider = once(() => providerMethods(component, settings));
  const audit = once(() => auditMethods(component));
  const http = once(() => httpMethods(component));
  const auth = {
    get user() {
      return user();
    },
    get session() {
      return session();
    },
    get account() {
      return account();
    },
    get provider() {
      return provider();
    },
    get audit() {
      return audit();
    },
    get http() {
      return http();
    },
    signIn: signInAction(component, settings),
    signOut: signOutAction(component),
    store: storeMutation(settings),
    isAuthenticated: isAuthenticatedQuery(component),
  };
  return Object.assign(auth, { auth });
}

/**
 * Makes something when it is first asked for. Convex evaluates an app's module
 * on every call, and each call needs few of the methods.
 */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

function refuseDuplicates({ providers }: AuthConfig): void {
  const ids = providers.map((provider) => provider.id);
  const duplicate = ids.find((id, index) => ids.indexOf(id) !== index);
  if (duplicate !== undefined) {
    throw new Error(
      `createAuth: two providers have the id "${duplicate}"; give one of them another \`id\``,
    );
  }
}
