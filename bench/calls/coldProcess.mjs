/**
 * Makes one call, the first of this process, and prints how long it took. The
 * call is in the file that is named on the command line; `empty` is the empty
 * function's.
 */
import { readFileSync } from "node:fs";
import { deserialize } from "node:v8";
import { OperationRecorder } from "../operations/recorder.mjs";
import { calls } from "./callList.mjs";
import { callEmpty, empty, emptyIsolate } from "./empty.mjs";
import { reopenWorld } from "./world.mjs";

const [argument] = process.argv.slice(2);
const times =
  argument === empty
    ? await callEmpty(await emptyIsolate())
    : await callPackaged(deserialize(readFileSync(argument)));
console.log(JSON.stringify(times));
// The engine may have timers left.
process.exit();

/**
 * @param {import("./build.mjs").PackagedCall} packaged
 * @returns {Promise<import("./isolate.mjs").Times>}
 */
async function callPackaged({ callId, world }) {
  const call = calls.find(({ id }) => id === callId);
  const reopened = await reopenWorld(world, new OperationRecorder());
  const { total } = await reopened.run(call);
  return total;
}
