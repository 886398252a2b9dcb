/**
 * The same look-up as `hook.mjs`, for esbuild.
 */
import {
  ownPackage,
  repositoryRoot,
  resolvedFromRepository,
} from "./repository.mjs";

/** Marks a look-up of our own, so that the plugin does not answer itself. */
const alreadyRedirected = Symbol("already redirected");

/**
 * @param {string} checkout The root of the build of this package that is
 *   bundled. Convex is the repository's all the same.
 * @returns {import("esbuild").Plugin}
 */
export function resolveFromCheckout(checkout) {
  return {
    name: "resolve-from-checkout",
    setup(build) {
      build.onResolve({ filter: resolvedFromRepository }, (request) => {
        if (request.pluginData === alreadyRedirected) return undefined;
        return build.resolve(request.path, {
          kind: request.kind,
          resolveDir: ownPackage.test(request.path) ? checkout : repositoryRoot,
          pluginData: alreadyRedirected,
        });
      });
    },
  };
}
