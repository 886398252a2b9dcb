/** The example app as it is built for a real deployment. */
import { rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * Builds the example app and serves it at `localhost`.
 *
 * @param convexUrl Where the app's functions are.
 * @returns A function that stops it and removes what was built.
 */
export async function serveBuiltApp(
  convexUrl: string,
  port: number,
): Promise<() => Promise<void>> {
  const example = path.join(root, "example");
  // Of this run alone, because another one may be under way.
  const outDir = path.join(root, ".cache", `example-${process.pid}`);
  const options = {
    ...{ root: example, logLevel: "error" as const },
    build: { outDir, emptyOutDir: true },
  };
  await build({
    ...options,
    // Stronger than what the environment and `.env.local` say.
    define: { "import.meta.env.VITE_CONVEX_URL": JSON.stringify(convexUrl) },
  });
  const server = await preview({
    ...options,
    preview: { host: "localhost", port, strictPort: true },
  });
  return async () => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
}
