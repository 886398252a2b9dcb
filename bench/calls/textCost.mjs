/**
 * What one string costs at the boundary of WebAssembly, by Node's `TextEncoder`
 * and `TextDecoder` and by the copies of Convex's.
 */
import vm from "node:vm";
import { replaceText } from "../evaluation/convexText.mjs";
import { isolateGlobals } from "../evaluation/isolateGlobals.mjs";
import { interleave, median, timed } from "../interleave.mjs";

/**
 * @typedef {Record<"native" | "convex", { encodeInto: number, decode: number }>}
 *   TextCost In milliseconds for one string.
 */

/** As many as a call has: V8 has not optimised anything after so few. */
const strings = 100;

const prepare = new vm.Script(`() => {
  const text = "ada.lovelace@example.com";
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const memory = new Uint8Array(1024);
  const bytes = encoder.encode(text);
  return {
    encodeInto: () => encoder.encodeInto(text, memory.subarray(64)),
    decode: () => decoder.decode(bytes),
  };
}`);

/**
 * @param {number} rounds
 * @returns {Promise<TextCost>}
 */
export async function measureText(rounds) {
  const candidates = ["native", "convex"].flatMap((text) =>
    ["encodeInto", "decode"].map((operation) => ({
      id: `${text}/${operation}`,
      // Each sample has a context of its own.
      sample: () => timed("", strings, operationsOf(text)[operation]).sample(),
    })),
  );
  const samples = await interleave(candidates, { rounds, warmUpRounds: 3 });
  /** @param {string} text */
  const costs = (text) => ({
    encodeInto: median(samples.get(`${text}/encodeInto`)),
    decode: median(samples.get(`${text}/decode`)),
  });
  return { native: costs("native"), convex: costs("convex") };
}

/**
 * @param {string} text
 * @returns {Record<string, () => void>}
 */
function operationsOf(text) {
  const context = vm.createContext(isolateGlobals());
  if (text === "convex") replaceText(context);
  return prepare.runInContext(context)();
}
