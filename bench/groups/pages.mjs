/**
 * What a page of a long list costs at the start, in the middle and at the end.
 */
import { anyApi } from "convex/server";
import { interleave, median, timed } from "../interleave.mjs";

/** Items of a page that is measured. */
export const pageSize = 50;

/** Items of the pages that lead to the middle and to the end. */
const stride = 100;

/**
 * @typedef {object} List
 * @property {string} id
 * @property {string} label
 * @property {number} rows How many there are.
 * @property {(options: { limit: number, cursor: string | null }) => Promise<{
 *   items: { _id: string }[], nextCursor: string | null }>} page
 *
 * @typedef {object} PageCost
 * @property {string} list
 * @property {string} label
 * @property {number} rows
 * @property {"start" | "middle" | "end"} position
 * @property {import("../operations/recorder.mjs").OperationCost} cost
 * @property {number} time In milliseconds.
 */

/**
 * @param {import("./backend.mjs").Backend} backend
 * @param {object} world
 * @param {string} world.organizationId
 * @param {string} world.parentId The group right above many groups, each with
 *   a label.
 * @param {number} world.rows The members of the organization, its invitations,
 *   and the groups below the parent.
 * @param {number} world.roots Organizations.
 * @param {string} world.busyId
 * @param {number} world.memberships Of that user.
 * @returns {List[]}
 */
export function longLists({ app }, world) {
  const { groups } = anyApi;
  const { organizationId: groupId, busyId: userId, parentId } = world;
  /** @param {object} query */
  const of = (query, where) => (options) =>
    app.query(query, { ...where, ...options });
  return [
    {
      id: "roots",
      label: "organizations",
      rows: world.roots,
      page: of(groups.roots),
    },
    {
      id: "rootsByName",
      label: "organizations, by name",
      rows: world.roots,
      page: of(groups.rootsByName),
    },
    {
      id: "below",
      label: "groups below a group",
      rows: world.rows,
      page: of(groups.below, { parentGroupId: parentId }),
    },
    {
      id: "labelled",
      label: "groups with a label",
      rows: world.rows,
      page: of(groups.labelled),
    },
    {
      id: "members",
      label: "members of a group",
      rows: world.rows,
      page: of(groups.members, { groupId }),
    },
    {
      id: "membersWithRole",
      label: "members of a group with a role",
      // All but the three with other roles.
      rows: world.rows - 3,
      page: of(groups.membersWithRole, { groupId }),
    },
    {
      id: "activeMembers",
      label: "members of a group with a status",
      rows: world.rows,
      page: of(groups.activeMembers, { groupId }),
    },
    {
      id: "invites",
      label: "invitations of a group",
      rows: world.rows,
      page: of(groups.invites, { groupId }),
    },
    {
      id: "pendingInvites",
      label: "invitations of a group with a status",
      rows: world.rows,
      page: of(groups.pendingInvites, { groupId }),
    },
    {
      id: "memberships",
      label: "memberships of a user",
      rows: world.memberships,
      page: of(groups.membershipsOf, { userId }),
    },
  ];
}

/**
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @param {List[]} lists
 * @param {number} rounds
 * @returns {Promise<PageCost[]>}
 */
export async function measurePages(recorder, lists, rounds) {
  /** @type {(PageCost & { call: () => Promise<unknown> })[]} */
  const pages = [];
  for (const { id: list, label, rows, page } of lists) {
    const cursors = await walk({ label, rows, page });
    for (const [position, cursor] of Object.entries(cursors)) {
      const call = async () => {
        const { items } = await page({ limit: pageSize, cursor });
        if (items.length !== pageSize) {
          throw new Error(`A page of ${label} has ${items.length} items`);
        }
      };
      const cost = await recorder.record(call);
      pages.push({ list, label, rows, position, cost, time: NaN, call });
    }
  }
  const samples = await interleave(
    pages.map(({ list, position, call }) =>
      timed(`${list}/${position}`, 1, call),
    ),
    { rounds, warmUpRounds: Math.min(2, rounds) },
  );
  return pages.map(({ call: _, ...measured }) => ({
    ...measured,
    time: median(samples.get(`${measured.list}/${measured.position}`)),
  }));
}

/**
 * Goes through a list, which must have each of its rows once.
 *
 * @param {Pick<List, "label" | "rows" | "page">} list
 * @returns {Promise<Record<PageCost["position"], string | null>>} The cursor
 *   of the first page, of one in the middle and of the last full one.
 */
async function walk({ label, rows, page }) {
  /** @type {{ before: number, cursor: string | null }[]} */
  const places = [];
  const seen = new Set();
  /** @type {string | null} */
  let cursor = null;
  do {
    places.push({ before: seen.size, cursor });
    const { items, nextCursor } = await page({ limit: stride, cursor });
    for (const { _id } of items) seen.add(_id);
    cursor = nextCursor;
  } while (cursor !== null);
  if (seen.size !== rows) {
    throw new Error(`${label}: ${seen.size} rows instead of ${rows}`);
  }
  /** @param {number} target */
  const cursorAt = async (target) => {
    const place = places.findLast(({ before }) => before <= target);
    const missing = target - place.before;
    return missing === 0
      ? place.cursor
      : (await page({ limit: missing, cursor: place.cursor })).nextCursor;
  };
  return {
    start: null,
    middle: await cursorAt(rows >> 1),
    end: await cursorAt(rows - pageSize),
  };
}
