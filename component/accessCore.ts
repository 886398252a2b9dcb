import {
  __wbg_reset_state,
  decide as decideInWasm,
  initSync,
} from "../pkg/access.js";
import { wasmBytes } from "../pkg/accessWasm.js";
import type { AccessDecisions, SharedDecisions } from "../pkg/core.js";
import { wasmModule } from "./wasmModule.js";

/**
 * Asks for a decision about what runs on every request: permissions, membership,
 * the use of API keys, and refreshes of sessions.
 */
export const decide = wasmModule<AccessDecisions & SharedDecisions>(
  { decide: decideInWasm, initSync, reset: __wbg_reset_state },
  wasmBytes,
);
