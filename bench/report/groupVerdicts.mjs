/**
 * The targets of the topic `groups`, and its lines of the README's table.
 */
import { judge } from "../targets.mjs";
import { count, milliseconds, percent } from "./format.mjs";
import { largest } from "./groupTables.mjs";

/** @typedef {import("../groups/run.mjs").GroupFigures} GroupFigures */

/**
 * @param {GroupFigures} figures
 * @returns {import("../targets.mjs").Target[]}
 */
export function groupTargets(figures) {
  const { sizes, growth, pages, organization, subtree, user } = figures;
  const ours = growth.filter(({ id }) => !id.startsWith("steps/"));
  const few = count(sizes.few);
  const many = count(sizes.many);
  return [
    judge(
      `member.inherit and permission.check: reads with ${many} members are those with ${few}`,
      greatest(
        ours.map(({ id, cost }) => {
          const [, , ...rest] = id.split("/");
          const [table] = id.split("/");
          const small = growth.find(
            (other) =>
              other.id ===
              [
                table,
                sizes.few,
                ...rest.filter((part) => part !== "busy"),
              ].join("/"),
          );
          return reads(cost) / reads(small.cost);
        }),
      ),
      { atMost: 1 },
      "×",
    ),
    judge(
      "member.inherit and permission.check are one component call at any depth",
      greatest(ours.map(({ cost }) => cost.crossings)),
      { atMost: 1 },
    ),
    judge(
      "a page in the middle or at the end reads at most 1.1 times what the first one does",
      greatest(
        pages.map(({ list, cost }) => {
          const start = pages.find((page) => page.list === list);
          return reads(cost) / reads(start.cost);
        }),
      ),
      { atMost: 1.1 },
      "×",
    ),
    judge(
      `no transaction of deleting an organization with ${many} members uses half of a limit`,
      largest(organization).share,
      { atMost: 0.5 },
    ),
    judge(
      "no transaction of deleting a group with many groups below uses half of a limit",
      largest(subtree).share,
      { atMost: 0.5 },
    ),
    judge(
      "no transaction of removing a user with many memberships uses half of a limit",
      largest(user).share,
      { atMost: 0.5 },
    ),
    judge(
      "what is removed is invisible after the first transaction (1 = yes)",
      [organization, subtree, user].every(({ isInvisible }) => isInvisible)
        ? 1
        : 0,
      { atLeast: 1 },
    ),
    judge(
      `checking a permission takes at most half of Better Auth's time, with ${count(sizes.crowd)} members`,
      ratioToPeer(figures, "permission"),
      { atMost: 0.5 },
    ),
    judge(
      `listing members takes at most half of Better Auth's time, with ${count(sizes.crowd)} members`,
      ratioToPeer(figures, "members"),
      { atMost: 0.5 },
    ),
    judge(
      `moving a group with ${many} groups below reads and writes what moving one with a single group below does`,
      effort(figures.moveMany) / effort(figures.moveOne),
      { atMost: 1 },
      "×",
    ),
  ];
}

/**
 * @param {GroupFigures} figures
 * @param {string} question
 * @returns {number} Our time with the peer's as unit.
 */
function ratioToPeer({ sizes, peers }, question) {
  const [ours, theirs] = ["gatehouse", "betterAuth"].map((app) =>
    peers.find(({ id }) => id === `${app}/${question}/${sizes.crowd}`),
  );
  return ours.time / theirs.time;
}

/** @param {import("../operations/recorder.mjs").OperationCost} cost */
function effort(cost) {
  return reads(cost) + cost.rowsWritten;
}

/**
 * @param {import("../operations/recorder.mjs").OperationCost} cost
 * @returns {number} Rows and index ranges together.
 */
function reads({ rowsRead, indexRanges }) {
  return rowsRead + indexRanges;
}

/** @param {number[]} values */
function greatest(values) {
  return Math.max(...values);
}

/**
 * @param {GroupFigures} figures
 * @returns {import("./topic.mjs").SummaryRow[]}
 */
export function groupSummary(figures) {
  const { sizes, growth, pages, peers, organization } = figures;
  /** @param {string} id */
  const callsAndRows = (id) => {
    const { cost } = growth.find((measured) => measured.id === id);
    return `${cost.crossings} / ${cost.rowsRead}`;
  };
  /** @param {string} id */
  const callsAndTime = (id) => {
    const { cost, time } = peers.find((measured) => measured.id === id);
    return `${count(cost.crossings)} / ${count(cost.rowsRead)} / ${milliseconds(time)}`;
  };
  const many = count(sizes.many);
  const crowd = count(sizes.crowd);
  const { first, batches } = organization;
  const { rowsRead, rowsWritten, share } = largest(organization);
  const members = pages.filter(({ list }) => list === "members");
  return [
    ...[
      ["permission", "permission of the signed-in user checked"],
      ["members", "50 members listed"],
    ].map(([question, what]) => ({
      what: `${what}, ${crowd} members: component calls / rows read / time`,
      ours: callsAndTime(`gatehouse/${question}/${sizes.crowd}`),
      peers: {
        "Better Auth": callsAndTime(`betterAuth/${question}/${sizes.crowd}`),
      },
    })),
    {
      what: `membership inherited over 5 levels, ${many} members: component calls / rows read`,
      ours: callsAndRows(`inherit/${sizes.many}/5`),
      peers: {
        "other libraries": `a call for each step ${callsAndRows("steps/5")}`,
      },
    },
    {
      what: `permission checked over 5 levels, ${many} members: component calls / rows read`,
      ours: callsAndRows(`permission/${sizes.many}/5/builtIn`),
      peers: {},
    },
    {
      what: `page of 50 of ${many} members at the start / middle / end: rows read`,
      ours: members.map(({ cost }) => count(cost.rowsRead)).join(" / "),
      peers: {},
    },
    {
      what: `organization with ${many} members deleted: transactions / rows read and written by the largest`,
      ours: `${count(first.transactions + batches.transactions)} / ${count(rowsRead)}, ${count(rowsWritten)} (${percent(share)} of a limit)`,
      peers: {},
    },
  ];
}
