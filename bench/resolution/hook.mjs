/**
 * A Node module resolution hook: looks the packages named in
 * `repository.mjs` up from the repository's root.
 */
import { pathToFileURL } from "node:url";
import { repositoryRoot, resolvedFromRepository } from "./repository.mjs";

const parentURL = pathToFileURL(`${repositoryRoot}package.json`).href;

/** @type {import("node:module").ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  return resolvedFromRepository.test(specifier)
    ? nextResolve(specifier, { ...context, parentURL })
    : nextResolve(specifier, context);
}
