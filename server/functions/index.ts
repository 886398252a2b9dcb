export { authFunctions } from "./authFunctions.js";
export type { AdminBuilder, AuthBuilder, AuthFunctions } from "./builders.js";
