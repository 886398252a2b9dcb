import type { ManualClock } from "./clock.js";
import { FakeSocket } from "./socket.js";

const LIFETIME_MS = 15 * 60 * 1000;
const GRACE_MS = 10_000;

interface Session {
  userId: string;
  /** Whether only a second factor can be set up in it. */
  isRestricted: boolean;
  /** Refresh tokens and until when they may be used. */
  refreshTokens: Map<string, number>;
  isRevoked: boolean;
}

/** What a call to the deployment does instead of working. */
export type Failure =
  | { kind: "offline" }
  | { kind: "hang" }
  | { kind: "status"; status: number; body?: string }
  | { kind: "error"; data: Record<string, unknown> }
  /** The call takes effect, and the answer is lost. */
  | { kind: "answerLost" };

/** A call that arrived. */
export interface ReceivedCall {
  path: string;
  args: Record<string, unknown>;
  token: string | null;
}

/**
 * A deployment that keeps the contract of `signIn`, `signOut` and
 * `isAuthenticated`: over HTTP by `fetch`, over WebSocket by `openSocket`.
 */
export class FakeDeployment {
  readonly url = "https://happy-otter-123.convex.cloud";
  readonly calls: ReceivedCall[] = [];
  readonly sessions = new Map<string, Session>();
  readonly sockets: FakeSocket[] = [];
  /** Applied to coming calls, first to first. */
  readonly failures: Failure[] = [];
  /** What every call does while set. */
  outage: Failure | null = null;
  /** Whether sockets accept tokens; `null`: they do not answer. */
  acceptsTokens: boolean | null = true;
  /** What `signIn` answers instead, by flow. */
  readonly answers = new Map<string, unknown>();
  /** Codes of errors that `signIn` throws, by flow. */
  readonly refusals = new Map<string, Record<string, unknown>>();
  /** Runs before a sign-in is answered. */
  beforeSignIn: (() => Promise<void>) | null = null;
  /** Runs before a refresh is answered. */
  beforeRefresh: (() => Promise<void>) | null = null;
  private counter = 0;
  private readonly clock: ManualClock;

  constructor(clock: ManualClock) {
    this.clock = clock;
  }

  /** How many refreshes have arrived. */
  get refreshCount(): number {
    return this.calls.filter((call) => "refreshToken" in call.args).length;
  }

  /** Makes a session as a sign-in would. */
  createSession(
    userId: string,
    isRestricted = false,
  ): { token: string; refreshToken: string } {
    this.counter += 1;
    const sessionId = `session${this.counter}`;
    this.sessions.set(sessionId, {
      ...{ userId, isRestricted },
      refreshTokens: new Map(),
      isRevoked: false,
    });
    return this.mint(sessionId);
  }

  /** What storage holds of a session. */
  createStored(userId: string): string {
    return JSON.stringify({
      ...this.createSession(userId),
      receivedTime: this.clock.time,
    });
  }

  /** Ends a session from elsewhere; sockets hear of it. */
  revoke(sessionId: string): void {
    const session = this.sessions.get(sessionId);
    if (session !== undefined) {
      session.isRevoked = true;
    }
    for (const socket of this.sockets) {
      socket.publish();
    }
  }

  /** Whether the token belongs to a session that goes on. */
  isLive(token: string | null): boolean {
    const session = this.sessions.get(readSessionId(token) ?? "");
    return session !== undefined && !session.isRevoked;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const failure = this.outage ?? this.failures.shift() ?? null;
    if (failure?.kind === "offline") {
      throw new TypeError("Failed to fetch");
    }
    if (failure?.kind === "hang") {
      return await new Promise<never>(() => undefined);
    }
    if (failure?.kind === "status") {
      return new Response(failure.body ?? "Bad gateway", {
        status: failure.status,
      });
    }
    if (failure?.kind === "error") {
      return errorResponse(failure.data);
    }
    const headers = new Headers(init?.headers);
    const token = headers.get("Authorization")?.slice("Bearer ".length) ?? null;
    const body = JSON.parse(init?.body as string) as {
      path: string;
      args: [Record<string, unknown>];
    };
    if (token !== null && this.acceptsTokens === false) {
      return new Response("Could not verify the token", { status: 401 });
    }
    this.calls.push({ path: body.path, args: body.args[0], token });
    const response = await this.run(body.path, body.args[0], token);
    if (failure?.kind === "answerLost") {
      throw new TypeError("Failed to fetch");
    }
    void input;
    return response;
  };

