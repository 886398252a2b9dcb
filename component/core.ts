/**
 * The door to the Rust core: decoded, compiled and instantiated on first use
 * in a call, because each call starts in a fresh context and many calls need
 * no decision at all.
 */
import * as gatehouse from "../pkg/gatehouse.js";
import { wasmBase64 } from "../pkg/wasm.js";

type Core = Omit<typeof gatehouse, "initSync">;

let isRunning = false;

/**
 * Asks the core.
 *
 * @param name The decision to make.
 * @param args What it decides on: the time, the configuration, the rows.
 * @returns The decision. Refusals are values.
 * @throws When the arguments cannot be read, or the core trapped. An instance
 *   that trapped is dropped, so that the next call starts with a fresh one.
 */
export function decide<Name extends keyof Core>(
  name: Name,
  ...args: Parameters<Core[Name]>
): ReturnType<Core[Name]> {
  if (!isRunning) {
    gatehouse.initSync({ module: new WebAssembly.Module(decode(wasmBase64)) });
    isRunning = true;
  }
  const decision = gatehouse[name] as (
    ...args: Parameters<Core[Name]>
  ) => ReturnType<Core[Name]>;
  try {
    return decision(...args);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      isRunning = false;
    }
    throw error;
  }
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
