import * as identity from "../pkg/identity.js";
import { wasmBase64 } from "../pkg/identityWasm.js";
import { wasmModule } from "./wasmModule.js";

/**
 * Decisions about users, accounts, passwords, sessions and keys.
 */
export const decide = wasmModule(identity, wasmBase64);
