import * as groups from "../pkg/groups.js";
import * as bytes from "../pkg/groupsWasm.js";
import { wasmModule } from "./wasmModule.js";

/** Decisions that change groups, members, roles and invitations. */
export const decide = wasmModule(groups, bytes);
