/**
 * The targets of the topic `calls`.
 */
import { judge } from "../targets.mjs";

/**
 * @typedef {import("../calls/warm.mjs").WarmFigures} WarmFigures
 * @typedef {import("../calls/cold.mjs").ColdFigures} ColdFigures
 */

/** The most that all contexts of a call may take, in empty functions. */
const sums = {
  isAuthenticated: { what: "`isAuthenticated`", warm: 2.8, cold: 2.6 },
  password: {
    what: "a sign-in with a password, without its hash,",
    warm: 5.5,
    cold: 8.5,
  },
  passkey: { what: "a sign-in with a passkey", warm: 6, cold: 11 },
};

/** What every page asks: the most that the component may add. */
const light = ["isAuthenticated", "viewer", "user"];
const mostAdded = 0.5;

/** What the component may add more than before. */
const dearer = {
  permission: { what: "a permission check", atMost: 0.3 },
  key: { what: "the verification of an API key", atMost: 0.3 },
  password: { what: "a sign-in with a password", atMost: 0.5 },
  passkey: { what: "a sign-in with a passkey", atMost: 0.5 },
  refresh: { what: "a refresh", atMost: 0.5 },
};

const mostRowsOfRefresh = 4;

/**
 * @param {WarmFigures} warm
 * @param {ColdFigures} cold
 * @returns {import("../targets.mjs").Target[]}
 */
export function callTargets(warm, cold) {
  const { before, now } = warm.builds;
  const parts = {
    isAuthenticated: "`session.isValid`",
    viewer: "`user.viewer`",
    user: "`user.get`",
  };
  return [
    ...Object.entries(sums).flatMap(
      ([id, { what, warm: most, cold: first }]) => [
        judge(`${what} takes at most ${most} empty functions`, now[id].sum, {
          atMost: most,
        }),
        judge(
          `${what} takes at most ${first} empty functions as a process's first call`,
          cold.builds.now[id].sum,
          { atMost: first },
        ),
      ],
    ),
    ...light.map((id) =>
      judge(
        `${parts[id]} adds at most ${mostAdded} of the empty function`,
        now[id].componentAdded,
        { atMost: mostAdded },
      ),
    ),
    ...Object.entries(dearer).map(([id, { what, atMost }]) =>
      judge(
        `${what} takes the component at most ${atMost} empty functions more than before`,
        before && now[id].componentAdded - before[id].componentAdded,
        { atMost },
      ),
    ),
    judge(
      `a refresh reads at most ${mostRowsOfRefresh} rows`,
      now.refresh.rowsRead,
      { atMost: mostRowsOfRefresh },
    ),
  ];
}
