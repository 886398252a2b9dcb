import { bindings } from "../pkg/access.js";
import { wasmBytes } from "../pkg/accessWasm.js";
import { wasmModule } from "./wasmModule.js";

/**
 * Decisions about who belongs to a group, and may do what there. They are a
 * small module of their own because they are what an app asks most often.
 */
export const decide = wasmModule(bindings, wasmBytes);
