/**
 * `npm start`: builds what is missing, then runs the embedded server with the
 * example's functions and the example app in front of it.
 *
 * `CONVEX_PORT` (3210) and `APP_PORT` (5173) choose the ports. Ctrl-C stops
 * both.
 *
 * Only Node's built-in modules are imported until the packages are installed.
 */
import { spawn } from "node:child_process";
import { run, runMain } from "./lib/command.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { inRoot, root } from "./lib/paths.mjs";
import { portFrom, requireFreePort } from "./lib/ports.mjs";
import { announceSteps, beginStep } from "./lib/steps.mjs";

/** How long the two servers may take to answer, in milliseconds. */
const startTimeout = 60_000;

runMain(async () => {
  const convexPort = portFrom("CONVEX_PORT", 3210);
  const appPort = portFrom("APP_PORT", 5173);
  if (convexPort === appPort) {
    throw new Error(`CONVEX_PORT and APP_PORT are both ${appPort}`);
  }
  await requireFreePort(convexPort, "127.0.0.1", "CONVEX_PORT");
  await requireFreePort(appPort, "localhost", "APP_PORT");

  announceSteps();
  beginStep("packages");
  await ensurePackages();
  await run(process.execPath, [inRoot("scripts", "build.mjs")]);

  beginStep("servers");
  const convexUrl = `http://127.0.0.1:${convexPort}`;
  // A browser offers passkeys to `localhost`, not to an IP address.
  const appUrl = `http://localhost:${appPort}`;
  const servers = new Servers();
  // It prints its own address when it listens.
  servers.start("the embedded server", [inRoot("devserver", "run.mjs")], {
    CONVEX_PORT: String(convexPort),
    SITE_URL: appUrl,
  });
  servers.start(
    "the example app",
    [
      ...[inRoot("node_modules/vite/bin/vite.js"), "example"],
      ...["--host", "localhost", "--port", String(appPort), "--strictPort"],
      ...["--logLevel", "warn"],
    ],
    { VITE_CONVEX_URL: convexUrl },
  );
  await Promise.all([
    servers.answers(`${convexUrl}/version`),
    servers.answers(appUrl),
  ]);
  console.log(`App: ${appUrl}`);
});

/** The programs that run until this one is stopped. */
class Servers {
  /** @type {import("node:child_process").ChildProcess[]} */
  #children = [];
  #stopping = false;

  constructor() {
    process.on("SIGINT", () => this.#stop(0));
    process.on("SIGTERM", () => this.#stop(0));
  }

  /**
   * Starts a Node program. When it ends by itself, everything ends.
   *
   * @param {string} name What to call it in a message.
   * @param {readonly string[]} args The program and its arguments.
   * @param {NodeJS.ProcessEnv} env Further environment variables.
   */
  start(name, args, env) {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("exit", (code, signal) => {
      if (this.#stopping) return;
      console.error(`error: ${name} ended with ${signal ?? `code ${code}`}`);
      this.#stop(1);
    });
    this.#children.push(child);
  }

  /**
   * Waits until a server answers an HTTP request.
   *
   * @param {string} url What to ask for.
   * @throws {Error} When it does not answer in time.
   */
  async answers(url) {
    const deadline = Date.now() + startTimeout;
    while (Date.now() < deadline) {
      try {
        await fetch(url);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    console.error(`error: ${url} does not answer`);
    this.#stop(1);
  }

  /**
   * Stops every program, waits for them, and ends this process.
   *
   * @param {number} exitCode This process's exit code.
   */
  #stop(exitCode) {
    if (this.#stopping) return;
    this.#stopping = true;
    const running = this.#children.filter(
      (child) => child.exitCode === null && child.signalCode === null,
    );
    const ended = running.map(
      (child) => new Promise((resolve) => child.once("exit", resolve)),
    );
    for (const child of running) child.kill("SIGTERM");
    void Promise.all(ended).then(() => process.exit(exitCode));
  }
}
