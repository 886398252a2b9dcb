/**
 * The compact table of the README.
 */

/**
 * @param {import("./topic.mjs").SummaryRow[]} rows
 * @param {import("./machine.mjs").Machine} machine
 * @returns {string} Markdown that ends in a line break.
 */
export function markdownTable(rows, machine) {
  const peers = [...new Set(rows.flatMap((row) => Object.keys(row.peers)))];
  const lines = [
    ["", "Gatehouse", ...peers],
    ["---", "---", ...peers.map(() => "---")],
    ...rows.map(({ what, ours, peers: found }) => [
      what,
      ours === undefined ? "not measured" : `**${ours}**`,
      ...peers.map((peer) => found[peer] ?? "–"),
    ]),
  ].map((cells) => `| ${cells.join(" | ")} |`);
  return `${lines.join("\n")}

Medians of one interleaved run of \`npm run bench\` (Node ${machine.node}, ${machine.processor}). The empty module is three functions that import \`convex/server\` and \`convex/values\`; every app pays it. The empty function is one of them, evaluated and called; each context of a call pays it.
`;
}
