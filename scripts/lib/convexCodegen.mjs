/**
 * The text of a functions folder's `_generated/`: the official templates filled
 * with what the functions' own modules say.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { analyseDefinition, analyseFunctions } from "./convexAnalysis.mjs";

/** The options that `convex.json` leaves at their defaults. */
const apiOptions = { staticApi: false, useComponentApiImports: true };

/**
 * @typedef {import("./convexTemplates.mjs").Templates} Templates
 */

/**
 * Generates for a component package: TypeScript files, with `component.ts` for
 * the apps that install it.
 *
 * @param {Templates} templates
 * @param {string} folder Absolute path of the component.
 * @returns {Promise<Record<string, string>>} Text by file name.
 */
export async function generateForComponent(templates, folder) {
  const definition = await analyseDefinition(folder);
  const modules = await templates.entryPoints(context(templates), folder);
  const files = {
    "dataModel.ts": existsSync(path.join(folder, "schema.ts"))
      ? templates.dynamicDataModelTS()
      : templates.noSchemaDataModelTS(),
    "server.ts": templates.componentServerTS(false, definition.envVars),
    "api.ts": await templates.componentApiTSWithTypes(
      ...templateArguments(templates, folder, definition, {}),
      apiOptions,
    ),
  };
  const functions = await analyseFunctions(folder, modules, files);
  const [ctx, push, rootComponent, component] = templateArguments(
    ...[templates, folder, definition, functions],
  );
  return {
    ...files,
    "component.ts": await templates.componentTS(
      ...[ctx, push, rootComponent, component],
    ),
  };
}

/**
 * Generates for an app: JavaScript files with type declarations.
 *
 * @param {Templates} templates
 * @param {string} folder Absolute path of the functions folder.
 * @returns {Promise<Record<string, string>>} Text by file name.
 */
export async function generateForApp(templates, folder) {
  const definition = await analyseDefinition(folder);
  const server = templates.serverCodegen({
    ...{ useTypeScript: false, envVars: definition.envVars },
  });
  return {
    "dataModel.d.ts": existsSync(path.join(folder, "schema.ts"))
      ? templates.dynamicDataModelDTS()
      : templates.noSchemaDataModelDTS(),
    "server.js": server.JS,
    "server.d.ts": server.DTS,
    "api.js": templates.componentApiJs(),
    "api.d.ts": await templates.componentApiDTS(
      ...templateArguments(templates, folder, definition, {}),
      apiOptions,
    ),
  };
}

/**
 * Puts an analysis into the form in which a deployment answers a push.
 *
 * @param {Templates} templates
 * @param {string} folder Absolute path of the functions folder.
 * @param {Awaited<ReturnType<typeof analyseDefinition>>} definition
 * @param {Awaited<ReturnType<typeof analyseFunctions>>} functions
 * @returns {[object, object, object, object, Map<string, object>]} What the
 *   templates take.
 */
function templateArguments(templates, folder, definition, functions) {
  const directory = { isRoot: true, path: folder };
  const analysis = {
    definition: {
      envVars: definition.envVars,
      childComponents: definition.children.map((child) => ({
        name: child.name,
        path: path.relative(folder, child.folder).split(path.sep).join("/"),
      })),
      exports: publicExports(functions),
    },
    functions,
  };
  return [
    context(templates),
    // The path of the root component is empty.
    { analysis: { "": analysis } },
    directory,
    directory,
    new Map(definition.children.map((child) => [child.folder, child])),
  ];
}

/**
 * What the command-line interface hands to its parts.
 *
 * @param {Templates} templates
 */
function context(templates) {
  return {
    fs: templates.nodeFs,
    crash: (/** @type {{ printedMessage: string }} */ { printedMessage }) =>
      Promise.reject(new Error(printedMessage)),
  };
}

/**
 * Arranges the public functions as a tree of module paths.
 *
 * @param {Awaited<ReturnType<typeof analyseFunctions>>} functions
 */
function publicExports(functions) {
  const tree = new Map();
  for (const [modulePath, module] of Object.entries(functions)) {
    const name = modulePath.replace(/\.js$/, "");
    for (const { name: functionName, visibility } of module.functions) {
      if (visibility.kind !== "public") continue;
      let branch = tree;
      for (const part of name.split("/")) {
        if (!branch.has(part)) branch.set(part, new Map());
        branch = branch.get(part);
      }
      branch.set(functionName, `_reference/function/${name}:${functionName}`);
    }
  }
  /** @type {(value: Map<string, any> | string) => object} */
  const node = (value) =>
    typeof value === "string"
      ? { type: "leaf", leaf: value }
      : {
          type: "branch",
          branch: [...value].map(([key, child]) => [key, node(child)]),
        };
  return node(tree);
}
