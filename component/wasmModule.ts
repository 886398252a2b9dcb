/** What wasm-bindgen generates for a module of the core. */
type Bindings = {
  initSync(options: { module: WebAssembly.Module }): unknown;
};

/** The bytes of a module of the core, as base64 (RFC 4648, section 4). */
type WasmBytes = {
  base64: () => string;
  /** How many characters the text has. */
  length: number;
};

/** The decisions of a module. */
type Decisions<Module> = Omit<Module, "initSync">;

/** Asks a module of the core for a decision. */
export type Decide<Module> = <Name extends keyof Decisions<Module>>(
  name: Name,
  ...args: Arguments<Module[Name]>
) => Result<Module[Name]>;

type Arguments<Decision> = Decision extends (...args: infer Args) => unknown
  ? Args
  : never;

type Result<Decision> = Decision extends (...args: never[]) => infer Answer
  ? Answer
  : never;

/**
 * A door to a module of the Rust core: decoded, compiled and instantiated on
 * first use in a call, because each call starts in a fresh context and many
 * calls need no decision at all.
 *
 * @param bindings What wasm-bindgen has generated.
 * @param bytes The bytes of the module.
 * @returns A function that asks the module. It throws when the arguments cannot
 *   be read, or the module trapped. An instance that trapped is dropped, so
 *   that the next call starts with a fresh one. Refusals are values.
 */
export function wasmModule<Module extends Bindings>(
  bindings: Module,
  bytes: WasmBytes,
): Decide<Module> {
  let isRunning = false;
  return (name, ...args) => {
    if (!isRunning) {
      const module = new WebAssembly.Module(decode(textOf(bytes)));
      bindings.initSync({ module });
      isRunning = true;
    }
    type Name = typeof name;
    const decision = bindings[name] as (
      ...args: Arguments<Module[Name]>
    ) => Result<Module[Name]>;
    try {
      return decision(...args);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        isRunning = false;
      }
      throw error;
    }
  };
}

/**
 * The text of a module's bytes. It is taken from the source of the function that
 * answers it (ECMA-262, section 20.2.3.5): an engine has the source at hand, and
 * takes longer to read the function than for all the rest. An engine that has
 * not kept the source is asked for the answer.
 */
function textOf(bytes: WasmBytes): string {
  const source = bytes.base64.toString();
  const start = source.search(/["'`]/) + 1;
  const end = start + bytes.length;
  return start > 0 && source[end] === source[start - 1]
    ? source.slice(start, end)
    : bytes.base64();
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
