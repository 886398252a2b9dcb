import type { GenericDataModel } from "convex/server";
import type { PermissionDefinition } from "./definePermissions.js";
import type { AuthProvider } from "./providers/provider.js";
import { refuse } from "./refuse.js";
import type { AuthSettings } from "./settings.js";

/** What `createAuth` is configured with. */
export type AuthConfig<
  DataModel extends GenericDataModel = GenericDataModel,
  P extends PermissionDefinition = PermissionDefinition,
> = AuthSettings<DataModel, P> & {
  /** The ways to sign in, and second factors. Their ids must differ. */
  providers: AuthProvider[];
};

/**
 * Finds a provider.
 *
 * @throws `PROVIDER_NOT_CONFIGURED` when there is none with this id.
 */
export function findProvider(config: AuthConfig, id: string): AuthProvider {
  const provider = config.providers.find((candidate) => candidate.id === id);
  if (provider === undefined) {
    refuse(
      "PROVIDER_NOT_CONFIGURED",
      "there is no sign-in method with this name; configure it in `createAuth`",
    );
  }
  return provider;
}
