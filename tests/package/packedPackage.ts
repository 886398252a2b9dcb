import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import packageJson from "../../package.json" with { type: "json" };
import { generateForApp } from "../../scripts/lib/convexCodegen.mjs";
import { loadConvexTemplates } from "../../scripts/lib/convexTemplates.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

/** Absolute path of the repository's root. */
export const root = path.resolve(here, "../..");

/** The package's manifest. */
export const manifest = packageJson;

/** The package as `npm publish` would send it. */
export interface PackedPackage {
  /** Absolute path of the archive. */
  readonly archive: string;
  /** The files in it, by their paths in the package. */
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Makes a folder outside of the repository, so that nothing of it is found. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(path.join(tmpdir(), `gatehouse-${name}-`));
}

/** Removes a folder made by {@link temporaryFolder}. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Builds and packs the package.
 *
 * @param folder - Where to put the archive.
 */
export function packPackage(folder: string): PackedPackage {
  const options = { cwd: root, encoding: "utf8", stdio: "pipe" } as const;
  execFileSync(process.execPath, ["scripts/build.mjs"], options);
  const output = execFileSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    options,
  );
  const [packed] = Object.values(JSON.parse(output) as object) as {
    filename: string;
    files: { path: string; size: number }[];
  }[];
  if (packed === undefined) throw new Error("npm pack made no archive");
  return { archive: path.join(folder, packed.filename), files: packed.files };
}

/**
 * Installs the packed package into a new app made from `consumer/`, with the
 * other packages linked from this repository, and generates the app's code.
 *
 * @param packed - What to install.
 * @param folder - An empty folder outside of the repository.
 */
export async function installIntoConsumer(
  packed: PackedPackage,
  folder: string,
): Promise<void> {
  cpSync(path.join(here, "consumer"), folder, { recursive: true });
  const modules = path.join(folder, "node_modules");
  const installed = path.join(modules, manifest.name);
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", [
    ...["-xzf", packed.archive, "-C", installed, "--strip-components=1"],
  ]);
  linkPackages(modules);

  const functions = path.join(folder, "convex");
  const files = await generateForApp(await loadConvexTemplates(), functions);
  mkdirSync(path.join(functions, "_generated"));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(functions, "_generated", name), text);
  }
}

/** Links what an app with this package has installed beside it. */
function linkPackages(modules: string): void {
  const source = path.join(root, "node_modules");
  const wanted = [
    ...Object.keys(manifest.peerDependencies),
    ...Object.keys(manifest.dependencies),
    ...["react-dom", "@types/react", "@types/react-dom", "@types/node"],
  ];
  mkdirSync(path.join(modules, "@types"), { recursive: true });
  for (const name of wanted) {
    symlinkSync(path.join(source, name), path.join(modules, name), "junction");
  }
}

/** Lists the names in a folder of an installed package. */
export function listFolder(...parts: string[]): string[] {
  return readdirSync(path.join(...parts));
}
