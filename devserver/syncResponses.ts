import type { FunctionOutcome } from "./engine.js";
import type { FunctionFailure } from "./functionErrors.js";
import type { ServerMessage, StateModification } from "./syncProtocol.js";
import { encodeTimestamp, type Timestamp } from "./timestamps.js";

/** Tells a client what its mutation came to, and when it was committed. */
export function mutationResponse(
  requestId: number,
  outcome: FunctionOutcome,
  timestamp: Timestamp,
): ServerMessage {
  const type = "MutationResponse";
  if (!outcome.success) {
    return { type, requestId, ...failureFields(outcome) };
  }
  const { value: result, logLines } = outcome;
  const ts = encodeTimestamp(timestamp);
  return { type, requestId, success: true, result, ts, logLines };
}

/** Tells a client what its action came to. */
export function actionResponse(
  requestId: number,
  outcome: FunctionOutcome,
): ServerMessage {
  const type = "ActionResponse";
  if (!outcome.success) {
    return { type, requestId, ...failureFields(outcome) };
  }
  const { value: result, logLines } = outcome;
  return { type, requestId, success: true, result, logLines };
}

function failureFields(failure: FunctionFailure) {
  const { errorMessage: result, errorData, logLines } = failure;
  const fields = { success: false as const, result, logLines };
  return errorData === undefined ? fields : { ...fields, errorData };
}

/** Tells a client what a watched query came to. */
export function modificationOf(
  queryId: number,
  outcome: FunctionOutcome,
  journal: string | null,
): StateModification {
  const { logLines } = outcome;
  if (outcome.success) {
    const { value } = outcome;
    return { type: "QueryUpdated", queryId, value, logLines, journal };
  }
  const { errorMessage, errorData } = outcome;
  return {
    type: "QueryFailed",
    queryId,
    errorMessage,
    ...(errorData === undefined ? {} : { errorData }),
    logLines,
    journal,
  };
}
