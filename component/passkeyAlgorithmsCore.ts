import { bindings } from "../pkg/passkeyAlgorithms.js";
import { wasmBytes } from "../pkg/passkeyAlgorithmsWasm.js";
import { wasmModule } from "./wasmModule.js";

/**
 * Decisions about what browsers answer with passkeys, with every algorithm and
 * with certificates of authenticators. They are a module of their own because
 * few passkeys need it, and it is large.
 */
export const decide = wasmModule(bindings, wasmBytes);
