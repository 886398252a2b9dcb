/**
 * Tables and targets for the terminal.
 */

/**
 * @param {import("./topic.mjs").Table} table
 * @returns {string}
 */
export function textTable({ title, columns, rows }) {
  const widths = columns.map((column, index) =>
    Math.max(
      column.length,
      ...rows
        .filter((row) => row.length === columns.length)
        .map((row) => row[index].length),
    ),
  );
  widths[0] = Math.max(widths[0], ...rows.map((row) => row[0].length));
  /** @param {string[]} row */
  const line = (row) =>
    row.length === columns.length
      ? row
          .map((cell, index) =>
            index === 0
              ? cell.padEnd(widths[index])
              : cell.padStart(widths[index]),
          )
          .join("  ")
      : `${row[0].padEnd(widths[0])}  ${row.slice(1).join("  ")}`;
  const ruler = widths.map((width) => "─".repeat(width)).join("  ");
  return [`\n${title}`, ruler, line(columns), ruler, ...rows.map(line)].join(
    "\n",
  );
}

/**
 * @param {import("../targets.mjs").Target[]} targets
 * @returns {string}
 */
export function textTargets(targets) {
  return textTable({
    title: "Targets",
    columns: ["target", "found", "verdict"],
    rows: targets.map(({ text, found, verdict }) => [text, found, verdict]),
  });
}
