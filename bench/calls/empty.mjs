/**
 * The unit of all times: a function that does nothing, in a module that imports
 * nothing but Convex. Each context of each call pays at least that.
 */
import { emptyModule } from "./checkout.mjs";
import { Isolate } from "./isolate.mjs";

/** The candidate's id, and the owner of its module. */
export const empty = "empty";

/** @returns {Promise<Isolate>} */
export async function emptyIsolate() {
  return new Isolate(await emptyModule(), empty);
}

/**
 * @param {Isolate} isolate
 * @returns {Promise<import("./isolate.mjs").Times>}
 */
export async function callEmpty(isolate) {
  const { times } = await isolate.call(
    "read",
    JSON.stringify([{ name: "Ada" }]),
    {},
    { text: "native", counts: false, environment: {}, now: 0 },
  );
  return times;
}
