import { parseAuthError } from "convex-gatehouse/server";
import { beforeEach, describe, expect, it } from "vitest";
import {
  deploy,
  inComponent,
  snapshot,
  useFreshApp,
} from "./fixture/backend.js";
import { BAD_TEXTS } from "./fixture/badInput.js";
import { auth } from "./fixture/convex/auth.js";
import {
  ADA,
  identityOf,
  PASSWORD,
  refusal,
  refusalCode,
  signUp,
} from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let userId: string;
let sessionId: string;
let accountId: string;
/** Texts that are no id of a user, of a session, and of an account. */
let noIds: Record<"user" | "session" | "account", string[]>;

beforeEach(async () => {
  t = deploy();
  ({ userId, sessionId } = identityOf(await signUp(t)));
  const ids = await inComponent(t, async (ctx) => ({
    account: (await ctx.db.query("Account").first())!._id,
    refreshToken: (await ctx.db.query("RefreshToken").first())!._id,
    signingKey: (await ctx.db.query("SigningKey").first())!._id,
    secret: (await ctx.db.query("DeploymentSecret").first())!._id,
    event: (await ctx.db.query("AuditEvent").first())!._id,
  }));
  accountId = ids.account;
  const garbage = BAD_TEXTS.map(([, text]) => text);
  const { account, ...others } = ids;
  const common = [...garbage, ...Object.values(others)];
  noIds = {
    user: [...common, sessionId, account],
    session: [...common, userId, account],
    account: [...common, userId, sessionId],
  };
});

/** Asks for each text, and sees that nothing has changed afterwards. */
async function unchanged(
  texts: string[],
  ask: (text: string) => Promise<unknown>,
  expected: unknown,
) {
  const before = await snapshot(t);
  for (const text of texts) {
    expect(await ask(text), text.slice(0, 40)).toEqual(expected);
  }
  expect(await snapshot(t)).toEqual(before);
}

describe("an id that is garbage or of another table", () => {
  it("user.get gives null", () =>
    unchanged(
      noIds.user,
      (id) => t.query((ctx) => auth.user.get(ctx, id)),
      null,
    ));

  it("session.get gives null", () =>
    unchanged(
      noIds.session,
      (id) => t.query((ctx) => auth.session.get(ctx, id)),
      null,
    ));

  it("session.list, account.list and audit.list give nothing", () =>
    unchanged(
      noIds.user,
      (id) =>
        t.query(async (ctx) => [
          await auth.session.list(ctx, { userId: id }),
          await auth.account.list(ctx, { userId: id }),
          await auth.audit.list(ctx, { userId: id }),
        ]),
      [1, 2, 3].map(() => ({ items: [], nextCursor: null })),
    ));

  it("session.revoke and session.invalidate do nothing", async () => {
    const revoke = (pair: { userId: string; sessionId: string }) =>
      t.mutation((ctx) => auth.session.revoke(ctx, pair));
    await unchanged(
      noIds.session,
      (id) => revoke({ userId, sessionId: id }),
      null,
    );
    await unchanged(
      noIds.user,
      (id) => revoke({ userId: id, sessionId }),
      null,
    );
    await unchanged(
      noIds.user,
      (id) => t.mutation((ctx) => auth.session.invalidate(ctx, { userId: id })),
      null,
    );
  });

  it("user.patch and user.remove refuse with USER_NOT_FOUND", async () => {
    await unchanged(
      noIds.user,
      (id) =>
        refusalCode(
          t.mutation((ctx) => auth.user.patch(ctx, id, { name: "x" })),
        ),
      "USER_NOT_FOUND",
    );
    await unchanged(
      noIds.user,
      (id) => refusalCode(t.mutation((ctx) => auth.user.remove(ctx, id))),
      "USER_NOT_FOUND",
    );
  });

  it("account.remove refuses with ACCOUNT_NOT_FOUND", () =>
    unchanged(
      noIds.account,
      (id) => refusalCode(t.mutation((ctx) => auth.account.remove(ctx, id))),
      "ACCOUNT_NOT_FOUND",
    ));

  it("the account itself is found by its own id", async () => {
    expect(
      await refusalCode(
        t.mutation((ctx) => auth.account.remove(ctx, accountId)),
      ),
    ).toBe("LAST_SIGN_IN_METHOD");
  });
});

