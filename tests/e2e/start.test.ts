import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { freePort, runUntilExit, startDemo } from "./support/demo.js";

/** Takes a port, as another program would. */
async function occupy(port: number, host: string): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return server;
}

describe("npm start", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it("serves the app and the functions at the addresses it prints", async () => {
    const demo = await startDemo();
    try {
      expect((await fetch(demo.appUrl)).status).toBe(200);
      const keys = await fetch(`${demo.convexUrl}/.well-known/jwks.json`);
      expect(await keys.json()).toEqual({ keys: [] });
    } finally {
      await demo.stop();
    }
  });

  it.each([
    ["CONVEX_PORT", "127.0.0.1"],
    ["APP_PORT", "localhost"],
  ])("says in one line that the port of %s is taken", async (name, host) => {
    const taken = await freePort();
    const other = await freePort();
    servers.push(await occupy(taken, host));
    const run =
      name === "CONVEX_PORT"
        ? await runUntilExit(taken, other)
        : await runUntilExit(other, taken);
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain(String(taken));
    expect(run.output).toContain(name);
    expect(run.output).not.toContain("    at ");
  });
});
