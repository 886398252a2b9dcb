import type { JSONValue } from "convex/values";

// The messages of the sync protocol, as the official clients of `convex`
// write and read them. Timestamps are encoded (`timestamps.ts`).

/** A client's first message on a connection. */
export interface ConnectMessage {
  readonly type: "Connect";
  readonly sessionId: string;
  /** The client's clock in milliseconds, if it told. */
  readonly clientTs: number | null;
}

/** A client's wish to be someone else from now on. */
export interface AuthenticateMessage {
  readonly type: "Authenticate";
  readonly baseVersion: number;
  readonly tokenType: "User" | "None" | "Admin";
  /** The token; empty when there is none. */
  readonly value: string;
}

/** A change of the set of watched queries. */
export interface ModifyQuerySetMessage {
  readonly type: "ModifyQuerySet";
  readonly baseVersion: number;
  readonly newVersion: number;
  readonly modifications: readonly QuerySetModification[];
}

/** One query to watch, or to watch no longer. */
export type QuerySetModification =
  | {
      readonly type: "Add";
      readonly queryId: number;
      readonly udfPath: string;
      readonly args: JSONValue;
      readonly journal: string | null;
    }
  | { readonly type: "Remove"; readonly queryId: number };

/** A call of a mutation or action. */
export interface CallMessage {
  readonly type: "Mutation" | "Action";
  readonly requestId: number;
  readonly udfPath: string;
  readonly args: JSONValue;
}

/** Telemetry, which this server has no use for. */
export interface EventMessage {
  readonly type: "Event";
}

/** Everything a client may send. */
export type ClientMessage =
  | ConnectMessage
  | AuthenticateMessage
  | ModifyQuerySetMessage
  | CallMessage
  | EventMessage;

/** What a client has been shown: three counters that only grow. */
export interface StateVersion {
  readonly querySet: number;
  readonly identity: number;
  /** Encoded timestamp. */
  readonly ts: string;
}

/** A change of one watched query. */
export type StateModification =
  | {
      readonly type: "QueryUpdated";
      readonly queryId: number;
      readonly value: JSONValue;
      readonly logLines: string[];
      readonly journal: string | null;
    }
  | {
      readonly type: "QueryFailed";
      readonly queryId: number;
      readonly errorMessage: string;
      readonly errorData?: JSONValue;
      readonly logLines: string[];
      readonly journal: string | null;
    }
  | { readonly type: "QueryRemoved"; readonly queryId: number };

/** Everything this server sends. */
export type ServerMessage =
  | {
      readonly type: "Transition";
      readonly startVersion: StateVersion;
      readonly endVersion: StateVersion;
      readonly modifications: readonly StateModification[];
      readonly clientClockSkew?: number;
    }
  | {
      readonly type: "MutationResponse";
      readonly requestId: number;
      readonly success: true;
      readonly result: JSONValue;
      readonly ts: string;
      readonly logLines: string[];
    }
  | {
      readonly type: "ActionResponse";
      readonly requestId: number;
      readonly success: true;
      readonly result: JSONValue;
      readonly logLines: string[];
    }
  | {
      readonly type: "MutationResponse" | "ActionResponse";
      readonly requestId: number;
      readonly success: false;
      readonly result: string;
      readonly errorData?: JSONValue;
      readonly logLines: string[];
    }
  | {
      readonly type: "AuthError";
      readonly error: string;
      readonly baseVersion: number;
      readonly authUpdateAttempted: boolean;
    }
  | { readonly type: "FatalError"; readonly error: string }
  | { readonly type: "Ping" };

/** A message that is not of the protocol; what it says is for the client. */
export class ProtocolError extends Error {}

/**
 * Reads a client's message.
 *
 * @throws {ProtocolError} when the text is not a message of the protocol.
 */
export function parseClientMessage(text: string): ClientMessage {
  const message = parseObject(text);
  const type = readString(message, "type");
  switch (type) {
    case "Connect":
      return {
        type: "Connect",
        sessionId: readString(message, "sessionId"),
        clientTs:
          typeof message.clientTs === "number" ? message.clientTs : null,
      };
    case "Authenticate":
      return parseAuthenticate(message);
    case "ModifyQuerySet":
      return {
        type: "ModifyQuerySet",
        baseVersion: readCounter(message, "baseVersion"),
        newVersion: readCounter(message, "newVersion"),
        modifications: readList(message, "modifications").map(
          parseModification,
        ),
      };
    case "Mutation":
    case "Action":
      refuseComponentPath(message);
      return {
        type,
        requestId: readCounter(message, "requestId"),
        udfPath: readString(message, "udfPath"),
        args: readList(message, "args"),
      };
    case "Event":
      return { type: "Event" };
    default:
      throw new ProtocolError(`Unknown message type ${JSON.stringify(type)}`);
  }
}

type JsonObject = Record<string, JSONValue | undefined>;

function parseObject(text: string): JsonObject {
  let value: JSONValue;
  try {
    value = JSON.parse(text) as JSONValue;
  } catch {
    throw new ProtocolError("A message must be JSON");
  }
  return requireObject(value, "A message");
}

function parseAuthenticate(message: JsonObject): AuthenticateMessage {
  const tokenType = message.tokenType;
  if (tokenType !== "User" && tokenType !== "None" && tokenType !== "Admin") {
    throw new ProtocolError("tokenType must be User, None or Admin");
  }
  return {
    type: "Authenticate",
    baseVersion: readCounter(message, "baseVersion"),
    tokenType,
    value: tokenType === "None" ? "" : readString(message, "value"),
  };
}

function parseModification(value: JSONValue): QuerySetModification {
  const modification = requireObject(value, "A query set modification");
  const queryId = readCounter(modification, "queryId");
  switch (readString(modification, "type")) {
    case "Add": {
      refuseComponentPath(modification);
      const journal = modification.journal ?? null;
      if (journal !== null && typeof journal !== "string") {
        throw new ProtocolError("journal must be a string or null");
      }
      return {
        type: "Add",
        queryId,
        udfPath: readString(modification, "udfPath"),
        args: readList(modification, "args"),
        journal,
      };
    }
    case "Remove":
      return { type: "Remove", queryId };
    default:
      throw new ProtocolError("Unknown query set modification");
  }
}

function refuseComponentPath(message: JsonObject): void {
  if ((message.componentPath ?? "") !== "") {
    throw new ProtocolError(
      "Functions of components cannot be called by clients",
    );
  }
}

function requireObject(value: JSONValue, what: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ProtocolError(`${what} must be an object`);
  }
  return value;
}

function readString(message: JsonObject, field: string): string {
  const value = message[field];
  if (typeof value !== "string") {
    throw new ProtocolError(`${field} must be a string`);
  }
  return value;
}

function readCounter(message: JsonObject, field: string): number {
  const value = message[field];
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw new ProtocolError(`${field} must be an integer that is not negative`);
  }
  return value;
}

function readList(message: JsonObject, field: string): JSONValue[] {
  const value = message[field];
  if (!Array.isArray(value)) {
    throw new ProtocolError(`${field} must be a list`);
  }
  return value;
}
