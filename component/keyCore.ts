import * as keys from "../pkg/keys.js";
import * as bytes from "../pkg/keysWasm.js";
import { wasmModule } from "./wasmModule.js";

/** Decisions about API keys and one-time tokens. */
export const decide = wasmModule(keys, bytes);
