/**
 * Running the layers of `npm test` in lanes: those of a lane one after the
 * other, the lanes at the same time. A lane that is through helps the others.
 *
 * Only Node's built-in modules are imported, because `npm test` runs before the
 * packages are installed.
 */

/** @typedef {import("./testCounts.mjs").Counts} Counts */
/** @typedef {import("./statusArea.mjs").StatusArea} StatusArea */

/**
 * @typedef {object} Log
 * @property {(text: string) => void} write Keeps output until the layer ends.
 * @property {(text: string) => void} status Says what the layer is doing.
 */

/**
 * @typedef {object} Layer
 * @property {string} name How `npm run test:<name>` calls it.
 * @property {string} heading What is printed above its output.
 * @property {string} lane The lane it runs in.
 * @property {boolean} [isMovable] Whether another lane that is through with its
 *   own layers may run it. No, if missing.
 * @property {string} [needs] The name of a layer that has to pass first, where
 *   that one is run as well.
 * @property {(log: Log) => Promise<Counts>} run Runs it; its failures are
 *   counted, not thrown.
 */

/**
 * @typedef {object} Result
 * @property {string} name The layer's name.
 * @property {string} lane The lane it ran in.
 * @property {Counts} counts How many of its tests passed and failed.
 * @property {number} seconds How long it took.
 */

/**
 * Runs layers, each lane on its own. A layer that fails stops no lane; only those
 * that need it do not run, and count as one failure each.
 *
 * @param {readonly Layer[]} layers Those of a lane in the order they run.
 * @param {StatusArea} status Where output and progress are shown: the output of
 *   a layer in one piece when the layer ends.
 * @param {() => number} [now] A clock, in milliseconds.
 * @returns {Promise<Result[]>} In the order of `layers`.
 */
export async function runLanes(layers, status, now = () => performance.now()) {
  const waiting = [...layers];
  /** @type {Map<string, Promise<Result>>} */
  const results = new Map();
  /** @type {Map<string, (result: Result) => void>} */
  const end = new Map();
  for (const { name } of layers) {
    const result = new Promise((resolve) => end.set(name, resolve));
    results.set(name, result);
  }
  const runLane = async (/** @type {string} */ lane) => {
    for (
      let layer = takeNext(waiting, lane);
      layer !== undefined;
      layer = takeNext(waiting, lane)
    ) {
      const needed = await results.get(layer.needs ?? "");
      const isPossible = needed === undefined || needed.counts.failed === 0;
      const result = isPossible
        ? await runLayer(layer, lane, status, now)
        : notRun(layer, lane, needed.name, status);
      end.get(layer.name)?.(result);
    }
  };
  const lanes = new Set(layers.map(({ lane }) => lane));
  await Promise.all([...lanes].map(runLane));
  return Promise.all(results.values());
}

/**
 * @param {Layer[]} waiting Layers that no lane has begun. The one that is taken is
 *   removed.
 * @param {string} lane
 * @returns {Layer | undefined} The next one for a lane: its own first.
 */
function takeNext(waiting, lane) {
  const own = waiting.findIndex((layer) => layer.lane === lane);
  const next =
    own < 0 ? waiting.findIndex(({ isMovable }) => isMovable === true) : own;
  return next < 0 ? undefined : waiting.splice(next, 1)[0];
}

/**
 * @param {Layer} layer
 * @param {string} lane The lane that runs it.
 * @param {StatusArea} status
 * @param {() => number} now
 * @returns {Promise<Result>}
 */
async function runLayer(layer, lane, status, now) {
  const start = now();
  let output = "";
  status.set(layer.name, "running");
  /** @type {Log} */
  const log = {
    write: (text) => {
      output += text;
      const line = text.trimEnd().split("\n").at(-1)?.trim() ?? "";
      if (line !== "") status.set(layer.name, line);
    },
    status: (text) => status.set(layer.name, text),
  };
  /** @type {Counts} */
  let counts;
  try {
    counts = await layer.run(log);
  } catch (error) {
    output += `error: ${error instanceof Error ? error.message : String(error)}\n`;
    counts = { passed: 0, failed: 1 };
  }
  const seconds = (now() - start) / 1000;
  status.remove(layer.name);
  if (output !== "" && !output.endsWith("\n")) output += "\n";
  status.write(
    `\n== ${layer.heading} (${layer.name})\n${output}` +
      `== ${layer.name}: ${counts.passed} passed, ${counts.failed} failed, ` +
      `${seconds.toFixed(1)} s\n`,
  );
  return { name: layer.name, lane, counts, seconds };
}

/**
 * @param {Layer} layer
 * @param {string} lane The lane whose turn it was in.
 * @param {string} needed The name of the layer that failed.
 * @param {StatusArea} status
 * @returns {Result}
 */
function notRun({ name, heading }, lane, needed, status) {
  status.write(
    `\n== ${heading} (${name})\n== ${name}: not run, because ${needed} failed\n`,
  );
  return { name, lane, counts: { passed: 0, failed: 1 }, seconds: 0 };
}

/**
 * Describes results for the end of a run.
 *
 * @param {readonly Result[]} results
 * @returns {string} A table of times, the layers that failed, and as the last
 *   line `N passed, N failed`, with a line break behind it.
 */
export function summary(results) {
  const lines = ["", "layer      lane   passed  failed   seconds"];
  const total = { passed: 0, failed: 0 };
  for (const { name, lane, counts, seconds } of results) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    lines.push(
      `${name.padEnd(10)} ${lane.padEnd(6)} ` +
        `${String(counts.passed).padStart(6)} ` +
        `${String(counts.failed).padStart(7)} ` +
        seconds.toFixed(1).padStart(9),
    );
  }
  const failed = results.filter(({ counts }) => counts.failed > 0);
  if (failed.length > 0) {
    lines.push(
      "",
      `Failed layers: ${failed.map(({ name }) => name).join(", ")}`,
    );
  }
  lines.push("", `${total.passed} passed, ${total.failed} failed`, "");
  return lines.join("\n");
}
