/**
 * What the benchmark needs of the inside of `convex-test`; the module hook
 * (`../resolution/hook.mjs`) exports it in addition.
 */

/** The end of the address of the module that is meant. */
export const engineModule = "/convex-test/dist/index.js";

/** Appended to that module. */
export const engineExports = `
export { DatabaseFake, evaluateFilter, evaluateQueryValue, validateIndexRangeExpression };
`;
