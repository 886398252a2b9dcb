/** Keys against a model: any operations, in any order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  deploy,
  MINUTE,
  outcome,
  pass,
  SECOND,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import { done, person } from "./fixture/groups.js";
import {
  changeKey,
  key,
  request,
  rotate,
  stored,
  use,
} from "./fixture/keys.js";

useFrozenClock();

const WINDOW = MINUTE;
const INTERVAL = 10 * MINUTE;

/** Sizes with one row of counts, with unequal shares, and with sixteen rows. */
const size = fc.constantFrom(1, 3, 9, 20, 130);

type Step =
  | { kind: "use"; times: number }
  | { kind: "together"; times: number }
  | { kind: "unscoped" }
  | { kind: "pass"; time: number }
  | { kind: "rotate" }
  | { kind: "raise"; by: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant("use" as const),
      times: fc.integer({ min: 1, max: 25 }),
    }),
    fc.record({
      kind: fc.constant("together" as const),
      times: fc.integer({ min: 2, max: 25 }),
    }),
    fc.record({ kind: fc.constant("unscoped" as const) }),
    fc.record({
      kind: fc.constant("pass" as const),
      time: fc.constantFrom(1, SECOND, 20 * SECOND, WINDOW - 1, WINDOW, 90_001),
    }),
    fc.record({ kind: fc.constant("rotate" as const) }),
    fc.record({
      kind: fc.constant("raise" as const),
      by: fc.constantFrom(1, 8, 100),
    }),
  ),
  { minLength: 5, maxLength: 20 },
);

/** Uses of windows that follow each other from a time on. */
class Windows {
  readonly #uses = new Map<number, number>();

  constructor(
    private readonly length: number,
    private readonly limit: (window: number) => number,
  ) {}

  get #now() {
    return Math.floor((Date.now() - START) / this.length);
  }

  get room() {
    return this.limit(this.#now) - (this.#uses.get(this.#now) ?? 0);
  }

  count() {
    this.#uses.set(this.#now, (this.#uses.get(this.#now) ?? 0) + 1);
  }

  get wait() {
    return START + (this.#now + 1) * this.length - Date.now();
  }
}

describe("a key with fixed windows and a quota with refill", () => {
  it("passes exactly as often as both say, whatever happens meanwhile, and what it refuses leaves no trace", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ max: size, remaining: size, refill: size }),
        steps,
        async ({ max, remaining, refill }, todo) => {
          pass(START - Date.now());
          const t = deploy();
          const userId = await person(t, "ada");
          const quota = {
            remaining,
            ...{ refillAmount: refill, refillInterval: INTERVAL },
          };
          let limit = max;
          const rateLimit = { maxRequests: limit, windowMs: WINDOW };
          let current = await key(t, { userId }, { rateLimit, quota });
          const window = new Windows(WINDOW, () => limit);
          const refills = new Windows(INTERVAL, (interval) =>
            interval === 0 ? remaining : refill,
          );
          const expectNext = async (
            answer: Awaited<ReturnType<typeof use>>,
            isAlone: boolean,
          ) => {
            const code =
              refills.room < 1
                ? "API_KEY_QUOTA_EXCEEDED"
                : window.room < 1
                  ? "API_KEY_RATE_LIMITED"
                  : "verified";
            expect(outcome(answer)).toBe(code);
            if (answer.kind === "verified") {
              window.count();
              refills.count();
            } else if (isAlone) {
              const { wait } = refills.room < 1 ? refills : window;
              expect(answer.refusal.retryAfterMs).toBe(wait + 1);
            }
          };
          for (const step of todo as Step[]) {
            switch (step.kind) {
              case "use":
                for (let index = 0; index < step.times; index += 1) {
                  const before = await stored(t);
                  const answer = await use(t, current.raw);
                  await expectNext(answer, true);
                  if (answer.kind === "refused") {
                    expect(await stored(t)).toEqual(before);
                    break;
                  }
                }
                break;
              case "together": {
                const answers = await Promise.all(
                  Array.from({ length: step.times }, () => use(t, current.raw)),
                );
                // Those that passed came before those that did not.
                answers.sort(
                  (one, other) =>
                    Number(one.kind === "refused") -
                    Number(other.kind === "refused"),
                );
                for (const answer of answers) {
                  await expectNext(answer, false);
                }
                break;
              }
              case "unscoped": {
                const before = await stored(t);
                const fields = { request: request("project", "delete") };
                const answer = await use(t, current.raw, fields);
                expect(outcome(answer)).toBe("SCOPE_CHECK_FAILED");
                expect(await stored(t)).toEqual(before);
                break;
              }
              case "pass":
                pass(step.time);
                break;
              case "rotate": {
                const old = current;
                current = done(await rotate(t, old.keyId));
                expect(outcome(await use(t, old.raw))).toBe("API_KEY_REVOKED");
                break;
              }
              case "raise":
                limit += step.by;
                done(
                  await changeKey(t, current.keyId, {
                    data: {
                      rateLimit: { maxRequests: limit, windowMs: WINDOW },
                    },
                  }),
                );
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("a key with a token bucket", () => {
  it("never passes more than it holds and has come back, and refuses only when as many as it holds have passed in a window", async () => {
    await fc.assert(
      fc.asyncProperty(
        size,
        fc.array(
          fc.record({
            uses: fc.integer({ min: 1, max: 30 }),
            time: fc.constantFrom(0, 1, 461, SECOND, 7_777, 30_000, WINDOW),
          }),
          { minLength: 3, maxLength: 15 },
        ),
        async (max, todo) => {
          pass(START - Date.now());
          const t = deploy();
          const userId = await person(t, "ada");
          const { raw } = await key(
            t,
            { userId },
            {
              rateLimit: {
                ...{ maxRequests: max, windowMs: WINDOW },
                kind: "tokenBucket",
              },
            },
          );
          let tokens: number = max;
          let last = Date.now();
          const passed: number[] = [];
          for (const { uses, time } of todo) {
            pass(time);
            for (let index = 0; index < uses; index += 1) {
              const now = Date.now();
              tokens = Math.min(max, tokens + ((now - last) / WINDOW) * max);
              last = now;
              const answer = await use(t, raw);
              if (answer.kind === "verified") {
                tokens -= 1;
                passed.push(now);
                expect(tokens).toBeGreaterThan(-1e-6);
              } else {
                expect(outcome(answer)).toBe("API_KEY_RATE_LIMITED");
                // A millisecond more, for the rounding of fractions.
                const recent = passed.filter((at) => at >= now - WINDOW);
                expect(recent.length).toBeGreaterThanOrEqual(max);
                break;
              }
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("a clock that goes back", () => {
  it.each(["fixedWindow", "tokenBucket"] as const)(
    "begins nothing anew: %s",
    async (kind) => {
      const t = deploy();
      const userId = await person(t, "ada");
      const { raw } = await key(
        t,
        { userId },
        {
          rateLimit: { maxRequests: 20, windowMs: WINDOW, kind },
          quota: { remaining: 30, refillAmount: 30, refillInterval: INTERVAL },
        },
      );
      const exhaust = async () => {
        let uses = 0;
        while ((await use(t, raw)).kind === "verified") {
          uses += 1;
        }
        return uses;
      };
      expect(await exhaust()).toBe(20);
      for (const time of [-1, -WINDOW, -10 * INTERVAL]) {
        pass(time);
        expect(await exhaust()).toBe(0);
      }
      pass(START - Date.now());
      expect(await exhaust()).toBe(0);
      pass(WINDOW);
      expect(await exhaust()).toBe(10);
      pass(-WINDOW);
      expect(await exhaust()).toBe(0);
    },
  );
});
