import { scryptSync } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { deploy, inComponent, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { lastCode } from "./fixture/convex/mailbox.js";
import {
  ADA,
  GRACE,
  identityOf,
  OTHER_PASSWORD,
  PASSWORD,
  refusalCode,
  signIn,
  signUp,
  withPassword,
} from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

type Options = Parameters<typeof auth.account.create>[1];

const create = (account: Options["account"], options: Partial<Options> = {}) =>
  t.mutation((ctx) =>
    auth.account.create(ctx, {
      ...{ provider: "password", account, profile: {}, ...options },
    }),
  );
const secrets = () =>
  inComponent(t, async (ctx) =>
    (await ctx.db.query("Account").collect()).map((row) => row.secret),
  );

describe("account.create", () => {
  it("gives a new user an account that signs in", async () => {
    const { account, user } = await create(
      { id: " Ada@Example.com", secret: PASSWORD },
      { profile: { name: "Ada", email: ADA, extend: { plan: "pro" } } },
    );
    expect(account).toMatchObject({ accountId: ADA, userId: user._id });
    expect(user).toMatchObject({ name: "Ada", extend: { plan: "pro" } });
    expect(account).not.toHaveProperty("secret");
    expect(identityOf(await signIn(t)).userId).toBe(user._id);
  });

  it("refuses an identifier that has an account", async () => {
    await signUp(t);
    expect(await refusalCode(create({ id: "ADA@example.com" }))).toBe(
      "ACCOUNT_ALREADY_EXISTS",
    );
  });
});

describe("imported password hashes", () => {
  const salt = "0123456789abcdef0123456789abcdef";
  const scrypt = (text: string) =>
    scryptSync(PASSWORD, text, 64, {
      ...{ N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 },
    }).toString("hex");
  const formats = [
    ["scrypt of Convex Auth and Better Auth", `${salt}:${scrypt(salt)}`],
    ["scrypt of lucia", `s2:${salt.slice(16)}:${scrypt(salt.slice(16))}`],
    [
      "bcrypt",
      // Of "correct horse battery staple", made with another implementation.
      "$2b$05$abcdefghijklmnopqrstuuFiPhXf1sVd3pCCRO.uVh34H/qI/ZsuS",
    ],
  ] as const;

  it.each(formats)(
    "%s signs in, and becomes Argon2id by it",
    async (_name, secretHash) => {
      await create({ id: ADA, secretHash });
      expect(await secrets()).toEqual([secretHash]);
      expect(await refusalCode(signIn(t, ADA, OTHER_PASSWORD))).toBe(
        "INVALID_CREDENTIALS",
      );
      expect(await secrets()).toEqual([secretHash]);
      await signIn(t);
      const [upgraded] = await secrets();
      expect(upgraded).toMatch(/^\$argon2id\$v=19\$m=8192,t=1,p=1\$/);
      await signIn(t);
      expect(await secrets()).toEqual([upgraded]);
    },
  );
});

describe("linking", () => {
  const prove = async (email: string) => {
    const { verifier } = (await withPassword(
      t,
      { flow: "signUp", email, password: PASSWORD },
      "verified",
    )) as { verifier: string };
    await withPassword(
      t,
      { flow: "email-verification", email, code: lastCode() },
      "verified",
      verifier,
    );
  };
  const link = (shouldLinkViaEmail: boolean, email = ADA) =>
    create(
      { id: "github-1" },
      { provider: "github", profile: { email }, shouldLinkViaEmail },
    );

  it("joins a proved address that the app vouches for to the user who proved it", async () => {
    await prove(ADA);
    const { user } = await link(true, "ADA@example.com");
    const { items } = await t.query((ctx) =>
      auth.account.list(ctx, { userId: user._id }),
    );
    expect(items.map((account) => account.provider)).toEqual([
      "verified",
      "github",
    ]);
  });

  it("never joins an address that the app does not vouch for", async () => {
    await prove(ADA);
    const { user } = await link(false);
    expect(user).not.toHaveProperty("emailVerificationTime");
    expect(await userCount()).toBe(2);
  });

  it("never joins a user who has not proved the address", async () => {
    await signUp(t, ADA);
    const { user } = await link(true);
    expect(user).toHaveProperty("emailVerificationTime");
    expect(await userCount()).toBe(2);
  });

  it("never chooses between two users who proved the same address", async () => {
    await prove(ADA);
    const grace = identityOf(await signUp(t, GRACE)).userId;
    await t.mutation((ctx) =>
      auth.user.patch(ctx, grace, { email: ADA, emailVerificationTime: 1 }),
    );
    await link(true);
    expect(await userCount()).toBe(3);
  });

  it("joins by a proved telephone number alike", async () => {
    const profile = { phone: "+15550100" };
    const options = { provider: "sms", profile, shouldLinkViaPhone: true };
    const { user } = await create({ id: "sms-1" }, options);
    const again = await create({ id: "sms-2" }, options);
    expect(again.user._id).toBe(user._id);
  });

  const userCount = () =>
    inComponent(
      t,
      async (ctx) => (await ctx.db.query("User").collect()).length,
    );
});

describe("account.get", () => {
  const get = (secret?: string) =>
    t.mutation((ctx) =>
      auth.account.get(ctx, {
        provider: "password",
        account: { id: ADA, ...(secret === undefined ? {} : { secret }) },
      }),
    );

  it("with the right secret gives the account, with a wrong one says it is missing", async () => {
    await signUp(t);
    expect((await get(PASSWORD)).account).toMatchObject({ accountId: ADA });
    expect(await refusalCode(get(OTHER_PASSWORD))).toBe("ACCOUNT_NOT_FOUND");
    expect((await get()).user).toMatchObject({ email: ADA });
  });

  it("needs a context that can count, to check a secret", async () => {
    await signUp(t);
    const code = await refusalCode(
      t.query((ctx) =>
        auth.account.get(ctx, {
          provider: "password",
          account: { id: ADA, secret: PASSWORD },
        }),
      ),
    );
    expect(code).toBe("MISSING_ACTION_CONTEXT");
  });

  it("shares its failures with the sign-in: five lock both", async () => {
    await signUp(t);
    const check = (secret: string) =>
      t.action((ctx) =>
        auth.account.get(ctx, {
          provider: "password",
          account: { id: ADA, secret },
        }),
      );
    for (let failure = 0; failure < 5; failure += 1) {
      expect(await refusalCode(check(OTHER_PASSWORD))).toBe(
        "ACCOUNT_NOT_FOUND",
      );
    }
    expect(await refusalCode(check(PASSWORD))).toBe("RATE_LIMITED");
    expect(await refusalCode(signIn(t))).toBe("RATE_LIMITED");
  });
});

describe("account.update and account.remove", () => {
  it("an update sets the secret and ends the sessions that are not excepted", async () => {
    const { userId } = identityOf(await signUp(t));
    const kept = identityOf(await signIn(t)).sessionId;
    await t.mutation((ctx) =>
      auth.account.update(ctx, {
        provider: "password",
        account: { id: ADA, secret: OTHER_PASSWORD },
        exceptSessions: [kept],
      }),
    );
    const { items } = await t.query((ctx) =>
      auth.session.list(ctx, { userId }),
    );
    expect(items.map((session) => session._id)).toEqual([kept]);
    expect(await refusalCode(signIn(t))).toBe("INVALID_CREDENTIALS");
    await signIn(t, ADA, OTHER_PASSWORD);
  });

  it("a user's last way to sign in stays", async () => {
    const { account } = await create({ id: ADA, secret: PASSWORD });
    const remove = (id: string) =>
      t.mutation((ctx) => auth.account.remove(ctx, id));
    expect(await refusalCode(remove(account._id))).toBe("LAST_SIGN_IN_METHOD");
    const second = await inComponent(t, async (ctx) => {
      const row = (await ctx.db.query("Account").first())!;
      const { _id, _creationTime, ...fields } = row;
      return await ctx.db.insert("Account", {
        ...{ ...fields, provider: "github", issuer: "local:github" },
      });
    });
    await remove(account._id);
    expect(await refusalCode(remove(second))).toBe("LAST_SIGN_IN_METHOD");
    expect(await refusalCode(remove(account._id))).toBe("ACCOUNT_NOT_FOUND");
    expect(await refusalCode(signIn(t))).toBe("INVALID_CREDENTIALS");
  });
});
