import {
  __wbg_reset_state,
  decide as decideInWasm,
  initSync,
} from "../pkg/accounts.js";
import { wasmBytes } from "../pkg/accountsWasm.js";
import type { AccountsDecisions, SharedDecisions } from "../pkg/core.js";
import { wasmModule } from "./wasmModule.js";

/** Asks for any decision that does not run on every request. */
export const decide = wasmModule<AccountsDecisions & SharedDecisions>(
  { decide: decideInWasm, initSync, reset: __wbg_reset_state },
  wasmBytes,
);
