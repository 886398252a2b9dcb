import type { JSONValue } from "convex/values";
import { WebSocket, type RawData } from "ws";
import type { ConnectionPlan } from "./connectionPlan.js";
import type { Deployment } from "./deployment.js";
import type { Caller } from "./engine.js";
import { describeError } from "./functionErrors.js";
import type { VerifiedIdentity } from "./identity.js";
import type { LiveQuery, Subscriber } from "./liveQueries.js";
import type { RequestOrigin } from "./requestOrigin.js";
import {
  parseClientMessage,
  ProtocolError,
  type AuthenticateMessage,
  type CallMessage,
  type ClientMessage,
  type ModifyQuerySetMessage,
  type ServerMessage,
  type StateModification,
} from "./syncProtocol.js";
import {
  actionResponse,
  modificationOf,
  mutationResponse,
} from "./syncResponses.js";
import { encodeTimestamp, type Timestamp } from "./timestamps.js";

interface WatchedQuery {
  readonly path: string;
  readonly args: JSONValue;
  live: LiveQuery;
}

/** Clients give a silent server up after a minute. */
const PING_INTERVAL = 15_000;
const CLOSE_NORMAL = 1000;
const CLOSE_POLICY_VIOLATION = 1008;

/**
 * Serves one client's WebSocket. Messages take effect in the order in which
 * they came: what follows an Authenticate waits for the token's verification,
 * mutations run one after the other, and actions run on their own.
 */
export class SyncConnection implements Subscriber<ConnectionPlan> {
  readonly #socket: WebSocket;
  readonly #deployment: Deployment;
  readonly #origin: RequestOrigin;
  readonly #ping: NodeJS.Timeout;

  #sessionId: string | null = null;
  #clientClockSkew = 0;
  #isClosed = false;
  #inbox: Promise<void> = Promise.resolve();
  #mutations: Promise<void> = Promise.resolve();

  #identity: VerifiedIdentity | null = null;
  #identityVersion = 0;
  #querySetVersion = 0;
  readonly #queries = new Map<number, WatchedQuery>();

  /** What the client has been sent: versions, and each query's result. */
  #shown = { querySet: 0, identity: 0, timestamp: 0n };
  readonly #shownResults = new Map<number, string>();
  /** The latest mutation that the client knows of and must see past. */
  #owed: Timestamp = 0n;

  /** Takes a socket over until it closes. */
  constructor(
    socket: WebSocket,
    deployment: Deployment,
    origin: RequestOrigin,
  ) {
    this.#socket = socket;
    this.#deployment = deployment;
    this.#origin = origin;
    deployment.liveQueries.addSubscriber(this);
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("close", () => this.#cleanUp());
    // An oversized or malformed frame: the socket closes itself.
    socket.on("error", () => this.#cleanUp());
    this.#ping = setInterval(() => this.#send({ type: "Ping" }), PING_INTERVAL);
    this.#ping.unref();
  }

  plan(): ConnectionPlan | null {
    if (this.#sessionId === null || this.#isClosed) {
      return null;
    }
    const queries = new Map<number, LiveQuery>();
    let runs = false;
    for (const [queryId, { live }] of this.#queries) {
      queries.set(queryId, live);
      runs ||= this.#deployment.liveQueries.isStale(live);
    }
    if (runs && this.#refusesExpiredToken()) {
      return null;
    }
    return {
      querySet: this.#querySetVersion,
      identity: this.#identityVersion,
      queries,
    };
  }

  queriesOf(plan: ConnectionPlan): Iterable<LiveQuery> {
    return plan.queries.values();
  }

  deliver(plan: ConnectionPlan, timestamp: Timestamp): void {
    const modifications = this.#modificationsFor(plan);
    const before = this.#shown;
    if (
      modifications.length === 0 &&
      before.querySet === plan.querySet &&
      before.identity === plan.identity &&
      before.timestamp >= this.#owed
    ) {
      return;
    }
    const { querySet, identity } = plan;
    this.#shown = { querySet, identity, timestamp };
    this.#send({
      type: "Transition",
      startVersion: {
        querySet: before.querySet,
        identity: before.identity,
        ts: encodeTimestamp(before.timestamp),
      },
      endVersion: { querySet, identity, ts: encodeTimestamp(timestamp) },
      modifications,
      clientClockSkew: this.#clientClockSkew,
    });
  }

