import type { FunctionArgs } from "convex/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  internal,
  MINUTE,
  outcome,
  pass,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import { done, person } from "./fixture/groups.js";
import { stored } from "./fixture/keys.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Id<"User">;

beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
});

type NewToken = FunctionArgs<typeof api.oneTimeToken.create>;

const create = async (fields: Partial<NewToken> = {}) =>
  await t.mutation(api.oneTimeToken.create, {
    ...{ purpose: "download", ...fields },
  });

const verify = async (token: string, audience?: string, purpose = "download") =>
  await t.mutation(api.oneTimeToken.verify, {
    ...{ token, purpose, ...(audience === undefined ? {} : { audience }) },
  });

describe("a one-time token", () => {
  it("is good once, and gives what it carries", async () => {
    const data = { file: "report.pdf" };
    const made = done(await create({ userId: ada, data }));
    expect(made.expirationTime).toBe(START + 3 * MINUTE);
    expect(await verify(made.token)).toEqual({
      ...{ kind: "done", userId: ada, data },
    });
    expect(outcome(await verify(made.token))).toBe("INVALID_ONE_TIME_TOKEN");
    expect((await stored(t)).tokens).toEqual([]);
  });

  it("is good once when two use it at the same time", async () => {
    const { token } = done(await create());
    const answers = await Promise.all([verify(token), verify(token)]);
    expect(answers.map(outcome).sort()).toEqual([
      "INVALID_ONE_TIME_TOKEN",
      "done",
    ]);
  });

  it("is stored as a hash", async () => {
    const { token } = done(await create());
    expect(JSON.stringify(await stored(t))).not.toContain(token.slice(4));
  });

  it("is good for its purpose and where it belongs, and is not used up elsewhere", async () => {
    const { token } = done(await create({ audience: "eu" }));
    const before = await stored(t);
    for (const [audience, purpose] of [
      ["us", "download"],
      [undefined, "download"],
      ["eu", "upload"],
    ] as const) {
      expect(outcome(await verify(token, audience, purpose))).toBe(
        "INVALID_ONE_TIME_TOKEN",
      );
    }
    for (const wrong of ["", "ott_", token.slice(0, -1), `${token}a`]) {
      expect(outcome(await verify(wrong, "eu"))).toBe("INVALID_ONE_TIME_TOKEN");
    }
    expect(await stored(t)).toEqual(before);
    expect(outcome(await verify(token, "eu"))).toBe("done");
  });

  it("is good until it expires, and deleted after that", async () => {
    const first = done(await create({ lifetimeMs: MINUTE }));
    const second = done(await create({ lifetimeMs: MINUTE }));
    pass(MINUTE - 1);
    expect(outcome(await verify(first.token))).toBe("done");
    pass(1);
    expect(outcome(await verify(second.token))).toBe("INVALID_ONE_TIME_TOKEN");
    await t.mutation(internal.cleanup.deleteExpired, {});
    expect((await stored(t)).tokens).toEqual([]);
  });

  it("goes with the user whom it is about", async () => {
    const { token } = done(await create({ userId: ada }));
    const other = done(await create());
    await t.mutation(api.removal.removeUser, { userId: ada, cascade: true });
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect((await stored(t)).tokens).toHaveLength(1);
    expect(outcome(await verify(token))).toBe("INVALID_ONE_TIME_TOKEN");
    expect(outcome(await verify(other.token))).toBe("done");
  });

  it("is not made with what is not valid", async () => {
    for (const [fields, code] of [
      [{ purpose: "" }, "INVALID_PARAMETERS"],
      [{ audience: "" }, "INVALID_PARAMETERS"],
      [{ lifetimeMs: NaN }, "INVALID_PARAMETERS"],
      [{ lifetimeMs: DAY + 1 }, "INVALID_PARAMETERS"],
      [{ data: "x".repeat(5_000) }, "INVALID_PARAMETERS"],
      [{ data: "é".repeat(2_500) }, "INVALID_PARAMETERS"],
      [{ userId: "nonsense" }, "USER_NOT_FOUND"],
    ] as const) {
      expect(outcome(await create(fields)), JSON.stringify(fields)).toBe(code);
    }
    expect((await stored(t)).tokens).toEqual([]);
  });
});
