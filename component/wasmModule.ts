/** What wasm-bindgen generates for a module of the core. */
type Bindings = {
  /** Takes a call and returns an answer, both as JSON. */
  decide(name: string, call: string): string;
  initSync(options: { module: WebAssembly.Module }): unknown;
  /** Replaces the instance by a fresh one of the same module. */
  reset(): void;
};

/** The call and the answer of each decision, by name. */
type Decisions<Names extends PropertyKey> = Record<
  Names,
  { call: unknown; answer: unknown }
>;

/** Asks a module of the core for a decision. */
export type Decide<Known extends Decisions<keyof Known>> = <
  Name extends keyof Known,
>(
  name: Name,
  call: OrNull<Known[Name]["call"]>,
) => Known[Name]["answer"];

/** A call in which `null`, too, stands for what is missing: a row, for example. */
type OrNull<Call> = Call extends object
  ? {
      [Field in keyof Call]: undefined extends Call[Field]
        ? OrNull<Call[Field]> | null
        : OrNull<Call[Field]>;
    }
  : Call;

/**
 * A door to a module of the Rust core: decoded, compiled and instantiated on
 * first use in a call, because each call starts in a fresh context and many
 * calls need no decision at all.
 *
 * @param bindings The functions that wasm-bindgen has generated.
 * @param wasmBytes Returns the bytes of the module as base64 (RFC 4648, section 4).
 * @returns A function that asks the module. It throws when the call cannot be read,
 *   or the module trapped. An instance that trapped is dropped, so that the next
 *   call starts with a fresh one. Refusals are values.
 */
export function wasmModule<Known extends Decisions<keyof Known>>(
  bindings: Bindings,
  wasmBytes: () => string,
): Decide<Known> {
  let isRunning = false;
  return (name, call) => {
    if (!isRunning) {
      bindings.initSync({ module: compile(wasmBytes) });
      isRunning = true;
    }
    try {
      const answer = bindings.decide(
        String(name),
        JSON.stringify(call, fieldAsJson),
      );
      return JSON.parse(answer) as Known[typeof name]["answer"];
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        bindings.reset();
      }
      throw error;
    }
  };
}

/** The columns of rows that hold the app's own data, which the core never reads. */
const APP_DATA: ReadonlySet<string> = new Set(["data", "extend", "metadata"]);

/**
 * What JSON has of a field. It has no numbers that are not finite; the core reads
 * them from their texts. Data of the app are left out of rows: they may be large,
 * and hold values that JSON does not have, such as integers of 64 bits.
 */
function fieldAsJson(this: object, field: string, value: unknown): unknown {
  if (APP_DATA.has(field) && "_id" in this) {
    return undefined;
  }
  return typeof value === "number" && !Number.isFinite(value)
    ? String(value)
    : value;
}

/**
 * Compiles a module from the text that a function returns. The text is taken from
 * the function's source (ECMA-262, section 20.2.3.5). An engine has the source at
 * hand; calling the function makes it read and copy the literal, which takes 1.1 ms
 * for `access` and 4.8 ms for `accounts` in a fresh context. The function is called
 * where the source does not hold the text as one literal: an engine need not keep
 * the source, and compilers may write the function in another way.
 */
function compile(wasmBytes: () => string): WebAssembly.Module {
  try {
    return new WebAssembly.Module(decode(literalOf(wasmBytes.toString())));
  } catch {
    return new WebAssembly.Module(decode(wasmBytes()));
  }
}

/** The text between the first quotation mark and the last one of its kind. */
function literalOf(source: string): string {
  const start = source.search(/["'`]/);
  const end = source.lastIndexOf(source.charAt(start));
  return start < 0 ? "" : source.slice(start + 1, end);
}

/** Native decoding, which Convex has, is ten times as fast as a loop. */
function decode(base64: string): Uint8Array<ArrayBuffer> {
  const native = Uint8Array as unknown as {
    fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
  };
  if (native.fromBase64 !== undefined) {
    return native.fromBase64(base64);
  }
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) {
    bytes[index] = binary.charCodeAt(index);
  }
  return bytes;
}
