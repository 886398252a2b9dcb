import { ConvexReactClient } from "convex/react";
import { ConvexError } from "convex/values";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messages, people } from "./fixture/functions.js";
import {
  clientOptions,
  resultOf,
  startFixture,
  type FixtureServer,
} from "./fixture/server.js";

let server: FixtureServer;
beforeAll(async () => {
  server = await startFixture();
});
afterAll(() => server.stop());

describe("live queries", () => {
  test("both of two clients see a mutation of one", async () => {
    const [first, second] = [server.liveClient(), server.liveClient()];
    const args = { room: "two" };
    const seen = [first, second].map((client) =>
      resultOf(client, messages.list, args, (list) => list.length === 1),
    );
    await resultOf(second, messages.list, args, (list) => list.length === 0);
    await first.mutation(messages.send, { ...args, body: "hello" });
    expect(await Promise.all(seen)).toEqual([["hello"], ["hello"]]);
  });

  test("a mutation has been shown when its promise resolves", async () => {
    const client = server.liveClient();
    const args = { room: "own" };
    let shown: string[] = [];
    client.onUpdate(messages.list, args, (list) => (shown = list));
    for (const body of ["1", "2", "3"]) {
      await client.mutation(messages.send, { ...args, body });
      expect(shown.at(-1)).toBe(body);
    }
  });

  test("writes of actions, HTTP calls and the engine reach clients", async () => {
    const client = server.liveClient();
    const args = { room: "all" };
    const all = resultOf(
      client,
      messages.list,
      args,
      (list) => list.length === 3,
    );
    await client.action(messages.sendFromAction, { ...args, body: "a" });
    await server.httpClient().mutation(messages.send, { ...args, body: "b" });
    await server.t.run(async (ctx) => {
      await ctx.db.insert("messages", { ...args, body: "c" });
    });
    expect(await all).toEqual(["a", "b", "c"]);
  });

  test("writes of a component reach the app's queries", async () => {
    const client = server.liveClient();
    const counts: number[] = [];
    client.onUpdate(people.origins, {}, (count) => counts.push(count));
    const [before] = [
      await resultOf(client, people.origins, {}, () => true),
      // The server has nothing left to do for this client.
      await client.mutation(messages.send, { room: "quiet", body: "1" }),
    ];
    const other = server.liveClient();
    await other.action(people.recordOrigin, {});
    await resultOf(client, people.origins, {}, (count) => count > before);
    expect(counts).toEqual([before, before + 1]);
  });

  test("a hundred mutations at once all arrive, in order", async () => {
    const client = server.liveClient();
    const watcher = server.liveClient();
    const args = { room: "hundred" };
    const all = resultOf(
      watcher,
      messages.list,
      args,
      (list) => list.length === 100,
    );
    const bodies = Array.from({ length: 100 }, (_, index) => String(index));
    await Promise.all(
      bodies.map((body) => client.mutation(messages.send, { ...args, body })),
    );
    expect(await all).toEqual(bodies);
  });

  test("many clients that come, write and go stay consistent", async () => {
    const args = { room: "many" };
    const writers = Array.from({ length: 10 }, () => server.liveClient());
    const watcher = server.liveClient();
    const lengths: number[] = [];
    watcher.onUpdate(messages.list, args, (list) => lengths.push(list.length));
    const all = resultOf(
      watcher,
      messages.list,
      args,
      (list) => list.length === 100,
    );
    await Promise.all(
      writers.map(async (client, writer) => {
        for (let index = 0; index < 10; index += 1) {
          const body = `${writer}/${index}`;
          await client.mutation(messages.send, { ...args, body });
          const own = await client.query(messages.list, args);
          expect(own).toContain(body);
        }
      }),
    );
    expect(new Set(await all).size).toBe(100);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  });

  test("a query that did not read the written table is not run again", async () => {
    const client = server.liveClient();
    const args = { room: "same" };
    await resultOf(client, messages.list, args, () => true);
    let updates = 0;
    client.onUpdate(messages.environment, {}, () => (updates += 1));
    await client.mutation(messages.send, { ...args, body: "x" });
    await client.mutation(messages.send, { ...args, body: "y" });
    expect(updates).toBe(1);
  });

  test("a page keeps its end when rows are added before it", async () => {
    const client = server.liveClient();
    const args = { paginationOpts: { numItems: 1, cursor: null } };
    const pageOf = (length: number) =>
      resultOf(
        client,
        messages.page,
        args,
        ({ page }) => page.length === length,
      );
    await client.mutation(messages.send, { room: "pages", body: "old" });
    client.onUpdate(messages.page, args, () => undefined);
    await pageOf(1);
    const grown = pageOf(2);
    await client.mutation(messages.send, { room: "pages", body: "new" });
    const { page } = await grown;
    expect(page.map(({ body }) => body)).toEqual(["new", "old"]);
  });

  test("ConvexReactClient's watchQuery follows a mutation", async () => {
    const client = new ConvexReactClient(server.url, clientOptions);
    const args = { room: "react" };
    const watch = client.watchQuery(messages.list, args);
    const updated = new Promise<void>((resolve) => {
      watch.onUpdate(() => {
        if (watch.localQueryResult()?.length === 1) {
          resolve();
        }
      });
    });
    await client.mutation(messages.send, { ...args, body: "hi" });
    await updated;
    expect(watch.localQueryResult()).toEqual(["hi"]);
    expect(await client.query(messages.list, args)).toEqual(["hi"]);
    await client.close();
  });
});

