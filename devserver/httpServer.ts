import { Buffer } from "node:buffer";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { WebSocketServer } from "ws";
import type { Deployment } from "./deployment.js";
import { describeError } from "./functionErrors.js";
import { handleApiRequest, isApiPath } from "./httpApi.js";
import { handleHttpAction } from "./httpActions.js";
import { BodyTooLargeError, MAX_MESSAGE_BYTES } from "./requestBody.js";
import { requestOrigin } from "./requestOrigin.js";
import { SyncConnection } from "./syncConnection.js";

const SYNC_PATH = /^\/api\/[^/]+\/sync$/;

/** A server that listens for a deployment's clients. */
export interface HttpServer {
  /** Hangs up on everyone and stops listening. */
  close(): Promise<void>;
}

/** The port is used by another program. */
export class PortTakenError extends Error {
  /** @param port the port that was asked for. */
  constructor(readonly port: number) {
    super(`Port ${port} is taken`);
  }
}

/**
 * Listens on the loopback interface, because a development server is not for
 * the network.
 *
 * @param port the port, or 0 for a free one.
 * @returns the server, the port that it got, and what begins to serve: until
 *   then requests wait.
 * @throws {PortTakenError} when the port is used.
 */
export async function listen(port: number): Promise<{
  port: number;
  serve(deployment: Deployment): HttpServer;
  close(): Promise<void>;
}> {
  const server = createServer();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
  });
  let begin: (deployment: Deployment) => void = () => undefined;
  const ready = new Promise<Deployment>((resolve) => {
    begin = resolve;
  });
  const close = () => closeAll(server, sockets);

  server.on("request", (request, response) => {
    void ready.then((deployment) => respond(deployment, request, response));
  });
  server.on("upgrade", (request, socket, head) => {
    // A peer that goes away during the handshake is no error of the server.
    socket.on("error", () => socket.destroy());
    if (!SYNC_PATH.test(pathnameOf(request))) {
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      return;
    }
    void ready.then((deployment) =>
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const origin = requestOrigin(request, deployment.trustProxy);
        new SyncConnection(webSocket, deployment, origin);
      }),
    );
  });
  await listening(server, port);
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    serve: (deployment) => {
      begin(deployment);
      return { close };
    },
    close,
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortTakenError(port) : error),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
}

async function closeAll(
  server: Server,
  sockets: WebSocketServer,
): Promise<void> {
  for (const socket of sockets.clients) {
    socket.terminate();
  }
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

async function respond(
  deployment: Deployment,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? "/", deployment.url);
    const answer = isApiPath(url.pathname)
      ? await handleApiRequest(deployment, request, url.pathname)
      : await handleHttpAction(deployment, request, url);
    await writeResponse(response, answer);
  } catch (error) {
    const status = error instanceof BodyTooLargeError ? 413 : 500;
    deployment.log("error", `[CONVEX http] ${describeError(error)}`);
    if (!response.headersSent) {
      response.writeHead(status, { Connection: "close" });
    }
    response.end();
  }
}

async function writeResponse(
  response: ServerResponse,
  answer: Response,
): Promise<void> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of answer.headers) {
    headers[name] = value;
  }
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) {
    headers["set-cookie"] = cookies;
  }
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, headers);
  response.end(body);
}

function pathnameOf(request: IncomingMessage): string {
  return (request.url ?? "").split("?", 1)[0] ?? "";
}
