import { bindings } from "../pkg/keyUse.js";
import { wasmBytes } from "../pkg/keyUseWasm.js";
import { wasmModule } from "./wasmModule.js";

/**
 * Decisions about whether an API key works, and for what. They are a module of
 * their own because they are asked at every request of a machine.
 */
export const decide = wasmModule(bindings, wasmBytes);
