import { existsSync, rmSync } from "node:fs";
import { mkdtemp, mkdir, readdir, rm } from "node:fs/promises";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { ModuleExports } from "./instrumentation.js";

/** The modules of an app's functions folder, built and loaded. */
export interface LoadedFunctions {
  /** By path below the folder, without extension. */
  readonly modules: ReadonlyMap<string, ModuleExports>;
  /** Removes what the build wrote. */
  dispose(): Promise<void>;
}

const SOURCE_EXTENSIONS = [".ts", ".tsx", ".js", ".jsx", ".mjs", ".mts"];

// Apps read their environment while their modules load; two loads at once
// would see each other's variables.
let lastLoad: Promise<unknown> = Promise.resolve();

/**
 * Builds an app's functions with esbuild, as Convex does, and loads them.
 * Packages are not bundled: the app and the engine must share `convex`.
 *
 * @param convexDirectory the folder that holds the functions.
 * @param environment what `process.env` holds besides the host's variables
 *   while the modules load.
 * @throws when the folder does not exist or a module does not build or load.
 */
export function loadFunctions(
  convexDirectory: string,
  environment: Readonly<Record<string, string>>,
): Promise<LoadedFunctions> {
  const load = lastLoad.then(() =>
    buildAndImport(convexDirectory, environment),
  );
  lastLoad = load.catch(() => undefined);
  return load;
}

async function buildAndImport(
  convexDirectory: string,
  environment: Readonly<Record<string, string>>,
): Promise<LoadedFunctions> {
  const directory = resolve(convexDirectory);
  const sources = await findSources(directory);
  const cache = join(packageRootOf(directory), ".cache", "devserver");
  await mkdir(cache, { recursive: true });
  const output = await mkdtemp(join(cache, "functions-"));
  removeOnExit(output);
  const dispose = async () => {
    outputs.delete(output);
    await rm(output, { recursive: true, force: true });
  };
  try {
    await build({
      absWorkingDir: directory,
      entryPoints: sources.map((source) => join(directory, source)),
      outbase: directory,
      outdir: output,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      sourcemap: "inline",
      sourcesContent: false,
      logLevel: "silent",
    });
    const modules = await withEnvironment(environment, () =>
      importAll(output, sources),
    );
    return { modules, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** What builds of this process wrote and have not removed yet. */
const outputs = new Set<string>();
let exitIsWatched = false;

function removeOnExit(output: string): void {
  if (!exitIsWatched) {
    exitIsWatched = true;
    process.once("exit", () => {
      for (const path of outputs) {
        rmSync(path, { recursive: true, force: true });
      }
    });
  }
  outputs.add(output);
}

async function importAll(
  output: string,
  sources: string[],
): Promise<Map<string, ModuleExports>> {
  const modules = new Map<string, ModuleExports>();
  for (const source of sources) {
    const path = source.slice(0, -extname(source).length);
    const { href } = pathToFileURL(join(output, `${path}.mjs`));
    const exports = (await import(/* @vite-ignore */ href)) as ModuleExports;
    modules.set(path.split(sep).join("/"), exports);
  }
  return modules;
}

async function withEnvironment<Result>(
  environment: Readonly<Record<string, string>>,
  run: () => Promise<Result>,
): Promise<Result> {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    return await run();
  } finally {
    for (const name of Object.keys(environment)) {
      if (before[name] === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = before[name];
      }
    }
  }
}

/**
 * The files that Convex takes for modules: those with one dot in their name,
 * and `auth.config`. `convex.config` is for the bundler alone.
 */
async function findSources(directory: string): Promise<string[]> {
  const entries = await readdir(directory, {
    recursive: true,
    withFileTypes: true,
  });
  const sources: string[] = [];
  for (const entry of entries) {
    const extension = extname(entry.name);
    const stem = entry.name.slice(0, -extension.length);
    const isModule = !stem.includes(".") || stem === "auth.config";
    if (entry.isFile() && isModule && SOURCE_EXTENSIONS.includes(extension)) {
      sources.push(relative(directory, join(entry.parentPath, entry.name)));
    }
  }
  return sources.filter((source) => !source.startsWith(".")).sort();
}

/** The nearest folder with a `package.json`, where packages resolve from. */
function packageRootOf(directory: string): string {
  let candidate = directory;
  while (!existsSync(join(candidate, "package.json"))) {
    const parent = dirname(candidate);
    if (parent === candidate) {
      return directory;
    }
    candidate = parent;
  }
  return candidate;
}
