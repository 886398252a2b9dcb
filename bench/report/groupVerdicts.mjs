/**
 * The targets of the topic `groups`, and its lines of the README's table.
 */
import { judge } from "../targets.mjs";
import { count, percent } from "./format.mjs";
import { largest } from "./groupTables.mjs";

/** @typedef {import("../groups/run.mjs").GroupFigures} GroupFigures */

/**
 * @param {GroupFigures} figures
 * @returns {import("../targets.mjs").Target[]}
 */
export function groupTargets({ sizes, growth, pages, organization, user }) {
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
      "no transaction of removing a user with many memberships uses half of a limit",
      largest(user).share,
      { atMost: 0.5 },
    ),
    judge(
      "what is removed is invisible after the first transaction (1 = yes)",
      [organization, user].every(({ isInvisible }) => isInvisible) ? 1 : 0,
      { atLeast: 1 },
    ),
  ];
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
export function groupSummary({ sizes, growth, pages, organization }) {
  /** @param {string} id */
  const crossingsAndRows = (id) => {
    const { cost } = growth.find((measured) => measured.id === id);
    return `${cost.crossings} / ${cost.rowsRead}`;
  };
  const many = count(sizes.many);
  const { first, batches } = organization;
  const { rowsRead, rowsWritten, share } = largest(organization);
  const members = pages.filter(({ list }) => list === "members");
  return [
    {
      what: `membership inherited over 5 levels, ${many} members: component calls / rows read`,
      ours: crossingsAndRows(`inherit/${sizes.many}/5`),
      peers: { "a call for each step": crossingsAndRows("steps/5") },
    },
    {
      what: `permission checked over 5 levels, ${many} members: component calls / rows read`,
      ours: crossingsAndRows(`permission/${sizes.many}/5/builtIn`),
      peers: {},
    },
    {
      what: `organization with ${many} members deleted: transactions / rows read and written by the largest`,
      ours: `${count(first.transactions + batches.transactions)} / ${count(rowsRead)}, ${count(rowsWritten)} (${percent(share)} of a limit)`,
      peers: {},
    },
    {
      what: `page of 50 of ${many} members at the start / middle / end: rows read`,
      ours: members.map(({ cost }) => count(cost.rowsRead)).join(" / "),
      peers: {},
    },
  ];
}
