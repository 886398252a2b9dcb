import type { IncomingMessage } from "node:http";
import type { Deployment } from "./deployment.js";
import { describeError, newRequestId } from "./functionErrors.js";
import type { VerifiedIdentity } from "./identity.js";
import { requestOrigin } from "./requestOrigin.js";
import { readBody } from "./requestBody.js";

/** Answers a request with the app's HTTP actions (`convex/http.ts`). */
export async function handleHttpAction(
  deployment: Deployment,
  request: IncomingMessage,
  url: URL,
): Promise<Response> {
  const { engine, log } = deployment;
  if (!engine.hasModule("http")) {
    return new Response("This app has no HTTP actions: it has no http.ts", {
      status: 404,
    });
  }
  const method = request.method ?? "GET";
  const body = await readBody(request);
  const takesBody = method !== "GET" && method !== "HEAD";
  try {
    return await engine.fetch(
      url,
      {
        method,
        headers: headersOf(request),
        ...(takesBody && body.length > 0 ? { body: new Uint8Array(body) } : {}),
      },
      {
        identity: await identityOf(deployment, request),
        ...requestOrigin(request, deployment.trustProxy),
      },
    );
  } catch (error) {
    const requestId = newRequestId();
    const trace = describeError(error);
    log("error", `[CONVEX H(${method} ${url.pathname})] ${trace}`);
    return Response.json(
      { code: `[Request ID: ${requestId}] Server Error`, trace },
      { status: 500 },
    );
  }
}

/**
 * HTTP actions may use the Authorization header for schemes of their own, so
 * a value that is no valid token only means that nobody is signed in.
 */
async function identityOf(
  deployment: Deployment,
  request: IncomingMessage,
): Promise<VerifiedIdentity | null> {
  const { authorization } = request.headers;
  const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) {
    return null;
  }
  try {
    return await deployment.verifier.verify(token);
  } catch {
    return null;
  }
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    for (const value of values ?? []) {
      headers.append(name, value);
    }
  }
  return headers;
}
