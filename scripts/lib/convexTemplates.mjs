/**
 * The templates of the official `convex codegen`, taken from the installed
 * `convex` package at run time, so that what is generated here follows the
 * version in use.
 *
 * The package ships the sources of its command-line interface. They are
 * bundled in memory, without the parts that the templates do not use.
 */
import { builtinModules } from "node:module";
import { build } from "esbuild";
import { importSource, outputText } from "./importSource.mjs";
import { inRoot } from "./paths.mjs";

const templates = inRoot("node_modules/convex/src/cli/codegen_templates");
const bundler = inRoot("node_modules/convex/src/bundler");

const builtin = new Set(builtinModules);

const entry = `
export { componentTS, componentApiTSWithTypes, componentApiDTS, componentApiJs }
  from "${templates}/component_api.ts";
export { componentServerTS } from "${templates}/component_server.ts";
export { serverCodegen } from "${templates}/server.ts";
export {
  dynamicDataModelTS, dynamicDataModelDTS,
  noSchemaDataModelTS, noSchemaDataModelDTS,
} from "${templates}/dataModel.ts";
export { entryPoints } from "${bundler}/index.ts";
export { nodeFs } from "${bundler}/fs.ts";
`;

/**
 * @typedef {(...args: any[]) => any} Template Writes a generated file.
 *
 * @typedef {object} Templates What is taken from the `convex` package.
 * @property {Template} componentTS
 * @property {Template} componentApiTSWithTypes
 * @property {Template} componentApiDTS
 * @property {Template} componentApiJs
 * @property {Template} componentServerTS
 * @property {Template} serverCodegen
 * @property {Template} dynamicDataModelTS
 * @property {Template} dynamicDataModelDTS
 * @property {Template} noSchemaDataModelTS
 * @property {Template} noSchemaDataModelDTS
 * @property {(context: object, folder: string) => Promise<string[]>} entryPoints
 *   Lists the modules of a functions folder.
 * @property {object} nodeFs The file system that they read.
 */

/**
 * Loads the templates.
 *
 * @returns {Promise<Templates>}
 */
export async function loadConvexTemplates() {
  const result = await build({
    stdin: { contents: entry, resolveDir: inRoot(), loader: "ts" },
    ...{ bundle: true, format: "esm", platform: "node", target: "node20" },
    ...{ write: false, treeShaking: true, logLevel: "silent" },
    plugins: [
      {
        name: "packages-of-the-command-line-interface",
        setup(setup) {
          // What the command-line interface uses for terminals, telemetry and
          // parsing is not installed beside it, and the templates need none.
          setup.onResolve({ filter: /^[^./]/ }, (args) =>
            args.kind === "entry-point"
              ? undefined
              : args.path.startsWith("node:") || builtin.has(args.path)
                ? { path: args.path, external: true }
                : { path: args.path, namespace: "absent" },
          );
          setup.onLoad({ filter: /.*/, namespace: "absent" }, () => ({
            contents:
              // Whatever is imported is there and does nothing. esbuild builds
              // the namespace of a module on the module's prototype.
              "const absent = new Proxy(() => absent, {" +
              "get: () => absent, getPrototypeOf: () => absent });" +
              "module.exports = absent;",
            loader: "js",
          }));
        },
      },
    ],
  });
  return importSource(outputText(result), "convexTemplates");
}
