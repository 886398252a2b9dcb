/**
 * The same look-up as `hook.mjs`, for esbuild.
 */
import { repositoryRoot, resolvedFromRepository } from "./repository.mjs";

/** Marks a look-up of our own, so that the plugin does not answer itself. */
const alreadyRedirected = Symbol("already redirected");

/** @type {import("esbuild").Plugin} */
export const resolveFromRepository = {
  name: "resolve-from-repository",
  setup(build) {
    build.onResolve({ filter: resolvedFromRepository }, (request) => {
      if (request.pluginData === alreadyRedirected) return undefined;
      return build.resolve(request.path, {
        kind: request.kind,
        resolveDir: repositoryRoot,
        pluginData: alreadyRedirected,
      });
    });
  },
};