describe("user.patch", () => {
  const patch = (data: Record<string, unknown>) =>
    t.mutation((ctx) => auth.user.patch(ctx, userId, data));

  it.each([
    "_id",
    "_creationTime",
    "bannedTime",
    "banExpirationTime",
    "role",
    "__proto_",
    "constructor",
    "x".repeat(1_000_000),
  ])("refuses the protected or unknown field %.30s", async (field) => {
    const before = await snapshot(t);
    const error = await refusal(patch({ name: "ok", [field]: 1 }));
    expect(error.code).toBe("INVALID_PARAMETERS");
    expect(error.message.length).toBeLessThan(300);
    expect(await snapshot(t)).toEqual(before);
  });

  it.each([
    ["name", "\u0000"],
    ["name", "\ud800"],
    ["name", "a".repeat(1_000_000)],
    ["email", "nobody"],
    ["email", "ada\uff20example.com"],
    ["email", `${"a".repeat(1_000_000)}@example.com`],
    ["phone", "call me"],
    ["phone", "+".padEnd(1_000_000, "1")],
    ["image", "javascript:alert(1)"],
    ["image", "https://e.example/\u0000"],
    ["image", `https://e.example/${"a".repeat(1_000_000)}`],
  ])("refuses the value of `%s` out of shape (%.20j)", async (field, value) => {
    const before = await snapshot(t);
    const { code } = await refusal(patch({ [field]: value }));
    expect(code).toBe(
      field === "email" ? "INVALID_EMAIL" : "INVALID_PARAMETERS",
    );
    expect(await snapshot(t)).toEqual(before);
  });

  it.each([
    ["name", 1],
    ["name", null],
    ["email", ["a@example.com"]],
    ["isAnonymous", "yes"],
    ["emailVerificationTime", "now"],
    ["emailVerificationTime", {}],
  ])("refuses a `%s` of the wrong type", async (field, value) => {
    const before = await snapshot(t);
    const { code } = await refusal(patch({ [field]: value }));
    expect(code).toBe("INVALID_PARAMETERS");
    expect(await snapshot(t)).toEqual(before);
  });

  it("merges: fields that are not named stay", async () => {
    await patch({ name: "Ada", extend: { plan: "free" } });
    await patch({ phone: "+1 (555) 010-0" });
    expect(await t.query((ctx) => auth.user.get(ctx, userId))).toMatchObject({
      ...{ name: "Ada", phone: "+15550100", email: ADA },
      extend: { plan: "free" },
    });
  });

  it("a new address is unproved", async () => {
    await patch({ emailVerificationTime: 1 });
    await patch({ email: " Grace@Example.com " });
    const user = await t.query((ctx) => auth.user.get(ctx, userId));
    expect(user).toMatchObject({ email: "grace@example.com" });
    expect(user).not.toHaveProperty("emailVerificationTime");
  });
});

/** What only looks like an at sign, and becomes one when it is folded. */
const HOMOGLYPH_AT = /[\uff20\ufe6b]/;

describe("account methods", () => {
  it("refuse an address with a look-alike of the at sign", async () => {
    for (const id of ["ada\uff20example.com", "ada\ufe6bexample.com"]) {
      const account = { provider: "password", account: { id } };
      const get = t.query((ctx) => auth.account.get(ctx, account));
      expect(await refusalCode(get)).toBe("INVALID_EMAIL");
    }
  });

  it.each(BAD_TEXTS.filter(([, text]) => !HOMOGLYPH_AT.test(text)))(
    "refuse an identifier out of shape: %s",
    async (_n, id) => {
      const before = await snapshot(t);
      const account = { id, secret: PASSWORD };
      const attempts = [
        t.query((ctx) =>
          auth.account.get(ctx, { provider: "password", account: { id } }),
        ),
        t.mutation((ctx) =>
          auth.account.update(ctx, { provider: "password", account }),
        ),
      ];
      for (const attempt of attempts) {
        expect(await refusalCode(attempt)).toMatch(
          /^(INVALID_EMAIL|INVALID_PARAMETERS|ACCOUNT_NOT_FOUND)$/,
        );
      }
      expect(await snapshot(t)).toEqual(before);
    },
  );

  it("create refuses identifiers, secrets, hashes and profiles out of shape, and changes nothing", async () => {
    const before = await snapshot(t);
    const code = (
      account: { id: string; secret?: string; secretHash?: string },
      profile = {},
    ) =>
      refusalCode(
        t.mutation((ctx) =>
          auth.account.create(ctx, { provider: "password", account, profile }),
        ),
      );
    const id = "new@example.com";
    expect(await code({ id: "a\u0000b" })).toBe("INVALID_PARAMETERS");
    expect(await code({ id: "a@b@c" })).toBe("INVALID_EMAIL");
    expect(await code({ id, secret: "short" })).toBe("PASSWORD_TOO_SHORT");
    expect(await code({ id, secret: "a".repeat(1_000_000) })).toBe(
      "PASSWORD_TOO_LONG",
    );
    expect(await code({ id, secret: "password\u0000!" })).toBe(
      "PASSWORD_INVALID",
    );
    expect(await code({ id, secret: "password1" })).toBe("PASSWORD_TOO_COMMON");
    expect(await code({ id, secretHash: "md5:abc" })).toBe(
      "UNSUPPORTED_PASSWORD_HASH",
    );
    expect(await code({ id, secretHash: "$2b$31$".padEnd(60, "a") })).toBe(
      "UNSUPPORTED_PASSWORD_HASH",
    );
    expect(await code({ id, secret: PASSWORD }, { phone: "x" })).toBe(
      "INVALID_PARAMETERS",
    );
    expect(await code({ id, secret: PASSWORD }, { email: "x" })).toBe(
      "INVALID_EMAIL",
    );
    expect(await code({ id: ADA, secret: PASSWORD })).toBe(
      "ACCOUNT_ALREADY_EXISTS",
    );
    expect(await snapshot(t)).toEqual(before);
  });
});

describe("lists", () => {
  it("limits and cursors out of range never break a list", async () => {
    for (const limit of [-1, 0, 0.5, 1e9, Number.NaN, Infinity]) {
      const { items } = await t.query((ctx) => auth.user.list(ctx, { limit }));
      expect(items).toHaveLength(1);
    }
  });

  it.each(BAD_TEXTS.filter(([, text]) => text !== ""))(
    "a cursor that is none is refused with a code: %s",
    async (_name, cursor) => {
      const lists = [
        () => t.query((ctx) => auth.user.list(ctx, { cursor })),
        () => t.query((ctx) => auth.session.list(ctx, { userId, cursor })),
        () => t.query((ctx) => auth.audit.list(ctx, { userId, cursor })),
      ];
      for (const list of lists) {
        const error: unknown = await list().catch((reason: unknown) => reason);
        expect(parseAuthError(error)?.code).toBe("INVALID_PARAMETERS");
      }
    },
  );
});
