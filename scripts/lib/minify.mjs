/**
 * Shortens compiled files in place. Convex evaluates an app's modules on every
 * call, and what it does not have to read costs nothing. Source maps lead back
 * to the sources, which are in the package.
 */
import { build } from "esbuild";
import { filesBelow } from "./stamp.mjs";
import { inRoot } from "./paths.mjs";

/**
 * Shortens every JavaScript file below a folder.
 *
 * @param {string} folder Its path from the root.
 */
export async function minifyFolder(folder) {
  await build({
    entryPoints: filesBelow(inRoot(folder), (file) => file.endsWith(".js")).map(
      (file) => inRoot(file),
    ),
    outdir: inRoot(folder),
    outbase: inRoot(folder),
    allowOverwrite: true,
    bundle: false,
    minify: true,
    sourcemap: "linked",
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
}
