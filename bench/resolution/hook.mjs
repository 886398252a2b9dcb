/**
 * Node's module hooks: look the packages named in `repository.mjs` up from the
 * repository's root, and export what is needed of the inside of `convex-test`.
 */
import { pathToFileURL } from "node:url";
import { engineExports, engineModule } from "../engine/internals.mjs";
import { repositoryRoot, resolvedFromRepository } from "./repository.mjs";

const parentURL = pathToFileURL(`${repositoryRoot}package.json`).href;

/** @type {import("node:module").ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  return resolvedFromRepository.test(specifier)
    ? nextResolve(specifier, { ...context, parentURL })
    : nextResolve(specifier, context);
}

/** @type {import("node:module").LoadHook} */
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  return url.endsWith(engineModule)
    ? { ...loaded, source: `${loaded.source}${engineExports}` }
    : loaded;
}
