/** The example app as it is built for a real deployment. */
import { rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import { freePort } from "./program.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The example app, served. */
export type BuiltApp = {
  /** Where it is. */
  url: string;
  /** Stops it and removes what was built. */
  stop(): Promise<void>;
};

/**
 * Builds the example app and serves it at `localhost`. A browser loads one file
 * in place of hundreds, which is most of what a test would cost otherwise.
 *
 * The app learns from each browser where its functions are, as
 * `globalThis.CONVEX_URL`, because it is built once for many servers.
 */
export async function serveBuiltApp(): Promise<BuiltApp> {
  const example = path.join(root, "example");
  // Of this run alone, because another one may be under way.
  const outDir = path.join(root, ".cache", `example-${process.pid}`);
  const options = {
    root: example,
    logLevel: "error" as const,
    build: { outDir, emptyOutDir: true },
  };
  await build({
    ...options,
    // Stronger than what the environment and `.env.local` say.
    define: { "import.meta.env.VITE_CONVEX_URL": "globalThis.CONVEX_URL" },
  });
  const port = await freePort();
  const server = await preview({
    ...options,
    preview: { host: "localhost", port, strictPort: true },
  });
  return {
    url: `http://localhost:${port}`,
    stop: async () => {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
