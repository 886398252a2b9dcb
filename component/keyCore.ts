import { bindings } from "../pkg/keys.js";
import { wasmBytes } from "../pkg/keysWasm.js";
import { wasmModule } from "./wasmModule.js";

/** Decisions about API keys and one-time tokens. */
export const decide = wasmModule(bindings, wasmBytes);
