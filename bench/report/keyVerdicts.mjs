/**
 * The targets of the topic `keys`, and its lines of the README's table.
 */
import { verificationLabels } from "../keys/cases.mjs";
import { IN_FLIGHT } from "../keys/serverProcess.mjs";
import { judge } from "../targets.mjs";
import { count, milliseconds } from "./format.mjs";

/**
 * @typedef {import("./keyTables.mjs").KeyFigures} KeyFigures
 * @typedef {import("../keys/comparison.mjs").Verification} Verification
 */

/**
 * @param {KeyFigures} figures
 * @returns {import("../targets.mjs").Target[]}
 */
export function keyTargets(figures) {
  const { verifications, operations, throughput } = figures;
  const { one, many, limited, exhausted } = throughput;
  const ours = verifications.filter(({ app }) => app === "gatehouse");
  const inQueries = ours.filter(({ case: name }) => name.endsWith("/query"));
  const counting = ours.filter(({ case: name }) =>
    ["limited", "quota"].includes(name.split("/")[1]),
  );
  const free = ours.filter(({ case: name }) =>
    ["query", "free"].includes(name.split("/")[1]),
  );
  const pairs = pairsOf(verifications);
  const calls = count(one.calls);
  return [
    judge(
      "verifying an API key is one component call",
      greatest(ours.map(({ cost }) => cost.crossings)),
      { atMost: 1 },
    ),
    judge(
      "verifying a key without limits writes no row",
      greatest(free.map(({ cost }) => cost.rowsWritten)),
      { atMost: 0 },
    ),
    judge(
      "verifying a key in a query writes no row at its first use either",
      greatest(inQueries.map(({ first }) => first.rowsWritten)),
      { atMost: 0 },
    ),
    judge(
      "verifying a key with limits writes one row",
      greatest(counting.map(({ cost }) => cost.rowsWritten)),
      { atMost: 1 },
    ),
    judge(
      "refusing a key whose limit is used up writes no row",
      ours.find(({ case: name }) => name === "user/refused")?.cost.rowsWritten,
      { atMost: 0 },
    ),
    judge(
      "accepting a key takes at most half of Better Auth's component calls",
      greatest(
        pairs.map(([own, other]) => own.cost.crossings / other.cost.crossings),
      ),
      { atMost: 1 / 2 },
      "×",
    ),
    judge(
      "accepting a key takes at most half of Better Auth's time",
      greatest(pairs.map(([own, other]) => own.time / other.time)),
      { atMost: 1 / 2 },
      "×",
    ),
    judge(
      "a page of 50 of 1,000 keys reads at most 60 rows",
      operations.find(
        ({ app, operation }) => app === "gatehouse" && operation === "list",
      )?.cost.rowsRead,
      { atMost: 60 },
    ),
    judge(
      `no use is lost or counted twice, ${calls} of one key and ${calls} of ${count(many.keys)} keys`,
      one.unequal + many.unequal,
      { atMost: 0 },
      " keys with another count",
    ),
    judge(
      "all of them are accepted, since their limits allow more",
      one.refused + many.refused,
      { atMost: 0 },
      " refused",
    ),
    judge(
      `of ${calls} uses of a key with a limit of ${count(limited.limit)}, exactly so many are accepted`,
      Math.max(missed(limited), missed(exhausted)),
      { atMost: 0 },
      " off",
    ),
    judge(
      "no row counts more than a tenth of the uses of one key",
      one.busiest,
      { atMost: 1 / 10 },
    ),
    judge(
      "one key is verified at least 0.8 times as often per second as many keys",
      one.perSecond / many.perSecond,
      { atLeast: 0.8 },
      "×",
    ),
  ];
}

/**
 * @param {import("../keys/throughput.mjs").Load} load
 * @returns {number} By how many the accepted uses, or the counted ones, are not
 *   what the limit allows.
 */
function missed({ accepted, counted, limit }) {
  return Math.max(Math.abs(accepted - limit), Math.abs(counted - limit));
}

/**
 * @param {Verification[]} verifications
 * @returns {[Verification, Verification][]} Ours and the peer's of each case
 *   that both have, and in which a key is accepted. The peer's are mutations,
 *   and so ours are.
 */
function pairsOf(verifications) {
  return Object.keys(verificationLabels).flatMap((name) => {
    const [ours, theirs] = ["gatehouse", "betterAuth"].map((app) =>
      verifications.find(({ id }) => id === `${app}/${name}`),
    );
    return ours === undefined || theirs === undefined || name === "user/refused"
      ? []
      : [[ours, theirs]];
  });
}

/** @param {number[]} values */
function greatest(values) {
  return Math.max(...values);
}

/**
 * @param {KeyFigures} figures
 * @returns {import("./topic.mjs").SummaryRow[]}
 */
export function keySummary({ verifications, throughput }) {
  /** @param {string} id */
  const callsRowsTime = (id) => {
    const { cost, time } = verifications.find((measured) => measured.id === id);
    const { crossings, rowsRead, rowsWritten } = cost;
    return `${crossings} / ${rowsRead} / ${rowsWritten} / ${milliseconds(time)}`;
  };
  const counted = "component calls / rows read / rows written / time";
  const { one, many, limited } = throughput;
  return [
    ...[
      ["user/free", "user's API key without limits verified"],
      ["user/quota", "user's API key with a rate limit and a quota verified"],
      ["group/quota", "group's API key with a rate limit and a quota verified"],
    ].map(([name, what]) => ({
      what: `${what}: ${counted}`,
      ours: callsRowsTime(`gatehouse/${name}`),
      peers: { "Better Auth": callsRowsTime(`betterAuth/${name}`) },
    })),
    {
      what: `${count(one.calls)} uses of one API key / of ${count(many.keys)} keys, ${IN_FLIGHT} at once: counted; of a limit of ${count(limited.limit)}: accepted`,
      ours: `${count(one.counted)} / ${count(many.counted)}; ${count(limited.accepted)}`,
      peers: {},
    },
  ];
}