describe("errors", () => {
  test("ConvexError keeps its data in mutations, queries and actions", async () => {
    const live = server.liveClient();
    const http = server.httpClient();
    const data = { code: "REFUSED", retryAfterMs: 5 };
    for (const client of [live, http]) {
      const refused = client.mutation(messages.refuse, {});
      await expect(refused).rejects.toBeInstanceOf(ConvexError);
      await expect(refused).rejects.toMatchObject({ data });
      await expect(
        client.query(messages.refuseQuery, {}),
      ).rejects.toMatchObject({ data: { code: "REFUSED" } });
      await expect(
        client.action(messages.refuseAction, {}),
      ).rejects.toMatchObject({ data: { code: "REFUSED" } });
    }
  });

  test("other errors tell message and place, and roll back", async () => {
    const client = server.liveClient();
    const args = { room: "rollback", body: "lost" };
    const failed = client.mutation(messages.sendAndThrow, args);
    await expect(failed).rejects.toThrow(
      /\[CONVEX M\(messages:sendAndThrow\)\] \[Request ID: [0-9a-f]{16}\] Server Error\nUncaught Error: the mutation failed\n +at /,
    );
    const list = await client.query(messages.list, { room: args.room });
    expect(list).toEqual([]);
  });

  test("unknown and internal functions cannot be told apart", async () => {
    const client = server.liveClient();
    await expect(client.mutation(messages.missing, {})).rejects.toThrow(
      "Could not find public function for 'messages:missing'",
    );
    await expect(client.mutation(messages.failLater, {})).rejects.toThrow(
      "Could not find public function for 'messages:failLater'",
    );
    await expect(
      server.httpClient().mutation(messages.failLater, {}),
    ).rejects.toThrow("Could not find public function");
  });

  test("arguments that the function does not take are refused", async () => {
    const client = server.liveClient();
    const args = { room: 1, body: "x" } as unknown as {
      room: string;
      body: string;
    };
    await expect(client.mutation(messages.send, args)).rejects.toThrow(
      "Validator error",
    );
  });
});

describe("ConvexHttpClient", () => {
  test("calls queries, mutations and actions", async () => {
    const client = server.httpClient();
    const args = { room: "http" };
    await client.mutation(messages.send, { ...args, body: "a" });
    expect(
      await client.action(messages.sendFromAction, { ...args, body: "b" }),
    ).toBe("B");
    expect(await client.query(messages.list, args)).toEqual(["a", "b"]);
    expect(await client.consistentQuery(messages.list, args)).toHaveLength(2);
  });

  test("functions see the deployment's environment and not the host's", async () => {
    expect(await server.httpClient().query(messages.environment, {})).toEqual({
      site: server.url,
      cloud: server.url,
      own: null,
      path: null,
    });
  });
});

test("function logs are printed with the function's name", async () => {
  await server
    .httpClient()
    .mutation(messages.send, { room: "log", body: "42" });
  expect(server.lines).toContain("[CONVEX M(messages:send)] [LOG] sending 42");
});

test("two servers in one process keep apart", async () => {
  const other = await startFixture({ environment: { FIXTURE_OWN: "other" } });
  const args = { room: "apart" };
  await server.httpClient().mutation(messages.send, { ...args, body: "x" });
  expect(await other.httpClient().query(messages.list, args)).toEqual([]);
  expect(
    await other.httpClient().query(messages.environment, {}),
  ).toMatchObject({ site: other.url, own: "other" });
  await other.stop();
});
