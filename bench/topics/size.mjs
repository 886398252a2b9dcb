/**
 * How large the WebAssembly modules are.
 */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { bytes } from "../report/format.mjs";
import { builtModules } from "../wasmModules.mjs";

/**
 * @returns {Promise<import("../report/topic.mjs").TopicResult>}
 */
export async function measureSize() {
  const modules = builtModules();
  /** @type {Record<string, { raw: number, gzip: number, base64: number }>} */
  const figures = {};
  for (const { name, file } of modules) {
    const content = readFileSync(file);
    figures[name] = {
      raw: content.length,
      gzip: gzipSync(content, { level: 9 }).length,
      base64: content.toString("base64").length,
    };
  }
  return {
    figures,
    tables: [
      {
        title: "WebAssembly",
        columns: ["module", "raw", "gzip", "embedded as base64"],
        rows:
          modules.length === 0
            ? [["pkg/*.wasm", "not built"]]
            : Object.entries(figures).map(([name, { raw, gzip, base64 }]) => [
                name,
                bytes(raw),
                bytes(gzip),
                bytes(base64),
              ]),
      },
    ],
    targets: [],
    summary: summary(figures),
  };
}

/**
 * @param {Record<string, { raw: number, gzip: number }>} figures
 * @returns {import("../report/topic.mjs").SummaryRow[]} One line for all.
 */
function summary(figures) {
  const modules = Object.entries(figures);
  return [
    {
      what: `WebAssembly (gzip): ${modules.map(([name]) => name).join(" / ")}`,
      ours:
        modules.length === 0
          ? undefined
          : modules
              .map(([, { raw, gzip }]) => `${bytes(raw)} (${bytes(gzip)})`)
              .join(" / "),
      peers: {},
    },
  ];
}
