/**
 * Verifying passkeys: what a browser answers at a registration and at a
 * sign-in, by us and by the two libraries that JavaScript servers use. Once in
 * a process in which everything has been compiled, and once as Convex runs it.
 */
import path from "node:path";
import { bundleLikeConvex } from "../evaluation/convexBundle.mjs";
import { FreshContextEvaluation } from "../evaluation/freshContext.mjs";
import { interleave, median, timed } from "../interleave.mjs";
import {
  libraries,
  newCeremonies,
  peers,
  proveVerification,
} from "../passkeys/verification.mjs";
import { bytes, milliseconds, times } from "../report/format.mjs";
import { judge, ratio } from "../targets.mjs";
import { compare } from "./comparison.mjs";

/**
 * @typedef {object} Operation
 * @property {string} id
 * @property {"register" | "signIn"} verifier The library's export.
 * @property {string} what
 * @property {number} repetitions For a sample long enough for the clock.
 * @property {number} warmUpCalls Until V8 has optimised all of it.
 */

/** @type {Operation[]} */
const operations = [
  {
    ...{ id: "assertion", verifier: "signIn" },
    ...{ repetitions: 20, warmUpCalls: 400 },
    what: "an assertion, ES256",
  },
  {
    ...{ id: "registration", verifier: "register" },
    ...{ repetitions: 100, warmUpCalls: 10_000 },
    what: "a registration, ES256, attestation “none”",
  },
];

/**
 * A library that is built, with what its two functions are asked.
 *
 * @typedef {object} Proven
 * @property {string} id
 * @property {string} label
 * @property {import("../evaluation/convexBundle.mjs").ModuleGraph} graph
 * @property {Record<string, object>} exports
 * @property {Record<string, object>} calls By operation.
 */

/**
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<import("../report/topic.mjs").TopicResult>}
 */
export async function measurePasskeys({ quick }) {
  const known = libraries();
  const proven = await prove(known);
  await warmUp(proven);
  const fresh = await measureFresh(proven, quick ? 5 : 25);
  /** @type {Record<string, Record<string, number>>} */
  const warm = {};
  const tables = [];
  for (const { id, verifier, what, repetitions } of operations) {
    const { medians, table } = await compare(
      {
        id,
        title: `Passkeys: verify ${what}, in a warm process`,
        ways: known.map(({ id: library, label }) => {
          const found = proven.find((one) => one.id === library);
          return {
            label,
            candidate:
              found &&
              timed(library, repetitions, () =>
                found.exports[verifier](found.calls[id]),
              ),
          };
        }),
      },
      quick ? 5 : 45,
    );
    warm[id] = medians;
    tables.push(table);
  }
  return {
    figures: { warm, fresh },
    tables: [...tables, freshTable(known, fresh)],
    targets: targets(warm, fresh),
    summary: summary(warm, fresh),
  };
}

/**
 * Has each library that is built show that it verifies, and refuses what is
 * wrong.
 *
 * @param {import("../passkeys/verification.mjs").Library[]} known
 * @returns {Promise<Proven[]>}
 */
async function prove(known) {
  const built = [];
  for (const { id, label, file } of known) {
    if (file === undefined) continue;
    built.push({ id, label, file, exports: await import(file) });
  }
  const ours = built.find(({ id }) => id === "gatehouse");
  const ceremonies = newCeremonies(
    ours?.exports.userHandle() ?? "d".repeat(43),
  );
  const proven = [];
  for (const { id, label, file, exports } of built) {
    const row = await proveVerification(label, exports, ceremonies);
    const graphs = await bundleLikeConvex(path.dirname(file), [file]);
    proven.push({
      ...{ id, label, exports, graph: graphs.get(file) },
      calls: {
        registration: ceremonies.registration,
        assertion: { ...ceremonies.assertion, credential: row },
      },
    });
  }
  return proven;
}

/**
 * Lets V8 compile and optimise what is measured, JavaScript and WebAssembly.
 *
 * @param {Proven[]} proven
 */
async function warmUp(proven) {
  for (const { id, verifier, warmUpCalls } of operations) {
    for (const { exports, calls } of proven) {
      for (let call = 0; call < warmUpCalls; call++) {
        await exports[verifier](calls[id]);
      }
    }
  }
}

/**
 * A library's figures in fresh contexts. Times are in milliseconds by
 * operation.
 *
 * @typedef {object} FreshFigure
 * @property {number} bytes
 * @property {Record<string, number>} times
 */

