/**
 * The globals of a Convex isolate that Node's contexts do not have by
 * themselves. (`Object`, `Uint8Array`, `WebAssembly` and so on are made anew
 * with every context.)
 */
import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";

/** Web APIs, taken from Node. */
const webApis = [
  "AbortController",
  "AbortSignal",
  "Blob",
  "DOMException",
  "Event",
  "EventTarget",
  "File",
  "FormData",
  "Headers",
  "ReadableStream",
  "Request",
  "Response",
  "SubtleCrypto",
  "TextDecoder",
  "TextEncoder",
  "TransformStream",
  "URL",
  "URLSearchParams",
  "WritableStream",
  "atob",
  "btoa",
  "clearInterval",
  "clearTimeout",
  "console",
  "crypto",
  "CryptoKey",
  "fetch",
  "performance",
  "queueMicrotask",
  "setInterval",
  "setTimeout",
  "structuredClone",
];

/** What the deployments of our entries and of the peers' would have set. */
const environment = Object.freeze({
  CONVEX_CLOUD_URL: "https://example-animal-123.convex.cloud",
  CONVEX_SITE_URL: "https://example-animal-123.convex.site",
  SITE_URL: "https://app.example.com",
  BETTER_AUTH_SECRET: "a secret that only the benchmark uses 0123456789",
});

/**
 * @param {Record<string, string>} [variables] Environment variables besides
 *   those that all entries have.
 * @returns {Record<string, unknown>} An object to make a context of.
 */
export function isolateGlobals(variables = {}) {
  /** @type {Record<string, unknown>} */
  const globals = {
    AsyncLocalStorage,
    AsyncResource,
    process: { env: { ...environment, ...variables } },
  };
  for (const name of webApis) globals[name] = globalThis[name];
  return globals;
}

/**
 * Convex's V8 decodes base64 natively with `Uint8Array.fromBase64`; Node 20
 * has no such method, so it gets one over `Buffer`, which is native, too.
 *
 * @param {Uint8ArrayConstructor} ContextUint8Array The context's own
 *   `Uint8Array`.
 */
export function addFromBase64(ContextUint8Array) {
  if ("fromBase64" in ContextUint8Array) return;
  Object.defineProperty(ContextUint8Array, "fromBase64", {
    configurable: true,
    writable: true,
    /** @param {string} text */
    value: (text) => {
      const { buffer, byteOffset, length } = Buffer.from(text, "base64");
      return new ContextUint8Array(buffer, byteOffset, length);
    },
  });
}
