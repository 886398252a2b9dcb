import {
  httpActionGeneric,
  type Auth,
  type GenericActionCtx,
  type GenericDataModel,
} from "convex/server";
import type { KeyRequirement } from "../key.js";
import { scopeArguments } from "../scopes.js";
import { checkFields } from "../shape.js";
import type { VerifiedKey } from "../verifiedKey.js";
import { refuse } from "../refuse.js";
import { type Cors, checkCors, withCors } from "./cors.js";
import { errorResponse } from "./httpError.js";
import { jsonHeaders } from "./json.js";
import { presentedKey } from "./presentedKey.js";

/** What an HTTP action that takes API keys is called with. */
export type KeyActionContext<
  DataModel extends GenericDataModel = GenericDataModel,
> = GenericActionCtx<DataModel> & {
  /** The key of the request. */
  key: VerifiedKey;
};

/**
 * An HTTP action that takes API keys. Anything but a `Response` is answered as
 * JSON with status 200.
 */
export type KeyHandler<DataModel extends GenericDataModel = GenericDataModel> =
  (ctx: KeyActionContext<DataModel>, request: Request) => unknown;

/** What a route asks of a key, and which pages may call it. */
export type KeyActionOptions = KeyRequirement & { cors?: Cors };

/** Verifies a key, as `auth.key.verify` does. */
type KeyVerifier = (
  ctx: GenericActionCtx<GenericDataModel>,
  raw: string,
  requirement: KeyRequirement,
) => Promise<VerifiedKey>;

/**
 * Wraps a handler: the key of the request is verified before it runs, and what
 * it throws becomes an answer of constant shape.
 *
 * @param headers Where keys are looked for.
 */
export function keyAction<DataModel extends GenericDataModel>(
  verify: KeyVerifier,
  headers: readonly string[] | undefined,
  handler: KeyHandler<DataModel>,
  { cors, ...requirement }: KeyActionOptions,
) {
  checkCors(cors);
  checkRequirement(requirement);
  const { scope } = requirement;
  const asked = scope && `${scope.resource}:${scope.action}`;
  return httpActionGeneric(async (ctx, request) => {
    const response = await answer().catch((error: unknown) =>
      errorResponse(error, asked),
    );
    return withCors(response, cors, request.headers.get("Origin"));

    async function answer(): Promise<Response> {
      const raw = presentedKey(request, headers);
      if (raw === null) {
        refuse("MISSING_BEARER_TOKEN", "the request has no API key");
      }
      const key = await verify(ctx, raw, requirement);
      const result = await handler(
        {
          ...(ctx as unknown as GenericActionCtx<DataModel>),
          auth: authBesideKey(ctx.auth),
          key,
        },
        request,
      );
      return result instanceof Response
        ? new Response(result.body, result)
        : jsonResponse(result);
    }
  });
}

/**
 * Makes sure, when the route is defined, that the key is asked for what can be
 * asked for.
 *
 * @throws `INVALID_PARAMETERS`
 */
function checkRequirement(requirement: KeyRequirement): void {
  checkFields(requirement, "scope?: object, configId?");
  scopeArguments(requirement.scope);
}

/**
 * An answer in JSON. Shared caches must not keep it: that it was for a key in
 * `x-api-key`, they do not know (RFC 9111, section 3.5).
 */
function jsonResponse(result: unknown): Response {
  const body = JSON.stringify(result ?? null) as string | undefined;
  if (body === undefined) {
    throw new Error("auth.http: the handler gave what is no JSON");
  }
  return new Response(body, { headers: jsonHeaders("no-store") });
}

/**
 * The session beside a key. Convex takes what stands in `Authorization` for a
 * token, and throws when a handler asks who is signed in and it is a key.
 */
function authBesideKey(auth: Auth): Auth {
  return { getUserIdentity: () => auth.getUserIdentity().catch(() => null) };
}
