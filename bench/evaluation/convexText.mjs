/**
 * `TextEncoder` and `TextDecoder` that take the steps that Convex's take.
 *
 * Convex's isolate does not have V8's or Node's: its classes are JavaScript
 * (`npm-packages/udf-runtime/src/08_text_encoding.ts` of
 * `get-convex/convex-backend`), and each call of theirs is an operation of the
 * host, looked up by its name (`crates/isolate/src/ops/mod.rs`). The host copies
 * the string or the bytes out of V8's heap, converts them, and makes a new
 * buffer or string of the result (`ops/text.rs`). `encodeInto` is no exception:
 * the host answers with a new buffer, which JavaScript then copies to its
 * target.
 */
import vm from "node:vm";

const encoder = new TextEncoder();
/** The one that wasm-bindgen's bindings ask for. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * An operation of the host.
 *
 * @param {string} name
 * @param {any} input
 * @param {number} [space]
 */
function performOp(name, input, space) {
  switch (name) {
    case "textEncoder/encode":
      return encoder.encode(input);
    case "textEncoder/encodeInto": {
      const text = encoder.encode(input);
      const { read, written } = fitting(input, space);
      return { bytes: text.slice(0, written), read, written };
    }
    case "textEncoder/decodeSingle":
      return { text: decode(input) };
    case "textEncoder/normalizeLabel":
      return { label: new TextDecoder(input).encoding };
    default:
      throw new Error(`No operation "${name}"`);
  }
}

/**
 * Walks along the text's characters, as the host does.
 *
 * @param {string} text
 * @param {number} space In bytes.
 * @returns {{ read: number, written: number }} How much of it fits: UTF-16
 *   units and bytes.
 */
function fitting(text, space) {
  let read = 0;
  let written = 0;
  while (read < text.length) {
    const code = text.codePointAt(read);
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (written + size > space) break;
    read += code < 0x10000 ? 1 : 2;
    written += size;
  }
  return { read, written };
}

/**
 * @param {{ bytes: Uint8Array, encoding: string, fatal: boolean, ignoreBOM:
 *   boolean }} request
 */
function decode({ bytes, encoding, fatal, ignoreBOM }) {
  const isUsual = encoding === "utf-8" && ignoreBOM && !fatal;
  if (isUsual) return decoder.decode(bytes.slice());
  return new TextDecoder(encoding, { fatal, ignoreBOM }).decode(bytes);
}

/** The classes, made anew in each context, as everything is. */
const classes = new vm.Script(`(performOp) => {
  globalThis.TextEncoder = class TextEncoder {
    get encoding() {
      return "utf-8";
    }
    encode(text = "") {
      return performOp("textEncoder/encode", String(text));
    }
    encodeInto(text, target) {
      const { bytes, read, written } = performOp(
        "textEncoder/encodeInto",
        text,
        target.length,
      );
      target.set(bytes, 0);
      return { read, written };
    }
  };
  globalThis.TextDecoder = class TextDecoder {
    #encoding;
    #fatal;
    #ignoreBOM;
    constructor(label = "utf-8", { fatal = false, ignoreBOM = false } = {}) {
      const { label: encoding } = performOp("textEncoder/normalizeLabel", label);
      this.#encoding = encoding;
      this.#fatal = fatal;
      this.#ignoreBOM = ignoreBOM;
    }
    decode(bytes) {
      if (bytes === undefined) return "";
      const { text } = performOp("textEncoder/decodeSingle", {
        bytes: copyOf(bytes),
        encoding: this.#encoding,
        fatal: this.#fatal,
        ignoreBOM: this.#ignoreBOM,
      });
      return text;
    }
  };
  const copyOf = (source) =>
    ArrayBuffer.isView(source)
      ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
      : new Uint8Array(source.slice(0));
}`);

/** @param {vm.Context} context One in which nothing has run yet. */
export function replaceText(context) {
  classes.runInContext(context)(performOp);
}
