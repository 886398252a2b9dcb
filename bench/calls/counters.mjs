/**
 * Counts what a call does at the boundaries of its context: strings that are
 * encoded and decoded, WebAssembly that is compiled, and questions to it.
 */
import vm from "node:vm";

/**
 * @typedef {object} Counts
 * @property {number} files Modules and chunks that are evaluated.
 * @property {number} bytes Of their texts.
 * @property {number} decodedTexts Of WebAssembly, from base64.
 * @property {number} decodedBytes
 * @property {number} compiled WebAssembly modules.
 * @property {number} compiledBytes
 * @property {number} decisions Calls of what WebAssembly exports, without
 *   those by which its bindings manage memory.
 * @property {number} encodings Strings encoded for WebAssembly.
 * @property {number} encodedBytes
 * @property {number} decodings Strings decoded from it.
 * @property {number} decodedStringBytes
 */

/** @returns {Counts} */
export function nothingCounted() {
  return {
    files: 0,
    bytes: 0,
    decodedTexts: 0,
    decodedBytes: 0,
    compiled: 0,
    compiledBytes: 0,
    decisions: 0,
    encodings: 0,
    encodedBytes: 0,
    decodings: 0,
    decodedStringBytes: 0,
  };
}

/** Names of the bindings' own exports begin like this: `__wbindgen_malloc`. */
const wrap = new vm.Script(`(counts) => {
  globalThis.TextEncoder = class extends TextEncoder {
    encode(text) {
      const bytes = super.encode(text);
      counts.encodings += 1;
      counts.encodedBytes += bytes.length;
      return bytes;
    }
    encodeInto(text, target) {
      const result = super.encodeInto(text, target);
      counts.encodings += 1;
      counts.encodedBytes += result.written;
      return result;
    }
  };
  globalThis.TextDecoder = class extends TextDecoder {
    decode(bytes, options) {
      if (bytes !== undefined) {
        counts.decodings += 1;
        counts.decodedStringBytes += bytes.byteLength;
      }
      return super.decode(bytes, options);
    }
  };
  const { fromBase64 } = Uint8Array;
  Uint8Array.fromBase64 = (text) => {
    const bytes = fromBase64.call(Uint8Array, text);
    counts.decodedTexts += 1;
    counts.decodedBytes += bytes.length;
    return bytes;
  };
  const { Module, Instance } = WebAssembly;
  WebAssembly.Module = new Proxy(Module, {
    construct(target, [bytes]) {
      counts.compiled += 1;
      counts.compiledBytes += bytes.byteLength;
      return new target(bytes);
    },
  });
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, [module, imports]) {
      const exports = { ...new target(module, imports).exports };
      for (const [name, value] of Object.entries(exports)) {
        if (typeof value !== "function" || name.startsWith("__")) continue;
        exports[name] = (...args) => {
          counts.decisions += 1;
          return value(...args);
        };
      }
      return { exports };
    },
  });
}`);

/**
 * @param {vm.Context} context One in which nothing has run yet.
 * @returns {Counts} They go up as the context runs.
 */
export function countWork(context) {
  const counts = nothingCounted();
  wrap.runInContext(context)(counts);
  return counts;
}
