/**
 * A built checkout of this repository, as Convex would run it: the functions of
 * an app and of the component, found by their paths alone. Nothing here depends
 * on how a build is laid out inside.
 */
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  bundleLikeConvex,
  componentEntryPoints,
} from "../evaluation/convexBundle.mjs";

/**
 * @typedef {import("../evaluation/convexBundle.mjs").ModuleGraph} ModuleGraph
 *
 * @typedef {object} Checkout
 * @property {Map<string, ModuleGraph>} component By path: `user/read`.
 * @property {Map<AppId, Map<string, ModuleGraph>>} apps By app, then by path.
 *
 * @typedef {"password" | "passkey"} AppId
 */

const here = fileURLToPath(new URL("./", import.meta.url));

/** Evaluated alone, the unit of all times; in each app beside its own files. */
const emptyEntry = fileURLToPath(
  new URL("../evaluation/entries/empty.mjs", import.meta.url),
);

/** @type {Record<AppId, string[]>} */
const appFiles = {
  password: ["auth", "functions"],
  passkey: ["auth"],
};

/**
 * @returns {Promise<ModuleGraph>}
 */
export async function emptyModule() {
  const graphs = await bundleLikeConvex(path.dirname(emptyEntry), [emptyEntry]);
  return graphs.get(emptyEntry);
}

/**
 * @param {string} root A path that ends in a slash.
 * @returns {Promise<Checkout>}
 */
export async function openCheckout(root) {
  const folder = `${root}dist/component/`;
  const files = componentEntryPoints(folder);
  const component = byPath(
    folder,
    await bundleLikeConvex(folder, files, root),
    files,
  );
  const apps = new Map();
  for (const [app, names] of Object.entries(appFiles)) {
    const appFolder = `${here}apps/${app}/`;
    const entries = names.map((name) => `${appFolder}${name}.mjs`);
    const graphs = await bundleLikeConvex(
      appFolder,
      [...entries, emptyEntry],
      root,
    );
    apps.set(app, byPath(appFolder, graphs, entries));
  }
  return { component, apps };
}

/**
 * @param {string} root
 * @returns {Promise<object>} The component's schema, for the engine.
 */
export async function schemaOf(root) {
  const file = pathToFileURL(`${root}dist/component/schema.js`);
  return (await import(file.href)).default;
}

/**
 * @param {string} folder
 * @param {Map<string, ModuleGraph>} graphs
 * @param {readonly string[]} files
 * @returns {Map<string, ModuleGraph>}
 */
function byPath(folder, graphs, files) {
  return new Map(
    files.map((file) => [
      path.relative(folder, file).replace(/\.m?js$/, ""),
      graphs.get(file),
    ]),
  );
}
