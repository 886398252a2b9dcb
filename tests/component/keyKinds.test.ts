import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  outcome,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import { done, person } from "./fixture/groups.js";
import {
  changeKey,
  key,
  keyRow,
  look,
  type NewKey,
  request,
  rotate,
  scope,
  tryKey,
  use,
} from "./fixture/keys.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Id<"User">;

beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
});

type Kinds = NewKey["config"]["configurations"];

/** An app with these kinds of keys. */
const kinds = (...configurations: Kinds) => ({ config: { configurations } });

describe("kinds of keys", () => {
  it.each([
    ["sk", "sk_live"],
    ["sk_live_", "sk"],
    ["a-b", "a-b_c"],
    ["k", "k".repeat(32)],
  ])("with prefixes %s and %s are told apart", async (one, other) => {
    const app = kinds(
      { configId: "default", prefix: one },
      { configId: "other", prefix: other },
    );
    for (const [configId, wrong] of [
      ["default", "other"],
      ["other", "default"],
    ] as const) {
      const { raw } = await key(t, { userId: ada }, { ...app, configId });
      expect(outcome(await look(t, raw, { ...app, configId }))).toBe(
        "verified",
      );
      const asked = { ...app, configId: wrong };
      expect(outcome(await look(t, raw, asked))).toBe("INVALID_API_KEY");
      expect(outcome(await use(t, raw, asked))).toBe("INVALID_API_KEY");
    }
  });

  it("with the same prefix are told apart by their keys' rows", async () => {
    const app = kinds({ configId: "default" }, { configId: "other" });
    const { raw } = await key(
      t,
      { userId: ada },
      { ...app, configId: "other" },
    );
    const asked = { ...app, configId: "default" };
    expect(outcome(await look(t, raw, asked))).toBe("INVALID_API_KEY");
    expect(outcome(await look(t, raw, app))).toBe("verified");
  });

  it("a key under another kind's prefix is none", async () => {
    const app = kinds(
      { configId: "default" },
      { configId: "other", prefix: "ak" },
    );
    const { raw } = await key(t, { userId: ada }, app);
    const renamed = `ak${raw.slice(2)}`;
    expect(outcome(await look(t, renamed, app))).toBe("INVALID_API_KEY");
  });

  it.each(["", "_", "1k", "a b", "a\n", "é", "k".repeat(33), 'a"', "a\u0000"])(
    "cannot have the prefix %j",
    async (prefix) => {
      const app = kinds({ configId: "default", prefix });
      expect(outcome(await tryKey(t, { userId: ada }, app))).toBe(
        "INVALID_PARAMETERS",
      );
    },
  );

  it("that are gone from the app take their keys along", async () => {
    const app = kinds({ configId: "default" }, { configId: "partner" });
    const fields = { ...app, configId: "partner" };
    const { raw } = await key(t, { userId: ada }, fields);
    const now = kinds({ configId: "default" });
    expect(outcome(await look(t, raw, now))).toBe("INVALID_API_KEY");
    expect(outcome(await use(t, raw, now))).toBe("INVALID_API_KEY");
  });

  it("keep their keys when they get another prefix", async () => {
    const { raw } = await key(t, { userId: ada });
    const now = kinds({ configId: "default", prefix: "ak" });
    expect(outcome(await look(t, raw, now))).toBe("verified");
    const made = await key(t, { userId: ada }, now);
    expect(made.raw).toMatch(/^ak_/);
    expect(outcome(await look(t, made.raw))).toBe("verified");
  });

  it("bound what their keys can do at each use", async () => {
    const scopes = [scope("project", "read", "delete")];
    const { raw } = await key(t, { userId: ada }, { scopes });
    const now = kinds({
      ...{ configId: "default", scopes: [scope("project", "read")] },
    });
    const asked = { ...now, request: request("project", "delete") };
    expect(outcome(await look(t, raw, asked))).toBe("SCOPE_CHECK_FAILED");
  });
});

describe("names of keys", () => {
  it.each([
    ...["", " ", "a\u0000b", "a\nb", "a\u0007", "\u202eevil", "\u200b"],
    ...["\ud800", "x".repeat(65)],
  ])("are not %j, when a key is made, changed or replaced", async (name) => {
    const { keyId } = await key(t, { userId: ada });
    for (const answer of [
      await tryKey(t, { userId: ada }, { name }),
      await changeKey(t, keyId, { data: { name } }),
      await rotate(t, keyId, { name }),
    ]) {
      expect(outcome(answer)).toBe("INVALID_PARAMETERS");
    }
    expect(await keyRow(t, keyId)).toMatchObject({
      name: "CI",
      revoked: false,
    });
  });
});

