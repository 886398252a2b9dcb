import { passkey } from "convex-gatehouse/providers";
import { createAuth } from "convex-gatehouse/server";
import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import { beforeEach, describe, expect, it } from "vitest";
import { Authenticator } from "../component/fixture/authenticator.js";
import {
  counts,
  deploy,
  HOME,
  inComponent,
  useFreshApp,
} from "./fixture/backend.js";
import { callbacks } from "./fixture/convex/callbacks.js";
import { components } from "./fixture/convex/components.js";
import {
  lastCode,
  mailbox,
  sendVerificationRequest,
} from "./fixture/convex/mailbox.js";
import { refusal, refusalCode, tokensOf } from "./fixture/people.js";

useFreshApp();

const EVE = "eve@example.com";

const relyingParty = { rpId: "example.com", origins: ["https://example.com"] };

/** An app where people sign up with passkeys alone. */
const auth = createAuth(components.auth, {
  providers: [
    passkey({
      ...{ ...relyingParty, sendVerificationRequest },
      normalizeIdentifier: (identifier) => identifier.replace(/\+.*@/, "@"),
    }),
    passkey({ id: "mute", ...relyingParty }),
    passkey({
      ...{ id: "adapted", ...relyingParty, sendVerificationRequest },
      generateVerificationToken: () => "alongcodeoftheapp",
    }),
  ],
  callbacks: {
    admit: (ctx, change) => callbacks.admit(ctx, change),
    createOrUpdateUser: (ctx, change) =>
      callbacks.createOrUpdateUser(ctx, change),
    beforeSessionCreation: (ctx, session) =>
      callbacks.beforeSessionCreation(ctx, session),
  },
  store: "authWithPasskeys:store",
});

type Result = {
  kind: string;
  verifier?: string;
  options?: { challenge: string; user: { id: string } };
  tokens?: { token: string; refreshToken: string } | null;
};

const action = makeFunctionReference<
  "action",
  { provider: string; params: unknown; verifier?: string },
  Result
>("authWithPasskeys:signIn");

let t: ReturnType<typeof deploy>;
let device: Authenticator;

beforeEach(async () => {
  t = deploy((modules, component) =>
    component === ""
      ? {
          ...modules,
          "./convex/authWithPasskeys.js": async () => ({
            ...{ signIn: auth.signIn, store: auth.store },
          }),
        }
      : modules,
  );
  device = await Authenticator.make();
});

const run = (
  params: unknown,
  verifier?: string,
  provider = "passkey",
): Promise<Result> =>
  t.withRequestMetadata(HOME).action(action, {
    ...{ provider, params },
    ...(verifier === undefined ? {} : { verifier }),
  });

const start = (email = EVE) => run({ flow: "signUp", email, name: "Eve" });

async function begin(email = EVE) {
  const { verifier } = await start(email);
  const form = { flow: "signUp-options", email, code: lastCode() };
  return await run(form, verifier);
}

async function finish({ options, verifier }: Result) {
  const made = await device.register(options!);
  const { id, ...response } = made;
  return await run(
    { flow: "signUp-finish", response: { id, response } },
    verifier,
  );
}

const users = () => inComponent(t, (ctx) => ctx.db.query("User").collect());

