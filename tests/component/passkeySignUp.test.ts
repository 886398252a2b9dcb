import { beforeEach, describe, expect, it } from "vitest";
import { Authenticator } from "./fixture/authenticator.js";
import {
  api,
  type Caller,
  deploy,
  events,
  flow,
  ISSUER,
  MINUTE,
  opened,
  outcome,
  pass,
  proveAddress,
  PASSWORD,
  sent,
  signUp as signUpWithPassword,
  useFrozenClock,
} from "./fixture/backend.js";
import { PASSKEY } from "./fixture/passkeys.js";

useFrozenClock();

const EVE = "eve@example.com";

const FLOW = {
  config: PASSKEY,
  sessionConfig: { issuer: ISSUER },
  generateTokens: true,
};

let t: Caller;
let device: Authenticator;

beforeEach(async () => {
  t = deploy();
  device = await Authenticator.make();
});

const request = (email = EVE, name?: string) =>
  t.mutation(api.passkeySignUp.request, {
    ...{ ...FLOW, email },
    ...(name === undefined ? {} : { name }),
  });

const redeem = (code: string, verifier: string, email = EVE) =>
  t.mutation(api.passkeySignUp.begin, {
    config: PASSKEY,
    email,
    code,
    verifier,
  });

async function begin(email = EVE) {
  const { code, verifier } = sent(await request(email, "Eve"));
  const begun = await redeem(code, verifier ?? "", email);
  if (begun.kind !== "begun") {
    throw new Error(begun.refusal.code);
  }
  return begun;
}

type Begun = Awaited<ReturnType<typeof begin>>;

const finish = async (
  { verifier, options }: Begun,
  origin?: string,
  with_ = device,
) =>
  await t.mutation(api.passkeySignUp.finish, {
    ...{ ...FLOW, verifier, response: await with_.register(options, origin) },
  });

const rows = (table: "User" | "Passkey" | "Session" | "AuthVerifier") =>
  t.run((ctx) => ctx.db.query(table).collect());
const codes = () => t.run((ctx) => ctx.db.query("VerificationCode").collect());

describe("signing up with a passkey alone", () => {
  it("proves the address, then makes the passkey, then the user", async () => {
    const { purpose, code, verifier } = sent(await request(EVE, "Eve"));
    expect(purpose).toBe("email-verification");
    expect(code).toMatch(/^\d{8}$/);
    expect(await rows("User")).toEqual([]);
    const begun = await redeem(code, verifier ?? "");
    expect(begun).toMatchObject({
      options: { user: { name: EVE, displayName: "Eve" } },
    });
    expect(await codes()).toEqual([]);
    expect(await rows("User")).toEqual([]);
    const { userId, sessionId } = opened(await finish(begun as Begun));
    expect(await rows("User")).toMatchObject([
      {
        ...{ _id: userId, email: EVE, name: "Eve" },
        emailVerificationTime: Date.now(),
      },
    ]);
    expect(await rows("Passkey")).toMatchObject([
      { userId, credentialId: device.id, attestationKind: "none" },
    ]);
    expect(await rows("Session")).toMatchObject([
      {
        ...{ _id: sessionId, provider: "passkey" },
        authenticationMethods: ["hwk", "user", "mfa"],
      },
    ]);
    expect(await rows("AuthVerifier")).toEqual([]);
    expect(await events(t)).toEqual([
      ...["emailVerificationRequested", "emailVerified"],
      ...["signUp", "passkeyRegistered", "signIn"],
    ]);
  });

  it("lets the person sign in again, by the address and where nobody is named", async () => {
    const { userId } = opened(await finish(await begin()));
    for (const email of [undefined, EVE]) {
      const begun = await t.mutation(api.passkeySignIn.begin, {
        config: PASSKEY,
        ...(email === undefined ? {} : { email }),
      });
      if (begun.kind !== "begun") {
        throw new Error(begun.refusal.code);
      }
      const answer = await t.mutation(api.passkeySignIn.finish, {
        ...{ ...FLOW, verifier: begun.verifier },
        response: await device.assert(begun.options),
      });
      expect(answer).toMatchObject({ kind: "signedIn", userId });
    }
  });

  it("lets the person add more passkeys, for the same account of an authenticator", async () => {
    const begun = await begin();
    const { userId, sessionId } = opened(await finish(begun));
    const more = await t.mutation(api.passkeyRegister.begin, {
      config: PASSKEY,
      userId,
      sessionId,
    });
    expect(more).toMatchObject({
      options: { user: { id: begun.options.user.id } },
    });
  });

  it("answers a taken address like a free one, and tells its mailbox", async () => {
    const { userId } = opened(await signUpWithPassword(t, EVE));
    await proveAddress(t, userId);
    const taken = await request();
    const free = await request("new@example.com");
    expect(Object.keys(taken)).toEqual(Object.keys(free));
    expect(sent(taken)).toMatchObject({ purpose: "account-exists", code: "" });
    expect(sent(taken).verifier).toHaveLength(sent(free).verifier!.length);
    const guess = (email: string, answer: typeof taken) =>
      redeem("00000000", sent(answer).verifier ?? "", email);
    expect(await guess(EVE, taken)).toEqual(
      await guess("new@example.com", free),
    );
    expect(await codes()).toMatchObject([{ tries: 1 }]);
  });

  it("does not mind that somebody has claimed the address without a proof", async () => {
    const squatter = opened(await signUpWithPassword(t, EVE));
    const { userId } = opened(await finish(await begin()));
    expect(userId).not.toBe(squatter.userId);
  });

  it("is refused when somebody else has proved the address in between", async () => {
    const begun = await begin();
    const other = await begin();
    expect(outcome(await finish(other))).toBe("signedIn");
    const late = await Authenticator.make();
    expect(outcome(await finish(begun, undefined, late))).toBe(
      "ACCOUNT_ALREADY_EXISTS",
    );
    expect(await rows("User")).toHaveLength(1);
    expect(await rows("Passkey")).toHaveLength(1);
    expect(await events(t)).toContain("signUp: ACCOUNT_ALREADY_EXISTS");
  });

  it("has a challenge for one use within five minutes, on the app's own pages", async () => {
    const begun = await begin();
    expect(outcome(await finish(begun, "https://evil.example"))).toBe(
      "PASSKEY_INVALID_ORIGIN",
    );
    expect(outcome(await finish(begun))).toBe("signedIn");
    expect(outcome(await finish(begun))).toBe("PASSKEY_INVALID_CHALLENGE");
    const late = await begin("late@example.com");
    pass(5 * MINUTE);
    expect(outcome(await finish(late))).toBe("PASSKEY_INVALID_CHALLENGE");
  });

  it("does not take a passkey that somebody has already", async () => {
    expect(outcome(await finish(await begin()))).toBe("signedIn");
    const second = await begin("second@example.com");
    expect(outcome(await finish(second))).toBe("PASSKEY_ALREADY_REGISTERED");
    expect(await rows("User")).toHaveLength(1);
  });

  it("is no end of another ceremony, nor another ceremony its end", async () => {
    const { userId, sessionId } = opened(await signUpWithPassword(t));
    const caller = { config: PASSKEY, userId, sessionId };
    const adding = await t.mutation(api.passkeyRegister.begin, caller);
    expect(outcome(await finish(adding as Begun))).toBe(
      "PASSKEY_INVALID_CHALLENGE",
    );
    const { verifier, options } = await begin();
    const response = await device.register(options);
    const added = await t.mutation(api.passkeyRegister.finish, {
      ...{ ...caller, verifier, response },
    });
    expect(outcome(added)).toBe("PASSKEY_INVALID_CHALLENGE");
    expect(await rows("Passkey")).toEqual([]);
  });
});

