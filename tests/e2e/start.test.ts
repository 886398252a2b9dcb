import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { checkPage } from "./support/accessibility.js";
import { npmStart } from "./support/demo.js";
import { somebody } from "./support/person.js";
import { freePort, startProgram } from "./support/program.js";
import { useBrowser } from "./support/useDemo.js";

/** Takes a port, as another program would. */
async function occupy(port: number, host: string): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return server;
}

describe("npm start", () => {
  const open = useBrowser();
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it("serves the app and the functions at the addresses it prints", async () => {
    const demo = await npmStart();
    onTestFinished(() => demo.stop());
    expect((await fetch(demo.appUrl)).status).toBe(200);
    const keys = await fetch(`${demo.convexUrl}/.well-known/jwks.json`);
    expect(await keys.json()).toEqual({ keys: [] });
    // Nobody has been there yet, which no other test sees.
    const device = await open(demo);
    await device.visit("/outbox");
    await device.reads("No e-mails yet");
    await checkPage(device, "Outbox");
    const ada = somebody("Ada");
    await device.signUp(ada);
    await device.reads(ada.email);
  });

  it.each([
    ["CONVEX_PORT", "127.0.0.1"],
    ["APP_PORT", "localhost"],
  ])("says in one line that the port of %s is taken", async (name, host) => {
    const taken = await freePort();
    const other = await freePort();
    servers.push(await occupy(taken, host));
    const program = startProgram("scripts/start.mjs", {
      CONVEX_PORT: String(other),
      APP_PORT: String(other),
      [name]: String(taken),
    });
    const run = await program.exits();
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain(String(taken));
    expect(run.output).toContain(name);
    expect(run.output).not.toContain("    at ");
  });
});
