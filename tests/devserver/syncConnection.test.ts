import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket, type RawData } from "ws";
import { messages } from "./fixture/functions.js";
import { startFixture, type FixtureServer } from "./fixture/server.js";

let server: FixtureServer;
beforeAll(async () => {
  server = await startFixture();
});
afterAll(() => server.stop());

const CONNECT = {
  type: "Connect",
  sessionId: "session",
  connectionCount: 0,
  lastCloseReason: null,
  clientTs: 0,
};

async function open(): Promise<WebSocket> {
  const address = server.url.replace("http", "ws");
  const socket = new WebSocket(`${address}/api/1.48.0/sync`);
  await once(socket, "open");
  return socket;
}

/** Resolves with the next message of a type. */
function next(
  socket: WebSocket,
  type: string,
): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    const listener = (data: RawData) => {
      const message = JSON.parse((data as Buffer).toString("utf8")) as Record<
        string,
        unknown
      >;
      if (message.type === type) {
        socket.off("message", listener);
        resolve(message);
      }
    };
    socket.on("message", listener);
  });
}

describe("frames that are not of the protocol", () => {
  test.each<[string, string]>([
    ["malformed JSON", "{"],
    ["no object", "[]"],
    ["null", "null"],
    ["an unknown type", '{"type":"Nonsense"}'],
    ["a message before Connect", '{"type":"Event"}'],
    ["Connect without a session", '{"type":"Connect"}'],
    [
      "a negative version",
      '{"type":"Authenticate","tokenType":"None","baseVersion":-1}',
    ],
  ])("%s gets a FatalError and a closed socket", async (_what, frame) => {
    const socket = await open();
    const told = next(socket, "FatalError");
    const closed = once(socket, "close");
    socket.send(frame);
    const message = await told;
    await closed;
    expect(message.error).not.toBe("Internal server error");
  });

  test.each([
    {
      type: "ModifyQuerySet",
      baseVersion: 5,
      newVersion: 6,
      modifications: [],
    },
    {
      type: "ModifyQuerySet",
      baseVersion: 0,
      newVersion: 0,
      modifications: [],
    },
    { type: "Authenticate", baseVersion: 3, tokenType: "None" },
    { type: "Mutation", requestId: 0, udfPath: 7, args: [] },
    {
      type: "Mutation",
      requestId: 0,
      udfPath: "a:b",
      args: [],
      componentPath: "c",
    },
  ])("%j after Connect gets a FatalError", async (message) => {
    const socket = await open();
    const refused = next(socket, "FatalError");
    socket.send(JSON.stringify(CONNECT));
    socket.send(JSON.stringify(message));
    await refused;
    socket.close();
  });

  test("binary frames are refused", async () => {
    const socket = await open();
    const refused = next(socket, "FatalError");
    socket.send(Buffer.from(JSON.stringify(CONNECT)));
    await refused;
    socket.close();
  });

  test("a frame over 16 MiB closes the socket, and the server goes on", async () => {
    const socket = await open();
    const closed = once(socket, "close");
    socket.send("x".repeat(16 * 1024 * 1024 + 1));
    expect((await closed)[0]).toBe(1009);
    expect((await fetch(`${server.url}/version`)).status).toBe(200);
  });

  test("an admin key is refused", async () => {
    const socket = await open();
    const refused = next(socket, "AuthError");
    socket.send(JSON.stringify(CONNECT));
    socket.send(
      '{"type":"Authenticate","baseVersion":0,"tokenType":"Admin","value":"key"}',
    );
    expect(await refused).toMatchObject({
      baseVersion: 0,
      authUpdateAttempted: true,
    });
  });

  test("other upgrades are refused", async () => {
    const socket = new WebSocket(server.url.replace("http", "ws"));
    const [error] = (await once(socket, "error")) as [Error];
    expect(error.message).toContain("404");
  });
});

describe("calls", () => {
  const mutation = {
    type: "Mutation",
    requestId: 7,
    udfPath: "messages:send",
    args: [{ room: "repeat", body: "once" }],
  };

  test("a mutation that is sent again is answered again and not run", async () => {
    const answers: unknown[] = [];
    for (let connection = 0; connection < 2; connection += 1) {
      const socket = await open();
      const answer = next(socket, "MutationResponse");
      const seen = next(socket, "Transition");
      socket.send(JSON.stringify({ ...CONNECT, sessionId: "repeat" }));
      socket.send(JSON.stringify(mutation));
      answers.push(await answer);
      await seen;
      socket.close();
    }
    expect(answers[1]).toEqual(answers[0]);
    const list = server.httpClient().query(messages.list, { room: "repeat" });
    expect(await list).toEqual(["once"]);
  });

  test("a query that fails is told apart from the others", async () => {
    const socket = await open();
    const shown = next(socket, "Transition");
    socket.send(JSON.stringify(CONNECT));
    const add = { type: "Add", args: [{}] };
    socket.send(
      JSON.stringify({
        type: "ModifyQuerySet",
        baseVersion: 0,
        newVersion: 1,
        modifications: [
          { ...add, queryId: 0, udfPath: "messages:refuseQuery" },
          { ...add, queryId: 1, udfPath: "people:viewer" },
          { ...add, queryId: 2, udfPath: "messages:list" },
        ],
      }),
    );
    expect(await shown).toMatchObject({
      startVersion: { querySet: 0, identity: 0, ts: "AAAAAAAAAAA=" },
      endVersion: { querySet: 1, identity: 0 },
      modifications: [
        {
          type: "QueryFailed",
          queryId: 0,
          errorData: { code: "REFUSED" },
        },
        { type: "QueryUpdated", queryId: 1, value: null, journal: null },
        { type: "QueryFailed", queryId: 2 },
      ],
    });
    socket.close();
  });
});