describe("the code of a sign-up", () => {
  it("is counted when it is wrong, and void after five tries", async () => {
    const { code, verifier } = sent(await request());
    for (let tries = 1; tries <= 5; tries += 1) {
      expect(outcome(await redeem("00000000", verifier ?? ""))).toBe(
        "INVALID_VERIFICATION_CODE",
      );
      const [stored] = await codes();
      expect(stored?.tries).toBe(tries < 5 ? tries : undefined);
    }
    expect(outcome(await redeem(code, verifier ?? ""))).toBe("RATE_LIMITED");
    expect(await events(t)).toContain(
      "accountLocked: INVALID_VERIFICATION_CODE",
    );
  });

  it("is worth nothing without what the client got when it asked", async () => {
    const { code, verifier } = sent(await request());
    const other = sent(await request("other@example.com"));
    expect(outcome(await redeem(code, other.verifier ?? ""))).toBe(
      "INVALID_VERIFICATION_CODE",
    );
    expect(outcome(await redeem(code, verifier ?? ""))).toBe(
      "INVALID_VERIFICATION_CODE",
    );
  });

  it("is worth nothing for another address or another purpose", async () => {
    const { code, verifier } = sent(await request());
    expect(
      outcome(await redeem(code, verifier ?? "", "other@example.com")),
    ).toBe("INVALID_VERIFICATION_CODE");
    await signUpWithPassword(t, EVE);
    const reset = await t.mutation(api.password.reset, {
      ...flow(EVE),
      ...{ code, newPassword: PASSWORD },
    });
    expect(outcome(reset)).toBe("INVALID_VERIFICATION_CODE");
    expect(outcome(await redeem(code, verifier ?? ""))).toBe("begun");
  });

  it("is sent a bounded number of times", async () => {
    for (let mails = 0; mails < 5; mails += 1) {
      expect(outcome(await request())).toBe("started");
    }
    expect(outcome(await request())).toBe("RATE_LIMITED");
    expect(outcome(await request("no address"))).toBe("INVALID_EMAIL");
    expect(outcome(await request("n@example.com", "n".repeat(300)))).toBe(
      "INVALID_PARAMETERS",
    );
  });
});
