import { bindings } from "../pkg/groups.js";
import { wasmBytes } from "../pkg/groupsWasm.js";
import { wasmModule } from "./wasmModule.js";

/** Decisions that change groups, members, roles and invitations. */
export const decide = wasmModule(bindings, wasmBytes);