/**
 * That V8 shares the compiled WebAssembly with the process itself, where the
 * same bytes were warmed up, is what a busy deployment has, too.
 *
 * @param {Proven[]} proven
 * @param {number} rounds
 * @returns {Promise<Record<string, FreshFigure>>} By library.
 */
async function measureFresh(proven, rounds) {
  /** @type {import("../interleave.mjs").Candidate[]} */
  const candidates = [];
  for (const operation of operations) {
    for (const { id, graph, calls } of proven) {
      const evaluation = new FreshContextEvaluation(graph, operation.verifier, [
        calls[operation.id],
      ]);
      await evaluation.run();
      evaluation.fillCodeCache();
      candidates.push({
        id: `${operation.id}/${id}`,
        sample: () => evaluation.sample(),
      });
    }
  }
  const samples = await interleave(candidates, { rounds, warmUpRounds: 5 });
  /** @type {Record<string, FreshFigure>} */
  const figures = {};
  for (const { id, graph } of proven) {
    figures[id] = {
      bytes: graph.bytes,
      times: Object.fromEntries(
        operations.map((operation) => [
          operation.id,
          median(samples.get(`${operation.id}/${id}`)),
        ]),
      ),
    };
  }
  return figures;
}

/**
 * @param {import("../passkeys/verification.mjs").Library[]} known
 * @param {Record<string, FreshFigure>} fresh
 * @returns {import("../report/topic.mjs").Table}
 */
function freshTable(known, fresh) {
  const first = fresh[known.find(({ id }) => fresh[id] !== undefined).id];
  return {
    title: "Passkeys: evaluate and verify in a fresh V8 context",
    columns: ["", "bytes", "assertion", "ratio", "registration", "ratio"],
    rows: known.map(({ id, label }) => {
      const figure = fresh[id];
      if (figure === undefined) return [label, "not built"];
      return [
        label,
        bytes(figure.bytes),
        ...operations.flatMap((operation) => [
          milliseconds(figure.times[operation.id]),
          times(figure.times[operation.id] / first.times[operation.id]),
        ]),
      ];
    }),
  };
}

/**
 * @param {Record<string, Record<string, number>>} warm
 * @param {Record<string, FreshFigure>} fresh
 */
function targets(warm, fresh) {
  const nouns = { assertion: "an assertion", registration: "a registration" };
  return operations.flatMap(({ id }) => {
    const medians = warm[id];
    const fasterPeer = Math.min(
      ...Object.keys(peers).map((peer) => medians[peer]),
    );
    /** @param {string} peer */
    const inFreshContext = (peer) =>
      ratio(fresh.gatehouse?.times[id], fresh[peer].times[id]);
    return [
      judge(
        `verifying ${nouns[id]} takes at most 1/2 of the time of the faster of @simplewebauthn/server and @oslojs/webauthn`,
        ratio(medians.gatehouse, fasterPeer),
        { atMost: 1 / 2 },
      ),
      judge(
        `verifying ${nouns[id]} in a fresh context takes at most 1/8 of the time of @simplewebauthn/server`,
        inFreshContext("simplewebauthn"),
        { atMost: 1 / 8 },
      ),
      judge(
        `verifying ${nouns[id]} in a fresh context takes at most 1/4 of the time of @oslojs/webauthn`,
        inFreshContext("oslo"),
        { atMost: 1 / 4 },
      ),
    ];
  });
}

/**
 * @param {Record<string, Record<string, number>>} warm
 * @param {Record<string, FreshFigure>} fresh
 * @returns {import("../report/topic.mjs").SummaryRow[]}
 */
function summary(warm, fresh) {
  /** @param {Record<string, number>} medians By library. */
  const cells = ({ gatehouse, ...others }) => ({
    ours: gatehouse === undefined ? undefined : milliseconds(gatehouse),
    peers: {
      "other libraries": Object.entries(others)
        .map(([peer, time]) => {
          const factor =
            gatehouse === undefined ? "" : ` (${times(time / gatehouse)})`;
          return `${peers[peer]} ${milliseconds(time)}${factor}`;
        })
        .join(", "),
    },
  });
  return operations.flatMap(({ id }) => [
    {
      what: `a passkey's ${id} verified, warm`,
      ...cells(warm[id]),
    },
    {
      what: `a passkey's ${id} verified in a fresh context`,
      ...cells(
        Object.fromEntries(
          Object.entries(fresh).map(([library, figure]) => [
            library,
            figure.times[id],
          ]),
        ),
      ),
    },
  ]);
}
