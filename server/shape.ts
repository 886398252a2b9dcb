/**
 * Checks of what apps pass on, perhaps from a form: a value of a wrong shape
 * gets a code and no validation error. They are not validators of Convex,
 * which would have to be made on every call.
 */
import { invalid } from "./refuse.js";
import { isStorable, MAX_ROW_BYTES } from "./storable.js";

/**
 * The most items of a list. Whatever is limited in the core is limited to less;
 * this is so that no list is too long for Convex, which would refuse it without
 * a code.
 */
const MAX_ITEMS = 1_024;

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return (
    Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isItem)
  );
}

/** What a value can have to be, and how that is called. */
const KINDS = {
  text: ["a text", isText],
  null: ["null", (value: unknown) => value === null],
  texts: [
    `a list of texts, of ${MAX_ITEMS} at most`,
    (value: unknown) => isListOf(value, isText),
  ],
  number: [
    "a number",
    (value: unknown) => typeof value === "number" && !Number.isNaN(value),
  ],
  finite: ["a finite number", Number.isFinite],
  limit: ["a number", (value: unknown) => typeof value === "number"],
  boolean: ["true or false", (value: unknown) => typeof value === "boolean"],
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
  value: [
    "a value that Convex can store, of 512 KiB and 32 levels at most",
    (value: unknown) => isStorable(value),
  ],
  small: [
    "a value that Convex can store, of 16 KiB and 32 levels at most",
    (value: unknown) => isStorable(value, MAX_ROW_BYTES),
  ],
  actor: ["the id of a user", isText],
  any: ["", () => true],
} as const;

type Kind = keyof typeof KINDS;

/** A kind, or several kinds and words of which a value has to be one. */
type KindOf<Text extends string> = Text extends Kind | `${string}|${string}`
  ? Text
  : never;

type NameOf<Text extends string> = Text extends `${infer Name}?` ? Name : Text;

/** The names of the fields of a list whose kinds all exist. */
type Names<Fields extends string> =
  Fields extends `${infer First}, ${infer Others}`
    ? Names<First> | Names<Others>
    : Fields extends `${infer Name}: ${infer Text}`
      ? [KindOf<Text>] extends [never]
        ? `${Text} is no kind`
        : NameOf<Name>
      : NameOf<Fields>;

/** The names of the fields of an object, of all members of a union. */
type KeysOf<Value> = Value extends unknown ? keyof Value : never;

/**
 * What the fields of an object have to be, written like their types:
 * `"name, slug?, parentGroupId?: text|null, order?: asc|desc"`. A field is a
 * text unless its kind is named, and may be missing with a question mark.
 *
 * An `actor` must not be given as `undefined`: without an actor, the app itself
 * acts and may do everything, which is not what somebody means who passes on
 * that nobody is signed in.
 *
 * The names have to be those of the type's fields. A text that is not known to
 * the compiler is not looked at here, but where it is written.
 */
export type Shape<Fields extends string, Value> = string extends Fields
  ? Fields
  : [Names<Fields>, KeysOf<Value>] extends [KeysOf<Value>, Names<Fields>]
    ? Fields
    : never;

/** The fields of {@link PageOptions}. */
export const PAGE_FIELDS =
  "limit?: limit, cursor?: text|null, order?: asc|desc";

/**
 * Checks an object.
 *
 * @param fields What its fields have to be. TypeScript makes sure that they are
 *   those of its type.
 * @param name What to call it.
 * @throws `INVALID_PARAMETERS` when it is no object, lacks a field, or has one
 *   that is unknown or of another kind.
 */
export function checkFields<Value, Fields extends string>(
  value: Value,
  fields: Fields & Shape<Fields, Value>,
  name = "the argument",
): void {
  if (!isObject(value)) {
    invalid(`${name} must be an object`);
  }
  const given = value as Record<string, unknown>;
  const known = fields.split(", ").map((field) => {
    const [label = "", kind = "text"] = field.split(": ");
    const key = label.replace("?", "");
    const content = given[key];
    if (content !== undefined) {
      checkValue(key, content, kind);
    } else if (kind === "actor" ? key in given : key === label) {
      invalid(
        `\`${key}\` is missing; where the app itself acts, leave the actor out`,
      );
    }
    return key;
  });
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    invalid(
      `\`${unknown.slice(0, 40)}\` is unknown; the fields of ${name} are ${known.join(", ")}`,
    );
  }
}

/**
 * Checks one value.
 *
 * @param name What to call it.
 * @param kind What it has to be, a text by default.
 * @throws `INVALID_PARAMETERS` when it is of another kind.
 */
export function checkValue(name: string, value: unknown, kind = "text"): void {
  const choices = kind.split("|").map((choice) => {
    const known = Object.hasOwn(KINDS, choice) && KINDS[choice as Kind];
    return (
      known || ([`"${choice}"`, (one: unknown) => one === choice] as const)
    );
  });
  if (!choices.some(([, is]) => is(value))) {
    invalid(
      `\`${name}\` must be ${choices.map(([meaning]) => meaning).join(" or ")}`,
    );
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
