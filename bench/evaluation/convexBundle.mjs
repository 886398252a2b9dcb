/**
 * Bundles function modules as `npx convex deploy` does. The settings are those
 * of the `convex` package (its `bundler/debugBundle.ts`), with the esbuild
 * that it depends on: ESM for browsers, code splitting, syntax and
 * identifiers minified, names kept, whitespace left as it is.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { resolveFromCheckout } from "../resolution/esbuildPlugin.mjs";
import { repositoryRoot } from "../resolution/repository.mjs";

/**
 * What one function call has to evaluate: an entry module and everything that
 * it imports statically.
 *
 * @typedef {object} ModuleGraph
 * @property {string} entry The path of the entry in `sources`.
 * @property {Map<string, string>} sources Source text by path.
 * @property {number} bytes The UTF-8 length of all of them.
 * @property {Map<string, number>} inputs What of the entry's own chunk comes
 *   from which file, in bytes. Imports, exports and the names of files are
 *   nobody's, under the empty name.
 */

/** Convex's stand-ins for `server-only` and `async_hooks` in its isolate. */
const isolateStandIns = {
  name: "isolate-stand-ins",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^(node:)?async_hooks$/ }, ({ path }) => ({
      path,
      namespace: "async-hooks",
    }));
    build.onLoad({ filter: /.*/, namespace: "async-hooks" }, () => ({
      contents: `
        export const AsyncLocalStorage = globalThis.AsyncLocalStorage;
        export const AsyncResource = globalThis.AsyncResource;
        export default { AsyncLocalStorage, AsyncResource };`,
    }));
    build.onResolve({ filter: /^server-only$/ }, ({ path }) => ({
      path,
      namespace: "server-only",
    }));
    build.onLoad({ filter: /.*/, namespace: "server-only" }, () => ({
      contents: "",
    }));
  },
};

/**
 * @param {string} folder The functions folder, of an app or a component.
 * @param {readonly string[]} files Its entry points, as absolute paths.
 * @param {string} [checkout] The root of the build that `convex-gatehouse`
 *   stands for: this repository's, unless another is measured.
 * @returns {Promise<Map<string, ModuleGraph>>} By entry point.
 * @throws when the modules cannot be bundled for Convex's isolate.
 */
export async function bundleLikeConvex(
  folder,
  files,
  checkout = repositoryRoot,
) {
  const result = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: [...files],
    bundle: true,
    platform: "browser",
    format: "esm",
    target: "esnext",
    jsx: "automatic",
    outdir: "out",
    outbase: folder,
    conditions: ["convex", "module"],
    plugins: [isolateStandIns, resolveFromCheckout(checkout)],
    write: false,
    sourcemap: false,
    splitting: true,
    chunkNames: "_deps/[hash]",
    treeShaking: true,
    minifySyntax: true,
    minifyIdentifiers: true,
    minifyWhitespace: false,
    keepNames: true,
    define: { "process.env.NODE_ENV": '"production"' },
    metafile: true,
    logLevel: "silent",
  });
  const texts = new Map(
    result.outputFiles.map((file) => [
      path.relative(repositoryRoot, file.path),
      file.text,
    ]),
  );
  /** @type {Map<string, ModuleGraph>} */
  const graphs = new Map();
  for (const [output, { entryPoint }] of Object.entries(
    result.metafile.outputs,
  )) {
    if (entryPoint === undefined) continue;
    const sources = staticallyImported(output, result.metafile.outputs, texts);
    let bytes = 0;
    for (const text of sources.values()) bytes += Buffer.byteLength(text);
    graphs.set(path.resolve(repositoryRoot, entryPoint), {
      entry: output,
      sources,
      bytes,
      inputs: bytesByInput(result.metafile.outputs[output]),
    });
  }
  return graphs;
}

/**
 * @param {import("esbuild").Metafile["outputs"][string]} output
 * @returns {Map<string, number>} The largest first.
 */
function bytesByInput({ bytes, inputs }) {
  const known = Object.entries(inputs).map(
    /** @returns {[string, number]} */
    ([name, { bytesInOutput }]) => [name, bytesInOutput],
  );
  const rest = known.reduce((left, [, own]) => left - own, bytes);
  return new Map([...known, ["", rest]].sort((a, b) => b[1] - a[1]));
}

/**
 * @param {string} entry
 * @param {import("esbuild").Metafile["outputs"]} outputs
 * @param {Map<string, string>} texts
 */
function staticallyImported(entry, outputs, texts) {
  /** @type {Map<string, string>} */
  const sources = new Map();
  const pending = [entry];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (sources.has(next)) continue;
    sources.set(next, texts.get(next));
    for (const { path, kind, external } of outputs[next].imports) {
      // What is imported dynamically is loaded only by the calls that ask.
      if (kind === "import-statement" && !external) pending.push(path);
    }
  }
  return sources;
}

/**
 * The modules of a built component that Convex deploys, by its rule: every
 * script except `schema`, generated and declaration files and those with a
 * second dot in their name.
 *
 * @param {string} folder
 * @returns {string[]} Absolute paths, sorted.
 */
export function componentEntryPoints(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /^[^.]+\.m?js$/.test(file.name))
    .filter((file) => !/^schema\.m?js$/.test(file.name))
    .map((file) => path.join(file.parentPath ?? file.path, file.name))
    .filter((file) => !path.relative(folder, file).startsWith("_generated"))
    .sort();
}
