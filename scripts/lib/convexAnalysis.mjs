/**
 * What a Convex deployment finds out about a functions folder when it is
 * pushed: its definition (`convex.config.ts`) and its registered functions
 * with their validators. Here it is found out by loading the modules in Node.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { importSource, outputText } from "./importSource.mjs";
import { inRoot } from "./paths.mjs";

const packageName = JSON.parse(
  readFileSync(inRoot("package.json"), "utf8"),
).name;

/**
 * @typedef {object} ChildComponent A component that a definition installs.
 * @property {string} name The name it is installed under.
 * @property {string} folder Absolute path of the component.
 * @property {string} importSpecifier What the definition imports, without the
 *   final `/convex.config`.
 */

/**
 * Evaluates a `convex.config.ts`.
 *
 * @param {string} folder Absolute path of the functions folder.
 * @returns {Promise<{ children: ChildComponent[], envVars: [string, object][] }>}
 *   The components it installs and the environment variables it declares.
 */
export async function analyseDefinition(folder) {
  const result = await build({
    entryPoints: [path.join(folder, "convex.config.ts")],
    ...{ bundle: true, format: "esm", platform: "node", packages: "external" },
    ...{ write: false, logLevel: "silent" },
    plugins: [componentDefinitions()],
  });
  const module = await importSource(outputText(result), "convex.config");
  const { childComponents, envVars } = module.default.export();
  return {
    children: childComponents.map(
      (/** @type {{ name: string, path: string }} */ child) => ({
        name: child.name,
        ...JSON.parse(child.path),
      }),
    ),
    envVars: envVars ?? [],
  };
}

/**
 * Replaces an imported component definition by what the Convex runtime puts in
 * its place: a name and a path. The path carries what `analyseDefinition`
 * wants to know.
 *
 * @returns {import("esbuild").Plugin}
 */
function componentDefinitions() {
  return {
    name: "component-definitions",
    setup(setup) {
      setup.onResolve({ filter: /convex\.config(\.[jt]s)?$/ }, async (args) => {
        if (args.kind === "entry-point" || args.pluginData === "resolve") {
          return undefined;
        }
        // The definition behind a replacement is the file itself.
        if (args.namespace === "component-definition") {
          return { path: args.path };
        }
        // The package's own entry point is its source here, because the
        // published files are built from what is generated now.
        const target = args.path.startsWith(`${packageName}/`)
          ? inRoot("component", "convex.config.ts")
          : (
              await setup.resolve(args.path, {
                ...{ kind: args.kind, resolveDir: args.resolveDir },
                pluginData: "resolve",
              })
            ).path;
        return {
          path: target,
          namespace: "component-definition",
          pluginData: args.path.replace(/\/convex\.config(\.[jt]s)?$/, ""),
        };
      });
      setup.onLoad(
        { filter: /.*/, namespace: "component-definition" },
        (args) => {
          const folder = path.dirname(args.path);
          const info = { folder, importSpecifier: args.pluginData };
          return {
            contents:
              `import definition from ${JSON.stringify(args.path)};\n` +
              `export default { defaultName: definition._name, ` +
              `componentDefinitionPath: ${JSON.stringify(JSON.stringify(info))} };`,
            resolveDir: folder,
          };
        },
      );
    },
  };
}

/**
 * @typedef {object} AnalysedFunction A registered function.
 * @property {string} name Its export's name.
 * @property {"Query" | "Mutation" | "Action"} udfType
 * @property {{ kind: "public" | "internal" }} visibility
 * @property {string} args JSON of the arguments' validator.
 * @property {string} returns JSON of the result's validator, or `"null"`.
 */

/**
 * Loads modules and describes the functions they register.
 *
 * @param {string} folder Absolute path of the functions folder.
 * @param {readonly string[]} modules Absolute paths of its modules.
 * @param {Record<string, string>} generated The text of each generated module
 *   by file name, because the files may not exist yet.
 * @returns {Promise<Record<string, { functions: AnalysedFunction[] }>>} By
 *   module path relative to the folder, ending in `.js`.
 */
export async function analyseFunctions(folder, modules, generated) {
  const names = modules.map((file) =>
    path.relative(folder, file).split(path.sep).join("/"),
  );
  const result = await build({
    stdin: {
      contents: names
        .map((name, index) => `export * as module${index} from "./${name}";`)
        .join("\n"),
      resolveDir: folder,
    },
    ...{ bundle: true, format: "esm", platform: "node", packages: "external" },
    ...{ write: false, logLevel: "silent" },
    plugins: [notBuiltYet(folder, generated)],
  });
  const namespace = await importSource(outputText(result), "functions");
  return Object.fromEntries(
    names.map((name, index) => [
      name.replace(/\.[jt]sx?$/, ".js"),
      { functions: describeFunctions(namespace[`module${index}`]) },
    ]),
  );
}

/**
 * Serves the generated modules from memory, and an empty module in place of
 * each file of the WebAssembly package: registering functions runs neither.
 *
 * @param {string} folder Absolute path of the functions folder.
 * @param {Record<string, string>} generated Text by file name.
 * @returns {import("esbuild").Plugin}
 */
function notBuiltYet(folder, generated) {
  const generatedFolder = path.join(folder, "_generated");
  return {
    name: "not-built-yet",
    setup(setup) {
      setup.onResolve({ filter: /^\.\.?\// }, (args) => {
        const target = path.resolve(args.resolveDir, args.path);
        if (path.dirname(target) === inRoot("pkg")) {
          return { path: target, namespace: "empty" };
        }
        if (path.dirname(target) !== generatedFolder) return undefined;
        const file = path.basename(target).replace(/\.js$/, ".ts");
        return generated[file] === undefined
          ? undefined
          : { path: path.join(generatedFolder, file), namespace: "generated" };
      });
      setup.onLoad({ filter: /.*/, namespace: "empty" }, () => ({
        contents: "module.exports = {};",
        loader: "js",
      }));
      setup.onLoad({ filter: /.*/, namespace: "generated" }, (args) => ({
        contents: generated[path.basename(args.path)] ?? "",
        // Apart from types, they import packages only.
        ...{ loader: "ts", resolveDir: folder },
      }));
    },
  };
}

/**
 * @param {Record<string, any>} module A module's namespace.
 * @returns {AnalysedFunction[]}
 */
function describeFunctions(module) {
  return Object.entries(module).flatMap(([name, value]) => {
    const udfType =
      typeof value !== "function"
        ? undefined
        : value.isQuery
          ? "Query"
          : value.isMutation
            ? "Mutation"
            : value.isAction
              ? "Action"
              : undefined;
    if (udfType === undefined || !(value.isPublic || value.isInternal)) {
      return [];
    }
    return {
      ...{ name, udfType },
      visibility: { kind: value.isPublic ? "public" : "internal" },
      args: inServerOrder(value.exportArgs()),
      returns: inServerOrder(value.exportReturns()),
    };
  });
}

/**
 * Puts the fields of objects in the order in which a deployment gives them
 * back, which keeps them sorted by name.
 *
 * @param {string} validator JSON of a validator.
 * @returns {string} The same with sorted fields.
 */
function inServerOrder(validator) {
  return JSON.stringify(JSON.parse(validator), (_key, value) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
}