describe("the keys of an owner", () => {
  it("are no more than the cap, however many are made at once", async () => {
    const app = kinds({ configId: "default", keysPerOwner: 3 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => tryKey(t, { userId: ada }, app)),
    );
    expect(answers.map(outcome).sort()).toEqual([
      ...Array<string>(5).fill("API_KEY_LIMIT_REACHED"),
      ...Array<string>(3).fill("done"),
    ]);
  });

  it("are still the cap when they are replaced", async () => {
    const app = kinds({ configId: "default", keysPerOwner: 1 });
    let { keyId } = await key(t, { userId: ada }, app);
    for (let index = 0; index < 3; index += 1) {
      ({ keyId } = done(await rotate(t, keyId)));
      expect(outcome(await tryKey(t, { userId: ada }, app))).toBe(
        "API_KEY_LIMIT_REACHED",
      );
    }
  });

  it("are counted and listed within Convex's limits, as large as they can be", async () => {
    const app = kinds({ configId: "default", keysPerOwner: 500 });
    const scopes = Array.from({ length: 31 }, (_, index) =>
      scope(`${index}`.padEnd(64, "x"), "y".repeat(64)),
    );
    const fields = { ...app, scopes, metadata: "m".repeat(4_000) };
    const { keyId } = await key(t, { userId: ada }, fields);
    const { _id, _creationTime, ...row } = (await keyRow(t, keyId))!;
    for (let batch = 0; batch < 5; batch += 1) {
      await t.run(async (ctx) => {
        for (let index = 0; index < 99; index += 1) {
          const selector = `${batch}.${index}`;
          await ctx.db.insert("ApiKey", { ...row, selector });
        }
      });
    }
    expect(outcome(await tryKey(t, { userId: ada }, fields))).toBe("done");
    const { items } = await t.query(api.key.list.list, {
      ...{ where: { userId: ada }, orderBy: "_creationTime" },
      ...{ limit: 100, cursor: null },
    });
    expect(items).toHaveLength(100);
  });
});

describe("no row's id or hash is a credential:", () => {
  it("a key is none of what is stored or shown of it", async () => {
    const expiresAt = START + 2 * DAY;
    const { keyId, raw } = await key(t, { userId: ada }, { expiresAt });
    const row = (await keyRow(t, keyId))!;
    const shown = [keyId, row.selector, row.secretHash, row.start, ada];
    for (const text of shown.flatMap((text) => [text, `sk_${text}`])) {
      expect(outcome(await look(t, text)), text).toBe("INVALID_API_KEY");
      expect(outcome(await use(t, text)), text).toBe("INVALID_API_KEY");
    }
    expect(outcome(await look(t, raw))).toBe("verified");
  });

  it("nor is a one-time token", async () => {
    const { token } = done(
      await t.mutation(api.oneTimeToken.create, { purpose: "p" }),
    );
    const row = (await t.run((ctx) => ctx.db.query("OneTimeToken").first()))!;
    const { raw } = await key(t, { userId: ada });
    for (const text of [row._id, row.tokenHash, `ott_${row.tokenHash}`, raw]) {
      const answer = await t.mutation(api.oneTimeToken.verify, {
        ...{ token: text, purpose: "p" },
      });
      expect(outcome(answer)).toBe("INVALID_ONE_TIME_TOKEN");
    }
    expect(outcome(await look(t, token))).toBe("INVALID_API_KEY");
  });

  it("a purpose and an audience are compared whole", async () => {
    const make = (fields: object) =>
      t.mutation(api.oneTimeToken.create, { purpose: "a", ...fields });
    const { token } = done(await make({ audience: "https://b.example" }));
    for (const wrong of [
      { purpose: "a" },
      { purpose: "A", audience: "https://b.example" },
      { purpose: "a ", audience: "https://b.example" },
      { purpose: "a", audience: "" },
      { purpose: "a", audience: "https://b.example/" },
      { purpose: "a", audience: "https://B.example" },
      { purpose: "ahttps://b.example", audience: "" },
      { purpose: "https://b.example", audience: "a" },
    ]) {
      const answer = await t.mutation(api.oneTimeToken.verify, {
        ...{ token, ...wrong },
      });
      expect(outcome(answer)).toBe("INVALID_ONE_TIME_TOKEN");
    }
    const right = { purpose: "a", audience: "https://b.example" };
    const answer = await t.mutation(api.oneTimeToken.verify, {
      ...{ token, ...right },
    });
    expect(outcome(answer)).toBe("done");
  });
});
