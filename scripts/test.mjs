/**
 * `npm test`: runs every layer of tests, installing what is missing first. The
 * layers of Rust and those of Node run at the same time. With names, as in
 * `npm run test:core` or `node scripts/test.mjs core wasm`, only those layers
 * run.
 *
 * Only Node's built-in modules are imported until the packages are installed.
 */
import { runMain } from "./lib/command.mjs";
import { runLanes, summary } from "./lib/lanes.mjs";
import { layers } from "./lib/layers.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { ensureRustToolchain } from "./lib/rust.mjs";
import { StatusArea } from "./lib/statusArea.mjs";
import { shareDependencies } from "./lib/targetCache.mjs";

runMain(async () => {
  const names = process.argv.slice(2);
  const unknown = names.filter(
    (name) => !layers.some((layer) => layer.name === name),
  );
  if (unknown.length > 0) {
    throw new Error(
      `there is no layer ${unknown.join(", ")}; ` +
        `there are ${layers.map((layer) => layer.name).join(", ")}`,
    );
  }
  await ensurePackages();
  await ensureRustToolchain();

  const chosen = layers.filter(
    ({ name }) => names.length === 0 || names.includes(name),
  );
  const saveDependencies = shareDependencies(["debug"]);
  const status = new StatusArea({ interval: 30_000 });
  const results = await runLanes(chosen, status);
  // A part of the layers compiles a part of the dependencies.
  const isWhole = layers.every(
    ({ name, lane }) =>
      lane !== "rust" ||
      results.some(
        (result) => result.name === name && result.counts.failed === 0,
      ),
  );
  if (isWhole) saveDependencies();
  process.stdout.write(summary(results));
  if (results.some(({ counts }) => counts.failed > 0)) process.exitCode = 1;
});
