/** What kind of function a module exports. */
export type FunctionKind = "query" | "mutation" | "action";

/** What the server needs to know of a registered function. */
export interface FunctionDescription {
  readonly kind: FunctionKind;
  /** Whether clients may call it; internal functions are for functions. */
  readonly isPublic: boolean;
}

/** A handler as `query`, `mutation`, `action` and `httpAction` keep it. */
export type FunctionHandler = (
  context: unknown,
  input: unknown,
) => Promise<unknown>;

type Marked = Record<string, unknown> & ((...values: unknown[]) => unknown);

/** Whether `value` was made by one of Convex's function builders. */
export function isRegisteredFunction<Candidate>(
  value: Candidate,
): value is Candidate & Marked {
  return typeof value === "function" && "_handler" in value;
}

/** Describes an export, or returns `null` when it is not a function of Convex. */
export function describeFunction(value: unknown): FunctionDescription | null {
  if (!isRegisteredFunction(value)) {
    return null;
  }
  const isPublic = value.isPublic === true;
  if (value.isQuery === true) {
    return { kind: "query", isPublic };
  }
  if (value.isMutation === true) {
    return { kind: "mutation", isPublic };
  }
  if (value.isAction === true) {
    return { kind: "action", isPublic };
  }
  return null;
}

/**
 * A copy of a registered function whose handler is wrapped. The original is
 * left alone, because several servers may serve one module.
 */
export function withHandler<Registered extends Marked>(
  registered: Registered,
  wrap: (handler: FunctionHandler) => FunctionHandler,
): Registered {
  const copy = (...values: unknown[]) => registered(...values);
  Object.defineProperties(copy, Object.getOwnPropertyDescriptors(registered));
  const handler = registered._handler as FunctionHandler;
  return Object.assign(copy as unknown as Registered, {
    _handler: wrap(handler),
  });
}
