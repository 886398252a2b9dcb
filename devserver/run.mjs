// Starts the development server: `node devserver/run.mjs`, from any folder.
// The server is TypeScript, which not every supported Node runs; building it
// takes a few milliseconds.
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Inside the package, so that its packages and its own entry points resolve.
const output = join(root, ".cache", "devserver", `main-${process.pid}.mjs`);

await build({
  entryPoints: [join(root, "devserver", "main.ts")],
  outfile: output,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
});
process.chdir(root);
process.setSourceMapsEnabled(true);
process.on("exit", () => rmSync(output, { force: true }));
await import(pathToFileURL(output).href);
