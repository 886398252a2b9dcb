import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PortTakenError } from "../../devserver/index.js";
import { messages } from "./fixture/functions.js";
import { CONVEX_DIRECTORY, resultOf, startFixture } from "./fixture/server.js";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(dirname(CONVEX_DIRECTORY), "copy-"));
  await cp(CONVEX_DIRECTORY, directory, { recursive: true });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe("functions", () => {
  test("are reloaded while clients watch; data stay", async () => {
    const server = await startFixture({ convexDirectory: directory });
    const client = server.liveClient();
    const args = { room: "reload" };
    await client.mutation(messages.send, { ...args, body: "kept" });
    await resultOf(client, messages.list, args, (list) => list.length === 1);
    const changed = resultOf(client, messages.list, args, (list) =>
      list.includes("from new code"),
    );
    await writeFile(
      join(directory, "messages.ts"),
      `import { queryGeneric } from "convex/server";
       export const list = queryGeneric(async (ctx) => [
         "from new code",
         (await ctx.db.query("messages").take(100)).length,
       ]);`,
    );
    await rm(join(directory, "crons.ts"));
    await server.reload();
    expect(await changed).toEqual(["from new code", 2]);
    expect(server.crons.map((cron) => cron.componentPath)).toEqual([
      "recorder",
    ]);
    await server.stop();
  });

  test("that do not build are named when the server starts", async () => {
    await writeFile(join(directory, "broken.ts"), "export const = 1;");
    const started = startFixture({ convexDirectory: directory });
    await expect(started).rejects.toThrow("broken.ts");
  });

  test("that do not build leave the running ones in place", async () => {
    const server = await startFixture({ convexDirectory: directory });
    await writeFile(join(directory, "broken.ts"), "export const = 1;");
    await expect(server.reload()).rejects.toThrow("broken.ts");
    const client = server.httpClient();
    expect(await client.query(messages.list, { room: "none" })).toEqual([]);
    await server.stop();
  });
});

test("a taken port is named", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  const started = startFixture({ port });
  await expect(started).rejects.toBeInstanceOf(PortTakenError);
  await expect(started).rejects.toThrow(`Port ${port} is taken`);
  await new Promise((resolve) => other.close(resolve));
});