  /** The constructor that Convex clients are given. */
  get webSocketConstructor(): typeof WebSocket {
    const openSocket = () => {
      const socket = new FakeSocket(this);
      this.sockets.push(socket);
      return socket;
    };
    // A constructor that returns an object gives that object to `new`.
    return function FakeWebSocket() {
      return openSocket();
    } as unknown as typeof WebSocket;
  }

  private async run(
    path: string,
    args: Record<string, unknown>,
    token: string | null,
  ): Promise<Response> {
    if (path === "auth:signOut") {
      const session = this.sessions.get(readSessionId(token) ?? "");
      if (session !== undefined) {
        session.isRevoked = true;
      }
      return valueResponse(null);
    }
    if (typeof args.refreshToken === "string") {
      await this.beforeRefresh?.();
      return this.refresh(args.refreshToken);
    }
    await this.beforeSignIn?.();
    const params = args.params as { flow?: string; email?: string };
    const flow = params.flow ?? "signIn";
    const refusal = this.refusals.get(flow);
    if (refusal !== undefined) {
      return errorResponse(refusal);
    }
    if (this.answers.has(flow)) {
      return valueResponse(this.answers.get(flow));
    }
    const tokens = this.createSession(params.email ?? "user");
    return valueResponse({ kind: "signedIn", tokens });
  }

  private refresh(refreshToken: string): Response {
    for (const [sessionId, session] of this.sessions) {
      const until = session.refreshTokens.get(refreshToken);
      if (until === undefined || session.isRevoked) {
        continue;
      }
      if (this.clock.time > until) {
        session.isRevoked = true;
        continue;
      }
      session.refreshTokens.set(
        refreshToken,
        Math.min(until, this.clock.time + GRACE_MS),
      );
      const tokens = this.mint(sessionId);
      return valueResponse({ kind: "signedIn", tokens });
    }
    return errorResponse({
      code: "INVALID_REFRESH_TOKEN",
      message: "The refresh token is not valid.",
    });
  }

  private mint(sessionId: string): { token: string; refreshToken: string } {
    this.counter += 1;
    const session = this.sessions.get(sessionId);
    const refreshToken = `rt_${this.counter}`;
    session?.refreshTokens.set(refreshToken, Number.POSITIVE_INFINITY);
    const iat = Math.floor(this.clock.time / 1000);
    const claims = {
      sub: [
        ...[session?.userId, sessionId],
        ...(session?.isRestricted === true ? ["restricted"] : []),
      ].join("|"),
      sid: sessionId,
      aud: "convex",
      iat,
      exp: iat + LIFETIME_MS / 1000,
      jti: String(this.counter),
    };
    const token = `${encode({ alg: "ES256" })}.${encode(claims)}.c2lnbmF0dXJl`;
    return { token, refreshToken };
  }
}

/** The claim `sid` of a token of {@link FakeDeployment}. */
export function readSessionId(token: string | null | undefined): string | null {
  const payload = token?.split(".")[1];
  if (payload === undefined) {
    return null;
  }
  const claims = JSON.parse(
    Buffer.from(payload, "base64url").toString("utf8"),
  ) as { sid: string };
  return claims.sid;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function valueResponse(value: unknown): Response {
  return Response.json({ status: "success", value, logLines: [] });
}

function errorResponse(data: Record<string, unknown>): Response {
  return Response.json(
    { status: "error", errorMessage: "Refused", errorData: data },
    { status: 560 },
  );
}