  #modificationsFor(plan: ConnectionPlan): StateModification[] {
    const modifications: StateModification[] = [];
    for (const queryId of this.#shownResults.keys()) {
      if (!plan.queries.has(queryId)) {
        this.#shownResults.delete(queryId);
        modifications.push({ type: "QueryRemoved", queryId });
      }
    }
    for (const [queryId, live] of plan.queries) {
      const { outcome, resultKey, journal } = live;
      if (
        outcome !== undefined &&
        this.#shownResults.get(queryId) !== resultKey
      ) {
        this.#shownResults.set(queryId, resultKey);
        modifications.push(modificationOf(queryId, outcome, journal));
      }
    }
    return modifications;
  }

  #receive(data: RawData, isBinary: boolean): void {
    let message: ClientMessage;
    try {
      if (isBinary) {
        throw new ProtocolError("A message must be text");
      }
      message = parseClientMessage((data as Buffer).toString("utf8"));
    } catch (error) {
      this.#refuse(error);
      return;
    }
    this.#inbox = this.#inbox
      .then(() => (this.#isClosed ? undefined : this.#handle(message)))
      .catch((error: unknown) => this.#refuse(error));
  }

  async #handle(message: ClientMessage): Promise<void> {
    if (message.type === "Connect") {
      this.#sessionId = message.sessionId;
      const { clientTs } = message;
      this.#clientClockSkew = clientTs === null ? 0 : clientTs - Date.now();
      return;
    }
    if (this.#sessionId === null) {
      throw new ProtocolError("The first message must be Connect");
    }
    switch (message.type) {
      case "Authenticate":
        return await this.#authenticate(message);
      case "ModifyQuerySet":
        return this.#modifyQuerySet(message);
      case "Mutation":
        return this.#startMutation(message, this.#sessionId);
      case "Action":
        return this.#startAction(message);
      case "Event":
        return;
    }
  }

  async #authenticate(message: AuthenticateMessage): Promise<void> {
    const { baseVersion, tokenType, value } = message;
    if (baseVersion !== this.#identityVersion) {
      throw new ProtocolError(
        `Authenticate is based on identity version ${baseVersion}, ` +
          `but the version is ${this.#identityVersion}`,
      );
    }
    let identity: VerifiedIdentity | null = null;
    try {
      if (tokenType === "Admin") {
        throw new Error("This server has no admin keys");
      }
      if (tokenType === "User") {
        identity = await this.#deployment.verifier.verify(value);
      }
    } catch (error) {
      this.#rejectToken(error, baseVersion, true);
      return;
    }
    this.#identity = identity;
    this.#identityVersion = baseVersion + 1;
    const { liveQueries } = this.#deployment;
    for (const query of this.#queries.values()) {
      const { path, args, live } = query;
      const { journal } = live;
      query.live = liveQueries.watch({ path, args, identity, journal });
      liveQueries.release(live);
    }
    liveQueries.requestPass();
  }

  #modifyQuerySet(message: ModifyQuerySetMessage): void {
    const { baseVersion, newVersion, modifications } = message;
    if (baseVersion !== this.#querySetVersion || newVersion <= baseVersion) {
      throw new ProtocolError(
        `ModifyQuerySet leads from version ${baseVersion} to ${newVersion}, ` +
          `but the version is ${this.#querySetVersion}`,
      );
    }
    const { liveQueries } = this.#deployment;
    for (const modification of modifications) {
      const { queryId } = modification;
      const present = this.#queries.get(queryId);
      if (modification.type === "Remove") {
        if (present !== undefined) {
          liveQueries.release(present.live);
          this.#queries.delete(queryId);
        }
        continue;
      }
      if (present !== undefined) {
        throw new ProtocolError(`Query ${queryId} is watched already`);
      }
      const { udfPath: path, args, journal } = modification;
      const identity = this.#identity;
      const live = liveQueries.watch({ path, args, identity, journal });
      this.#queries.set(queryId, { path, args, live });
    }
    this.#querySetVersion = newVersion;
    liveQueries.requestPass();
  }

  #startMutation(message: CallMessage, sessionId: string): void {
    const caller = this.#caller();
    this.#mutations = this.#mutations
      .then(() => this.#runMutation(message, sessionId, caller))
      .catch((error: unknown) => this.#refuse(error));
  }

  async #runMutation(
    message: CallMessage,
    sessionId: string,
    caller: Caller,
  ): Promise<void> {
    if (this.#isClosed || this.#refusesExpiredToken()) {
      return;
    }
    const { engine, clock, mutationRecords, liveQueries } = this.#deployment;
    const { requestId, udfPath, args } = message;
    const { outcome, timestamp } = await mutationRecords.once(
      sessionId,
      requestId,
      async () => ({
        outcome: await engine.run("mutation", udfPath, args, caller),
        timestamp: clock.next(),
      }),
    );
    this.#send(mutationResponse(requestId, outcome, timestamp));
    if (outcome.success) {
      // The client waits for a transition past the mutation's commit.
      this.#owed = timestamp > this.#owed ? timestamp : this.#owed;
      liveQueries.requestPass();
    }
  }

  #startAction(message: CallMessage): void {
    if (this.#refusesExpiredToken()) {
      return;
    }
    const { requestId, udfPath, args } = message;
    this.#deployment.engine
      .run("action", udfPath, args, this.#caller())
      .then((outcome) => this.#send(actionResponse(requestId, outcome)))
      .catch((error: unknown) => this.#refuse(error));
  }

  #caller(): Caller {
    return { identity: this.#identity, ...this.#origin };
  }

  /** No function runs for a token that has expired; the client gets a new one. */
  #refusesExpiredToken(): boolean {
    if (
      this.#identity === null ||
      !this.#deployment.verifier.isExpired(this.#identity)
    ) {
      return false;
    }
    this.#rejectToken(new Error("Token expired"), this.#identityVersion, false);
    return true;
  }

  /**
   * Tells the client that its token is not accepted, and hangs up: what it
   * has sent since relied on the token, and it sends it again on a new
   * connection once it knows who it is.
   */
  #rejectToken(
    error: unknown,
    baseVersion: number,
    authUpdateAttempted: boolean,
  ): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#deployment.log("warn", `[CONVEX auth] ${message}`);
    this.#send({
      type: "AuthError",
      error: message,
      baseVersion,
      authUpdateAttempted,
    });
    this.#cleanUp();
    this.#socket.close(CLOSE_NORMAL, "Unauthenticated");
  }

  #refuse(error: unknown): void {
    if (this.#isClosed) {
      return;
    }
    const isProtocolError = error instanceof ProtocolError;
    const message = isProtocolError ? error.message : "Internal server error";
    this.#deployment.log(
      "error",
      `[CONVEX sync] ${isProtocolError ? message : describeError(error)}`,
    );
    this.#send({ type: "FatalError", error: message });
    this.#cleanUp();
    this.#socket.close(CLOSE_POLICY_VIOLATION, "FatalError");
  }

  #send(message: ServerMessage): void {
    if (!this.#isClosed && this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #cleanUp(): void {
    if (this.#isClosed) {
      return;
    }
    this.#isClosed = true;
    clearInterval(this.#ping);
    const { liveQueries } = this.#deployment;
    liveQueries.removeSubscriber(this);
    for (const { live } of this.#queries.values()) {
      liveQueries.release(live);
    }
    this.#queries.clear();
  }
}
