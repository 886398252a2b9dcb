/**
 * Checks of what apps pass on, perhaps from a form: a value of a wrong shape
 * gets a code and no validation error. They are not validators of Convex,
 * which would have to be made on every call.
 */
import { refuse } from "./refuse.js";
import { isStorable, MAX_ROW_BYTES } from "./storable.js";

/**
 * The most items of a list. Whatever is limited in the core is limited to less;
 * this is so that no list is too long for Convex, which would refuse it without
 * a code.
 */
const MAX_ITEMS = 1_024;

const isText = (value: unknown) => typeof value === "string";

const isListOf = (value: unknown, isItem: (item: unknown) => boolean) =>
  Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isItem);

const isNumber = (value: unknown) =>
  typeof value === "number" && !Number.isNaN(value);

/** What a value can have to be, and how that is called. */
const KINDS = {
  text: ["a text", isText],
  "text or null": [
    "a text or null",
    (value: unknown) => value === null || isText(value),
  ],
  texts: [
    `a list of texts, of ${MAX_ITEMS} at most`,
    (value: unknown) => isListOf(value, isText),
  ],
  number: ["a number", isNumber],
  boolean: ["a boolean", (value: unknown) => typeof value === "boolean"],
  object: [
    `an object, of ${MAX_ITEMS} fields at most`,
    (value: unknown) =>
      isObject(value) && Object.keys(value).length <= MAX_ITEMS,
  ],
  tags: [
    `a list of objects with the texts \`key\` and \`value\`, of ${MAX_ITEMS} at most`,
    (value: unknown) => isListOf(value, isTag),
  ],
  statements: [
    `a list of objects with \`resource\` and \`actions\`, of ${MAX_ITEMS} at most`,
    (value: unknown) => isListOf(value, isStatement),
  ],
  order: [
    '"asc" or "desc"',
    (value: unknown) => value === "asc" || value === "desc",
  ],
  limit: ["a number", (value: unknown) => typeof value === "number"],
  value: [
    "a value that Convex can store, of 512 KiB and 32 levels at most",
    (value: unknown) => isStorable(value),
  ],
  "small value": [
    "a value that Convex can store, of 16 KiB and 32 levels at most",
    (value: unknown) => isStorable(value, MAX_ROW_BYTES),
  ],
  actor: ["the id of a user", isText],
  any: ["", () => true],
} as const;

type Kind = keyof typeof KINDS;

/**
 * What the fields of an object have to be. Those with a question mark may be
 * missing, and so may `actor`, which must not be given as `undefined`.
 */
export type Shape = Readonly<Record<string, Kind | `${Kind}?`>>;

/** The fields of {@link PageOptions}. */
export const PAGE_SHAPE = {
  limit: "limit?",
  cursor: "text or null?",
  order: "order?",
} as const satisfies Shape;

/**
 * Checks an object.
 *
 * @param name What to call it.
 * @throws `INVALID_PARAMETERS` when it is no object, lacks a field, or has one
 *   that is unknown or of another kind.
 */
export function checkFields(name: string, value: unknown, shape: Shape): void {
  if (!isObject(value)) {
    refuse("INVALID_PARAMETERS", `${name} must be an object`);
  }
  for (const [field, content] of Object.entries(value)) {
    const kind = Object.hasOwn(shape, field) ? shape[field] : undefined;
    if (kind === undefined) {
      refuse(
        "INVALID_PARAMETERS",
        `\`${field.slice(0, 40)}\` is unknown; the fields of ${name} are ${Object.keys(shape).join(", ")}`,
      );
    }
    if (content === undefined && kind === "actor") {
      // Without an actor, the app itself acts and may do everything, which is
      // not what somebody means who passes on that nobody is signed in.
      refuse(
        "INVALID_PARAMETERS",
        `\`${field}\` is undefined; leave it out where the app itself acts`,
      );
    }
    if (content !== undefined) {
      checkValue(field, content, kind.replace("?", "") as Kind);
    }
  }
  for (const [field, kind] of Object.entries(shape)) {
    const isNeeded = !kind.endsWith("?") && kind !== "actor";
    if (isNeeded && (value as Record<string, unknown>)[field] === undefined) {
      refuse("INVALID_PARAMETERS", `\`${field}\` is missing`);
    }
  }
}

/**
 * Checks one value.
 *
 * @param name What to call it.
 * @throws `INVALID_PARAMETERS` when it is of another kind.
 */
export function checkValue(name: string, value: unknown, kind: Kind): void {
  const [meaning, is] = KINDS[kind];
  if (!is(value)) {
    refuse("INVALID_PARAMETERS", `\`${name}\` must be ${meaning}`);
  }
}

/** Whether a value is an object of fields: no list, no bytes, no `Map`. */
function isObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  // The objects of another realm, as in tests, have another prototype.
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || prototype.constructor?.name === "Object";
}

function isStatement(value: unknown): boolean {
  if (!isObject(value)) {
    return false;
  }
  const { resource, actions, ...others } = value as Record<string, unknown>;
  return (
    isText(resource) &&
    isListOf(actions, isText) &&
    Object.keys(others).length === 0
  );
}

function isTag(value: unknown): boolean {
  if (!isObject(value)) {
    return false;
  }
  const { key, value: content, ...others } = value as Record<string, unknown>;
  return isText(key) && isText(content) && Object.keys(others).length === 0;
}
