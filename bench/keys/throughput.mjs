/**
 * Many verifications at once, over loopback: how many there are in a second,
 * and whether every one of them was counted.
 */
import { median } from "../interleave.mjs";
import { day, plenty } from "./cases.mjs";
import { IN_FLIGHT, ServerProcess } from "./serverProcess.mjs";

/** As many keys as an owner may have unless the app says otherwise. */
const KEYS_PER_OWNER = 50;

/**
 * @typedef {object} Load
 * @property {string} label
 * @property {number} keys
 * @property {number} calls
 * @property {number} accepted Verifications that were answered with "yes".
 * @property {number} refused
 * @property {number} counted The uses that the rows of `ApiKeyCounter` count
 *   together.
 * @property {number} unequal Keys whose rows count another number of uses than
 *   were accepted of that key.
 * @property {number} limit The uses that a key's limit allows.
 * @property {number} rows That count the uses of the key with most.
 * @property {number} busiest The share of the accepted verifications that wrote
 *   the row that was written most often.
 * @property {number} perSecond The median over the rounds, by the clock of the
 *   server's process (`interleave.mjs`).
 *
 * @typedef {{ keyId: string, raw: string }} Key
 */

/**
 * @param {{ calls: number, keys: number, rounds: number }} sizes
 * @returns {Promise<{ one: Load, many: Load, limited: Load, exhausted: Load }>}
 */
export async function measureThroughput({ calls, keys, rounds }) {
  const server = await ServerProcess.start();
  try {
    const rateLimit = { maxRequests: plenty, windowMs: day };
    const quota = { remaining: plenty };
    const half = calls / 2;
    const low = { maxRequests: half, windowMs: day };
    const window = "windowUses";
    const plans = {
      one: {
        ...{ label: "one key", limit: plenty, fields: [window, "quotaUses"] },
        keys: await makeKeys(server, 1, { rateLimit, quota }),
      },
      many: {
        ...{ label: "many keys", limit: plenty, fields: [window, "quotaUses"] },
        keys: await makeKeys(server, keys, { rateLimit, quota }),
      },
      limited: {
        ...{ label: "one key, rate limit for half of them", limit: half },
        ...{ fields: [window] },
        keys: await makeKeys(server, 1, { rateLimit: low }),
      },
      exhausted: {
        ...{ label: "one key, quota for half of them", limit: half },
        ...{ fields: ["quotaUses"] },
        keys: await makeKeys(server, 1, { quota: { remaining: half } }),
      },
    };
    const runs = Object.entries(plans).map(([id, plan]) => ({
      ...{ id, ...plan, accepted: new Map(), rates: [], calls: 0 },
    }));
    await warmUp(server);
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < runs.length; turn++) {
        const run = runs[(round + turn) % runs.length];
        await burst(server, run, calls / rounds);
      }
    }
    const loads = [];
    for (const run of runs) loads.push([run.id, await result(server, run)]);
    return Object.fromEntries(loads);
  } finally {
    await server.stop();
  }
}

/**
 * @param {ServerProcess} server
 * @param {number} count
 * @param {object} limits
 * @returns {Promise<Key[]>}
 */
async function makeKeys(server, count, limits) {
  const owners = Math.ceil(count / KEYS_PER_OWNER);
  const keys = [];
  for (const userId of await server.ask("users", owners)) {
    const made = await server.mutation("keys:createMany", {
      key: { userId, ...limits },
      count: Math.min(KEYS_PER_OWNER, count - keys.length),
    });
    keys.push(...made);
  }
  return keys;
}

/**
 * Loads all modules, and has V8 compile them.
 *
 * @param {ServerProcess} server
 */
async function warmUp(server) {
  const rateLimit = { maxRequests: plenty, windowMs: day };
  const keys = await makeKeys(server, 1, { rateLimit });
  await burst(server, { keys, accepted: new Map(), rates: [], calls: 0 }, 500);
}

/**
 * Verifies the keys in turns, so many at once.
 *
 * @param {ServerProcess} server
 * @param {{ keys: Key[], accepted: Map<string, number>, rates: number[], calls:
 *   number }} run
 * @param {number} calls
 */
async function burst(server, run, calls) {
  const end = run.calls + calls;
  const caller = async () => {
    while (run.calls < end) {
      const { keyId, raw } = run.keys[run.calls++ % run.keys.length];
      if (await server.mutation("keys:use", { raw })) {
        run.accepted.set(keyId, (run.accepted.get(keyId) ?? 0) + 1);
      }
    }
  };
  await server.ask("startClock");
  await Promise.all(Array.from({ length: IN_FLIGHT }, caller));
  run.rates.push((calls * 1000) / (await server.ask("elapsed")));
}

/**
 * @param {ServerProcess} server
 * @param {object} run
 * @returns {Promise<Load>}
 */
async function result(server, run) {
  const { label, keys, fields, accepted, rates, calls, limit } = run;
  const rows = await server.ask(
    "counters",
    keys.map(({ keyId }) => keyId),
  );
  // With both limits, each use is counted twice, and has to be in both counts.
  const counts = fields.map((field) =>
    rows.map((ofKey) => ofKey.map((row) => row[field])),
  );
  const total = sum([...accepted.values()]);
  const counted = counts.map((perKey) => sum(perKey.map(sum)));
  return {
    ...{ label, keys: keys.length, calls, limit, accepted: total },
    refused: calls - total,
    counted: furthest(counted, total),
    unequal: keys.filter(({ keyId }, position) =>
      counts.some(
        (perKey) => sum(perKey[position]) !== (accepted.get(keyId) ?? 0),
      ),
    ).length,
    rows: Math.max(...rows.map(({ length }) => length)),
    busiest: Math.max(...counts[0].flat()) / total,
    perSecond: median(rates),
  };
}

/**
 * @param {number[]} values
 * @param {number} from
 * @returns {number} The one that is furthest from it.
 */
function furthest(values, from) {
  return values.reduce((far, value) =>
    Math.abs(value - from) > Math.abs(far - from) ? value : far,
  );
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
