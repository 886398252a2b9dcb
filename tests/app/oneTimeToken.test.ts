import { beforeEach, describe, expect, it } from "vitest";
import {
  deploy,
  pass,
  snapshot,
  START,
  useFreshApp,
} from "./fixture/backend.js";
import { BAD_TEXTS, WRONG_TYPES } from "./fixture/badInput.js";
import { auth } from "./fixture/convex/auth.js";
import { ban, newUser } from "./fixture/groups.js";
import { refusalCode } from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let ada: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
});

type NewToken = Parameters<typeof auth.oneTimeToken.create>[1];
type Question = Parameters<typeof auth.oneTimeToken.verify>[1];

const create = (options: Partial<NewToken> = {}) =>
  t.mutation((ctx) =>
    auth.oneTimeToken.create(ctx, { purpose: "download", ...options }),
  );

const verify = (question: Partial<Question> & { token: string }) =>
  t.mutation((ctx) =>
    auth.oneTimeToken.verify(ctx, { purpose: "download", ...question }),
  );

describe("a one-time token", () => {
  it("is good once, for its purpose", async () => {
    const data = { file: "report.pdf" };
    const { token, expirationTime } = await create({ userId: ada, data });
    expect(token).toMatch(/^ott_[0-9A-Za-z]+$/);
    expect(expirationTime).toBe(START + 180_000);
    expect(await refusalCode(verify({ token, purpose: "upload" }))).toBe(
      "INVALID_ONE_TIME_TOKEN",
    );
    expect(await verify({ token })).toEqual({ userId: ada, data });
    expect(await refusalCode(verify({ token }))).toBe("INVALID_ONE_TIME_TOKEN");
  });

  it("needs no user and no data", async () => {
    const { token } = await create();
    expect(await verify({ token })).toEqual({});
  });

  it("of two who use it at once, one has it", async () => {
    const { token } = await create();
    const results = await Promise.allSettled([
      verify({ token }),
      verify({ token }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "rejected",
    ]);
  });

  it("is good where it is for, and nowhere else", async () => {
    const audience = "https://app.example.com";
    const { token } = await create({ audience });
    for (const wrong of [{}, { audience: "https://evil.example" }]) {
      expect(await refusalCode(verify({ token, ...wrong }))).toBe(
        "INVALID_ONE_TIME_TOKEN",
      );
    }
    expect(await verify({ token, audience })).toEqual({});
  });

  it("ends after its lifetime", async () => {
    const { token } = await create({ lifetimeMs: 5_000 });
    const other = await create({ lifetimeMs: 5_000 });
    pass(4_999);
    expect(await verify({ token })).toEqual({});
    pass(1);
    expect(await refusalCode(verify({ token: other.token }))).toBe(
      "INVALID_ONE_TIME_TOKEN",
    );
  });

  it("is not for a user who is banned or gone", async () => {
    const first = await create({ userId: ada });
    const second = await create({ userId: ada });
    await ban(t, ada);
    expect(await refusalCode(verify({ token: first.token }))).toBe(
      "INVALID_ONE_TIME_TOKEN",
    );
    expect(await refusalCode(create({ userId: ada }))).toBe("USER_BANNED");
    await t.mutation((ctx) => auth.user.remove(ctx, ada));
    expect(await refusalCode(verify({ token: second.token }))).toBe(
      "INVALID_ONE_TIME_TOKEN",
    );
    expect(await refusalCode(create({ userId: ada }))).toBe("USER_NOT_FOUND");
  });

  it("is stored as a hash", async () => {
    const { token } = await create();
    expect(JSON.stringify(await snapshot(t))).not.toContain(token.slice(4, 30));
  });

  it.each([
    ["no purpose", { purpose: "" }],
    ["a long purpose", { purpose: "x".repeat(257) }],
    ["a long audience", { audience: "é".repeat(129) }],
    ["no lifetime", { lifetimeMs: 0 }],
    ["a lifetime of two days", { lifetimeMs: 172_800_000 }],
    ["an endless lifetime", { lifetimeMs: Infinity }],
    ["a lifetime that is no number", { lifetimeMs: Number.NaN }],
    ["too much data", { data: "x".repeat(4_097) }],
    ["too much data of wide characters", { data: "é".repeat(3_000) }],
    ["data that cannot be stored", { data: () => 1 }],
    ["an unknown field", { used: true }],
  ])("refuses %s with INVALID_PARAMETERS", async (_name, options) => {
    expect(await refusalCode(create(options as Partial<NewToken>))).toBe(
      "INVALID_PARAMETERS",
    );
  });

  it("refuses a user that there is not", async () => {
    expect(await refusalCode(create({ userId: "nobody" }))).toBe(
      "USER_NOT_FOUND",
    );
  });

  it("is not any other text", async () => {
    const { token } = await create();
    const texts = BAD_TEXTS.map(([, text]) => text);
    for (const text of [...texts, `${token}0`, token.slice(4)]) {
      expect(await refusalCode(verify({ token: text }))).toBe(
        "INVALID_ONE_TIME_TOKEN",
      );
    }
  });

  it.each(WRONG_TYPES)("refuses %s for a text", async (_name, value) => {
    const wrong = value as string;
    for (const attempt of [
      verify({ token: wrong }),
      verify({ token: "x", purpose: wrong }),
      verify({ token: "x", audience: wrong }),
      create({ purpose: wrong }),
      create({ userId: wrong }),
    ]) {
      expect(await refusalCode(attempt)).toBe("INVALID_PARAMETERS");
    }
  });
});
