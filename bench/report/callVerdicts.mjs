/**
 * The targets of the topic `calls`, and its lines of the README's table.
 */
import { calls } from "../calls/callList.mjs";
import { judge, ratio } from "../targets.mjs";
import { bytes, times } from "./format.mjs";

/**
 * @typedef {import("../calls/warm.mjs").WarmFigures} WarmFigures
 * @typedef {import("../calls/cold.mjs").ColdFigures} ColdFigures
 */

/**
 * The most that all contexts of a call may take, in empty functions: the whole
 * call, and the call until the core has answered for the first time.
 */
const sums = {
  isAuthenticated: { what: "`isAuthenticated`", warm: 2.8, cold: 2.6 },
  password: {
    what: "a sign-in with a password, without its hash,",
    warm: 5.5,
    cold: 8.5,
  },
  passwordQuestion: {
    what: "a sign-in with a password, until the core's first answer,",
    warm: 5.5,
    cold: 8.5,
  },
  passkey: { what: "a sign-in with a passkey", warm: 6, cold: 11 },
  passkeyQuestion: {
    what: "a sign-in with a passkey, until the core's first answer,",
    warm: 6,
    cold: 11,
  },
};

/** What every page asks: the most that the component may add. */
const light = {
  isAuthenticated: "`session.isValid`",
  viewer: "`user.viewer`",
  user: "`user.get`",
};
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
 * The most that the component may add of what Better Auth's component adds by
 * being evaluated, before it does anything.
 */
const ofPeer = {
  password: { what: "a sign-in with a password", share: 4 },
  key: { what: "the verification of an API key", share: 5 },
};

/**
 * @param {WarmFigures} warm
 * @param {ColdFigures} cold
 * @returns {import("../targets.mjs").Target[]}
 */
export function callTargets(warm, cold) {
  const { before, now } = warm.builds;
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
    ...Object.entries(light).map(([id, part]) =>
      judge(
        `${part} adds at most ${mostAdded} of the empty function`,
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
    ...Object.entries(ofPeer).map(([id, { what, share }]) =>
      judge(
        `${what} takes the component at most 1/${share} of the time that evaluating Better Auth's component takes`,
        ratio(now[id].componentTime, warm.betterAuth?.added),
        { atMost: 1 / share },
      ),
    ),
  ];
}

/**
 * @param {WarmFigures} warm
 * @param {ColdFigures} cold
 * @returns {import("./topic.mjs").SummaryRow[]}
 */
export function callSummary(warm, cold) {
  const { empty, emptyBytes, betterAuth } = warm;
  const peer =
    betterAuth &&
    `${bytes(betterAuth.bytes - emptyBytes)}, ${times(betterAuth.added / empty.time)}`;
  const whole = calls.filter(({ isRefused }) => isRefused !== true);
  return whole.flatMap(({ id, label, part }) => {
    const { sum, componentAdded, contexts } = warm.builds.now[id];
    const first = cold.builds.now[id];
    const added = contexts
      .filter(({ where }) => where === "component")
      .reduce((total, { counts }) => total + counts.bytes - emptyBytes, 0);
    return [
      {
        what: `${label}, whole: all contexts${first === undefined ? "" : " (as a process's first call)"}`,
        ours: `${times(sum)}${first === undefined ? "" : ` (${times(first.sum)})`} the empty function`,
        peers: {},
      },
      {
        what: `${part}: the component adds`,
        ours: `${bytes(added)}, ${times(componentAdded)} the empty function`,
        peers: {
          "Better Auth": peer && `${peer} the empty function, evaluation alone`,
        },
      },
    ];
  });
}