describe("signing up with a passkey alone", () => {
  it("takes an address, the code that was sent to it, and a passkey", async () => {
    expect(await start()).toEqual({
      ...{ kind: "started", verifier: expect.any(String) },
    });
    expect(mailbox.sent).toMatchObject([
      { purpose: "email-verification", identifier: EVE },
    ]);
    const tokens = tokensOf(await finish(await begin()));
    expect(tokens.refreshToken).toEqual(expect.any(String));
    expect(await users()).toMatchObject([{ email: EVE, name: "Eve" }]);
  });

  it("sends a taken address word of it, and answers the same", async () => {
    await finish(await begin());
    const answer = await start("Eve+shop@example.com");
    expect(Object.keys(answer)).toEqual(["kind", "verifier"]);
    expect(mailbox.sent.at(-1)).toEqual({
      ...{ purpose: "account-exists", identifier: EVE },
    });
  });

  it("takes the codes that the app makes, and a form without a name", async () => {
    const form = { email: EVE, name: " " };
    const { verifier } = await run(
      ...([{ flow: "signUp", ...form }, undefined, "adapted"] as const),
    );
    const code = "alongcodeoftheapp";
    expect(lastCode()).toBe(code);
    const begun = await run(
      ...([
        { flow: "signUp-options", ...form, code },
        verifier,
        "adapted",
      ] as const),
    );
    expect(begun.kind).toBe("passkeyOptions");
  });

  it("needs a provider that sends e-mail", async () => {
    const form = { flow: "signUp", email: EVE };
    expect(await refusalCode(run(form, undefined, "mute"))).toBe(
      "EMAIL_CONFIG_REQUIRED",
    );
  });

  it("counts a wrong code, although the action throws", async () => {
    const { verifier } = await start();
    const form = { flow: "signUp-options", email: EVE, code: "00000000" };
    expect(await refusalCode(run(form, verifier))).toBe(
      "INVALID_VERIFICATION_CODE",
    );
    const codes = await inComponent(t, (ctx) =>
      ctx.db.query("VerificationCode").collect(),
    );
    expect(codes).toMatchObject([{ tries: 1 }]);
  });

  it("asks the app's gate before it sends anything, and before there is a user", async () => {
    const begun = await begin();
    callbacks.admit = () => ({ admitted: false, message: "closed" });
    mailbox.sent = [];
    const closed = { code: "SIGN_UP_REFUSED", message: "closed" };
    expect(await refusal(start("new@example.com"))).toEqual(closed);
    expect(mailbox.sent).toEqual([]);
    expect(await refusal(finish(begun))).toEqual(closed);
    expect(await counts(t)).toMatchObject({
      ...{ User: 0, Passkey: 0, Session: 0, AuthVerifier: 0 },
    });
  });

  it("keeps user and passkey when the app refuses the session", async () => {
    const begun = await begin();
    callbacks.beforeSessionCreation = () => {
      throw new ConvexError("not today");
    };
    expect(await refusalCode(finish(begun))).toBe("SIGN_IN_REFUSED");
    expect(await counts(t)).toMatchObject({ User: 1, Passkey: 1, Session: 0 });
  });

  it("does not call an address proved that the app has put in its place", async () => {
    callbacks.createOrUpdateUser = (_ctx, { profile }) => ({
      ...{ ...profile, email: "other@example.com" },
    });
    await finish(await begin());
    const [user] = await users();
    expect(user?.email).toBe("other@example.com");
    expect(user).not.toHaveProperty("emailVerificationTime");
  });
});

describe("bad input", () => {
  const odd = [undefined, null, 1, true, "", [], {}, new ArrayBuffer(4)];

  it.each(["signUp", "signUp-options", "signUp-finish"])(
    "of whatever shape has a code in the flow %s",
    async (flow) => {
      const fields = ["email", "name", "code", "response"];
      for (const value of odd) {
        for (const field of fields) {
          const valid = { email: EVE, code: "12345678" };
          const params = { flow, ...valid, [field]: value };
          const answer = await run(params, "vf_nonsense").then(
            ({ kind }) => kind,
            (error: { data?: { code?: string } }) => error.data?.code,
          );
          expect(answer, `${field}: ${JSON.stringify(value)}`).toMatch(
            /^[A-Z_]+$|^started$/,
          );
        }
      }
    },
  );

  it("is told from a missing verifier", async () => {
    for (const form of [
      { flow: "signUp-options", email: EVE, code: "12345678" },
      {
        flow: "signUp-finish",
        response: {
          id: "a",
          response: { clientDataJSON: "a", attestationObject: "a" },
        },
      },
    ]) {
      expect(await refusalCode(run(form))).toBe("PASSKEY_MISSING_VERIFIER");
    }
  });
});
