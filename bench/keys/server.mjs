/**
 * A process with the repository's development server and the app whose keys
 * are verified over loopback: the load comes from another process, which so
 * has the other processor. Started by `serverProcess.mjs`.
 */
import { rmSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { register } from "convex-gatehouse/test";
import { build } from "esbuild";
import { indexTheEngine } from "../engine/indexedEngine.mjs";
import { Seed } from "../groups/seed.mjs";
import { startClock } from "../interleave.mjs";
import { repositoryRoot } from "../resolution/repository.mjs";

// In the repository, so that the server's packages are found from there.
const serverFile = `${repositoryRoot}.cache/devserver/bench-${process.pid}.mjs`;

/** The server is TypeScript, which not every supported Node runs. */
async function buildServer() {
  await build({
    absWorkingDir: repositoryRoot,
    entryPoints: [`${repositoryRoot}devserver/index.ts`],
    outfile: serverFile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  try {
    return await import(pathToFileURL(serverFile).href);
  } finally {
    rmSync(serverFile, { force: true });
  }
}

indexTheEngine();
const { startDevserver } = await buildServer();
const server = await startDevserver({
  convexDirectory: fileURLToPath(new URL("gatehouseApp/", import.meta.url)),
  port: 0,
  register,
  environment: { SITE_URL: "https://app.example.com" },
  log: () => {},
});
const seed = new Seed(server.t, "auth");
let elapsed = startClock();

/** What the other process may ask for. */
const questions = {
  url: async () => server.url,
  /** @param {number} count */
  users: (count) => seed.users("owner", count),
  /**
   * @param {string[]} keyIds
   * @returns {Promise<{ windowUses: number, quotaUses: number }[][]>} The rows
   *   that count the uses, by key.
   */
  counters: (keyIds) =>
    seed.each(keyIds, (ctx, keyId) =>
      ctx.db
        .query("ApiKeyCounter")
        .withIndex("keyId_shard", (q) => q.eq("keyId", keyId))
        .collect(),
    ),
  startClock: async () => {
    elapsed = startClock();
  },
  /** The milliseconds that this process has worked since then. */
  elapsed: async () => elapsed(),
  stop: async () => {
    await server.stop();
    process.disconnect();
  },
};

process.on("message", async ({ id, question, argument }) => {
  try {
    const answer = await questions[question](argument);
    // Nobody is there to hear that it has stopped.
    if (process.connected) process.send({ id, answer });
  } catch (error) {
    process.send({ id, problem: `${error}` });
  }
});
// A benchmark that was interrupted leaves no server behind.
process.on("disconnect", () => process.exit(0));
