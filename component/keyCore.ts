import * as keys from "../pkg/keys.js";
import { wasmBase64 } from "../pkg/keysWasm.js";
import { wasmModule } from "./wasmModule.js";

/** Decisions that change keys, members, roles and invitations. */
export const decide = wasmModule(keys, wasmBase64);
