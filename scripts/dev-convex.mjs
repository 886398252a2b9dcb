/**
 * `npm run dev:convex`: runs the example on a real Convex deployment. The
 * official command-line tool asks which one when none is configured yet,
 * pushes the functions at every change, and runs the app beside it.
 */
import { run, runMain } from "./lib/command.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { inRoot } from "./lib/paths.mjs";
import { portFrom } from "./lib/ports.mjs";

runMain(async () => {
  const appPort = portFrom("APP_PORT", 5173);
  await ensurePackages();
  await run(process.execPath, [inRoot("scripts", "build.mjs")]);
  await run(process.execPath, [
    ...[inRoot("node_modules/convex/bin/main.js"), "dev"],
    "--start",
    `npx vite example --host localhost --port ${appPort} --strictPort`,
  ]);
});
