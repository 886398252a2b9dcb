import { convexToJson, type JSONValue, type Value } from "convex/values";

/*
 * Convex refuses what it cannot store without a code. These limits are below
 * its own (1 MiB for a document, 64 levels, 8,192 items, 1,024 fields), since
 * the row and the call hold other things besides.
 */
const MAX_BYTES = 512 * 1_024;
const MAX_DEPTH = 32;
const MAX_ITEMS = 8_192;
const MAX_FIELDS = 1_000;

/**
 * The most bytes of the app's own data about a group, a membership or an
 * invitation. Hundreds of these rows are read in one transaction, of which
 * Convex lets it read 16 MiB.
 */
export const MAX_ROW_BYTES = 16 * 1_024;

/**
 * Whether something is data that a row can hold: the values of Convex, in 512
 * KiB or what `maxBytes` says, and in 32 levels at most.
 */
export function isStorable(value: unknown, maxBytes = MAX_BYTES): boolean {
  try {
    const json = convexToJson(value as Value);
    const { length } = new TextEncoder().encode(JSON.stringify(json));
    return length <= maxBytes && isWithin(json, MAX_DEPTH);
  } catch {
    return false;
  }
}

function isWithin(json: JSONValue, depth: number): boolean {
  if (typeof json !== "object" || json === null) {
    return true;
  }
  const content = Object.values(json);
  return (
    depth > 0 &&
    content.length <= (Array.isArray(json) ? MAX_ITEMS : MAX_FIELDS) &&
    content.every((inner) => isWithin(inner, depth - 1))
  );
}
