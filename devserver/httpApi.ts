import type { IncomingMessage } from "node:http";
import {
  convexToJson,
  jsonToConvex,
  type JSONValue,
  type Value,
} from "convex/values";
import type { Deployment } from "./deployment.js";
import type { FunctionOutcome } from "./engine.js";
import type { VerifiedIdentity } from "./identity.js";
import type { FunctionKind } from "./registeredFunction.js";
import { requestOrigin } from "./requestOrigin.js";
import { readBody } from "./requestBody.js";
import { encodeTimestamp } from "./timestamps.js";

/** What the official clients take as "the function failed". */
const STATUS_FUNCTION_FAILED = 560;

const KIND_BY_PATH: ReadonlyMap<string, FunctionKind | null> = new Map([
  ["/api/query", "query"],
  ["/api/query_at_ts", "query"],
  ["/api/mutation", "mutation"],
  ["/api/action", "action"],
  ["/api/function", null],
]);
const OTHER_PATHS = new Set(["/api/query_ts", "/api/debug_event", "/version"]);

interface FunctionCall {
  readonly path: string;
  readonly args: JSONValue;
  /** Whether values come back as plain JSON instead of encoded. */
  readonly plainJson: boolean;
}

/** A request that is not of the API; what it says is for the caller. */
class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Whether a path is the API's and so not an HTTP action's. */
export function isApiPath(pathname: string): boolean {
  return KIND_BY_PATH.has(pathname) || OTHER_PATHS.has(pathname);
}

/** Answers a request to the function API, from any origin. */
export async function handleApiRequest(
  deployment: Deployment,
  request: IncomingMessage,
  pathname: string,
): Promise<Response> {
  const headers = corsHeaders(request);
  if (request.method === "OPTIONS") {
    return new Response(null, { status: 204, headers });
  }
  try {
    return await answer(deployment, request, pathname, headers);
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    const { code, message, status } = error;
    return Response.json({ code, message }, { status, headers });
  }
}

async function answer(
  deployment: Deployment,
  request: IncomingMessage,
  pathname: string,
  headers: Record<string, string>,
): Promise<Response> {
  if (pathname === "/version") {
    return new Response("devserver", { headers });
  }
  if (request.method !== "POST") {
    throw new ApiError(405, "MethodNotAllowed", "This path takes POST only");
  }
  if (pathname === "/api/query_ts") {
    // The engine keeps no past to query, so every time means the present.
    const ts = encodeTimestamp(deployment.clock.next());
    return Response.json({ ts }, { headers });
  }
  if (pathname === "/api/debug_event") {
    await readBody(request);
    return new Response(null, { headers });
  }
  const kind = KIND_BY_PATH.get(pathname) ?? null;
  const call = parseCall(await readBody(request));
  const outcome = await deployment.engine.run(kind, call.path, call.args, {
    identity: await authenticate(deployment, request),
    ...requestOrigin(request, deployment.trustProxy),
  });
  return functionResponse(outcome, call, request, headers);
}

function functionResponse(
  outcome: FunctionOutcome,
  call: FunctionCall,
  request: IncomingMessage,
  headers: Record<string, string>,
): Response {
  const { logLines } = outcome;
  if (outcome.success) {
    const value = call.plainJson
      ? plainJson(jsonToConvex(outcome.value))
      : outcome.value;
    return Response.json({ status: "success", value, logLines }, { headers });
  }
  const { errorMessage, errorData } = outcome;
  // Official clients name themselves and know the special status.
  const status =
    request.headers["convex-client"] === undefined
      ? 200
      : STATUS_FUNCTION_FAILED;
  return Response.json(
    { status: "error", errorMessage, errorData, logLines },
    { status, headers },
  );
}

async function authenticate(
  deployment: Deployment,
  request: IncomingMessage,
): Promise<VerifiedIdentity | null> {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    return null;
  }
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (token === undefined) {
    throw new ApiError(
      401,
      "InvalidAuthHeader",
      "The Authorization header must be Bearer and a token",
    );
  }
  try {
    return await deployment.verifier.verify(token);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ApiError(401, "Unauthenticated", message);
  }
}

function parseCall(body: Buffer): FunctionCall {
  let call: unknown;
  try {
    call = JSON.parse(body.toString("utf8"));
  } catch {
    throw new ApiError(400, "BadJsonBody", "The body must be JSON");
  }
  const { path, args, format, componentPath } = (
    typeof call === "object" && call !== null ? call : {}
  ) as Record<string, JSONValue | undefined>;
  if (typeof path !== "string") {
    throw new ApiError(400, "BadJsonBody", "`path` must be a string");
  }
  if (typeof args !== "object" || args === null) {
    throw new ApiError(400, "BadJsonBody", "`args` must be an object");
  }
  if ((componentPath ?? "") !== "") {
    throw new ApiError(
      403,
      "Forbidden",
      "Functions of components cannot be called by clients",
    );
  }
  return { path, args, plainJson: format === "json" };
}

/** Values as the documented `json` format shows them. */
function plainJson(value: Value): JSONValue {
  if (typeof value === "bigint") {
    return value.toString();
  }
  if (value instanceof ArrayBuffer) {
    return Buffer.from(value).toString("base64");
  }
  if (Array.isArray(value)) {
    return value.map((item: Value) => plainJson(item));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value as Record<string, Value>).map(([key, item]) => [
        key,
        plainJson(item),
      ]),
    );
  }
  return convexToJson(value);
}

/** Browsers may call from every origin, as they may a deployment's API. */
function corsHeaders(request: IncomingMessage): Record<string, string> {
  return {
    "Access-Control-Allow-Origin": request.headers.origin ?? "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers":
      request.headers["access-control-request-headers"]?.toString() ??
      "Authorization, Content-Type, Convex-Client",
    "Access-Control-Max-Age": "86400",
    Vary: "Origin",
  };
}
