/**
 * `npm test`: runs every layer of tests, installing what is missing first.
 * With names, as in `npm run test:core` or `node scripts/test.mjs core wasm`,
 * only those layers run.
 *
 * Only Node's built-in modules are imported until the packages are installed.
 */
import { runMain } from "./lib/command.mjs";
import { layers } from "./lib/layers.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { ensureRustToolchain } from "./lib/rust.mjs";

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

  const total = { passed: 0, failed: 0 };
  const failures = [];
  for (const layer of layers) {
    if (names.length > 0 && !names.includes(layer.name)) continue;
    console.log(`\n== ${layer.heading} (${layer.name})`);
    const start = performance.now();
    const counts = await layer.run();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `== ${layer.name}: ${counts.passed} passed, ` +
        `${counts.failed} failed, ${seconds} s`,
    );
    total.passed += counts.passed;
    total.failed += counts.failed;
    if (counts.failed > 0) failures.push(layer.name);
  }
  console.log(
    failures.length === 0 ? "\n" : `\nFailed layers: ${failures.join(", ")}`,
  );
  console.log(`${total.passed} passed, ${total.failed} failed`);
  if (failures.length > 0) process.exitCode = 1;
});
