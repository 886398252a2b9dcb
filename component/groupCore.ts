import * as groups from "../pkg/groups.js";
import { wasmBase64 } from "../pkg/groupsWasm.js";
import { wasmModule } from "./wasmModule.js";

/**
 * Decisions about groups, members, roles, permissions and invitations. They are a
 * module of their own because permission checks are the most frequent calls.
 */
export const decide = wasmModule(groups, wasmBase64);
