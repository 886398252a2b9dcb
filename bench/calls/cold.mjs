/**
 * Measures calls as the first that a process makes: V8 has compiled nothing
 * before, JavaScript or WebAssembly. Each sample is a process of its own.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { serialize } from "node:v8";
import { interleave } from "../interleave.mjs";
import { calls } from "./callList.mjs";
import { empty } from "./empty.mjs";
import { hashTime, medians } from "./warm.mjs";

/**
 * @typedef {import("./build.mjs").Build} Build
 * @typedef {import("./isolate.mjs").Times} Times
 *
 * @typedef {object} ColdFigures
 * @property {Times} empty
 * @property {Record<string, Record<string, { times: Times, sum: number,
 *   evaluations: number }>>} builds By build, then by call. `sum` is in empty
 *   functions, `evaluations` in empty modules.
 */

const start = promisify(execFile);
const script = fileURLToPath(new URL("coldProcess.mjs", import.meta.url));

/**
 * @param {readonly Build[]} builds
 * @param {number} rounds
 * @returns {Promise<ColdFigures>}
 */
export async function measureCold(builds, rounds) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cold-calls-"));
  try {
    return await measureIn(folder, builds, rounds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} folder The folder for the files that the processes read.
 * @param {readonly Build[]} builds
 * @param {number} rounds
 * @returns {Promise<ColdFigures>}
 */
async function measureIn(folder, builds, rounds) {
  /** @type {Map<string, { total: Times }[]>} */
  const results = new Map();
  /** @type {import("../interleave.mjs").Candidate[]} */
  const candidates = [];
  /**
   * @param {string} id
   * @param {string} argument
   */
  const add = (id, argument) => {
    results.set(id, []);
    candidates.push({
      id,
      sample: async () => {
        const total = await firstCall(argument);
        results.get(id).push({ total });
        return total.time;
      },
    });
  };
  add(empty, empty);
  const coldCalls = calls.filter(({ isColdToo }) => isColdToo);
  for (const build of builds) {
    for (const call of coldCalls) {
      for (const world of build.worldsOf(call)) {
        const id = idOf(build, call, world);
        const file = path.join(folder, id.replaceAll("/", "-"));
        writeFileSync(file, serialize(await build.package(call, world)));
        add(id, file);
      }
    }
  }
  await interleave(candidates, { rounds, warmUpRounds: 0 });

  const unit = medians(results.get(empty).map(({ total }) => total));
  /** @type {ColdFigures} */
  const figures = { empty: unit, builds: {} };
  for (const build of builds) {
    figures.builds[build.id] = {};
    for (const call of coldCalls) {
      const worlds = build
        .worldsOf(call)
        .map((world) => results.get(idOf(build, call, world)));
      const times = medians(worlds[0].map(({ total }) => total));
      times.time -= hashTime(worlds);
      figures.builds[build.id][call.id] = {
        times,
        sum: times.time / unit.time,
        evaluations: times.evaluation / unit.evaluation,
      };
    }
  }
  return figures;
}

/**
 * @param {Build} build
 * @param {import("./callList.mjs").Call} call
 * @param {import("./world.mjs").World} world
 */
function idOf(build, call, world) {
  return [build.id, call.id, world.memory].join("/");
}

/**
 * @param {string} argument A file with a call, or `empty`.
 * @returns {Promise<Times>}
 */
async function firstCall(argument) {
  // The flags are those that this process has been given.
  const flags = process.execArgv;
  const { stdout } = await start(process.execPath, [
    ...flags,
    script,
    argument,
  ]);
  // What the functions log comes before it.
  return JSON.parse(stdout.trim().split("\n").at(-1));
}
