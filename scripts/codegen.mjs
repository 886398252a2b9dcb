/**
 * `npm run codegen`: writes `_generated/` of the component and of the example
 * app, as `npx convex codegen` would. That command needs a deployment to
 * analyse the functions; this one loads them in Node and fills the same
 * templates, which the installed `convex` package ships.
 *
 * `--check` writes nothing and fails when a file is not what it would write.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { runMain } from "./lib/command.mjs";
import { generateForApp, generateForComponent } from "./lib/convexCodegen.mjs";
import { loadConvexTemplates } from "./lib/convexTemplates.mjs";
import { inRoot, root } from "./lib/paths.mjs";

runMain(async () => {
  const check = process.argv.includes("--check");
  const templates = await loadConvexTemplates();
  const differences = [];
  for (const { folder, generate } of [
    { folder: inRoot("component"), generate: generateForComponent },
    { folder: inRoot("example", "convex"), generate: generateForApp },
  ]) {
    if (!existsSync(path.join(folder, "convex.config.ts"))) {
      console.log(`${path.relative(root, folder)}/ has no convex.config.ts`);
      continue;
    }
    const files = await generate(templates, folder);
    differences.push(
      ...(await bringUpToDate(path.join(folder, "_generated"), files, check)),
    );
  }
  for (const difference of differences) console.log(difference);
  if (differences.length === 0) console.log("Generated code is up to date");
  else if (check)
    throw new Error("run `npm run codegen` and commit the result");
});

/**
 * Compares a folder with what it should hold, and corrects it.
 *
 * @param {string} folder Absolute path of a `_generated` folder.
 * @param {Record<string, string>} files Unformatted text by file name.
 * @param {boolean} check Only compare.
 * @returns {Promise<string[]>} A line for each difference.
 */
async function bringUpToDate(folder, files, check) {
  const differences = [];
  if (!check) mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    const formatted = await format(text, { parser: "typescript" });
    if (existsSync(file) && readFileSync(file, "utf8") === formatted) continue;
    const shown = path.relative(root, file);
    differences.push(check ? `${shown} is out of date` : `wrote ${shown}`);
    if (!check) writeFileSync(file, formatted);
  }
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (name in files || name === "ai") continue;
    const file = path.join(folder, name);
    const shown = path.relative(root, file);
    differences.push(check ? `${shown} is obsolete` : `removed ${shown}`);
    if (!check) rmSync(file, { recursive: true });
  }
  return differences;
}
