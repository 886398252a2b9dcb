import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import { Authenticator } from "./fixture/authenticator.js";
import {
  ADA,
  api,
  deploy,
  flow,
  internal,
  MINUTE,
  OTHER_PASSWORD,
  outcome,
  pass,
  proveAddress,
  PASSWORD,
  sent,
  signIn,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";
import { begun, PASSKEY } from "./fixture/passkeys.js";
import {
  confirm,
  enroll,
  type Identity,
  identityOf,
  pending,
  setUpMailbox,
} from "./fixture/secondFactors.js";
import { totpCode } from "./fixture/totp.js";

useFrozenClock();

const MAILBOX = "ada@example.org";
const REQUIRED = { secondFactor: { policy: "required" as const } };

let t: ReturnType<typeof deploy>;
let ada: Identity;

beforeEach(async () => {
  t = deploy();
  ada = identityOf(await signUp(t));
  await proveAddress(t, ada.userId);
});

describe("a factor that was begun with the password alone", () => {
  it("is not added beside a factor that was set up meanwhile: an app", async () => {
    const eve = identityOf(await signIn(t));
    const { secret, totpId } = pending(await enroll(t, eve));
    await setUpMailbox(t, ada, MAILBOX);
    const answer = await confirm(t, eve, totpId, await totpCode(secret));
    expect(outcome(answer)).toBe("STEP_UP_REQUIRED");
  });

  it("is not added beside a factor that was set up meanwhile: a passkey", async () => {
    const eve = identityOf(await signIn(t));
    const device = await Authenticator.make();
    const call = { ...eve, config: PASSKEY };
    const ceremony = begun(await t.mutation(api.passkeyRegister.begin, call));
    await setUpMailbox(t, ada, MAILBOX);
    const answer = await t.mutation(api.passkeyRegister.finish, {
      ...{ ...call, verifier: ceremony.verifier },
      response: await device.register(ceremony.options),
    });
    expect(outcome(answer)).toBe("STEP_UP_REQUIRED");
  });

  it("does not set a restricted session free when the owner was first", async () => {
    const restricted = async () =>
      identityOf(
        await t.mutation(api.password.signIn, {
          ...{ ...flow(ADA), password: PASSWORD, ...REQUIRED },
        }),
      );
    const eve = await restricted();
    const owner = await restricted();
    const { secret, totpId } = pending(await enroll(t, eve, REQUIRED));
    await setUpMailbox(t, owner, MAILBOX);
    const answer = await confirm(
      ...([t, eve, totpId, await totpCode(secret), REQUIRED] as const),
    );
    expect(outcome(answer)).toBe("STEP_UP_REQUIRED");
  });

  it("is deleted a day later", async () => {
    await enroll(t, ada);
    await t.mutation(api.codeFactor.enroll, {
      ...{ ...ada, method: "emailCode" as const, to: MAILBOX },
    });
    const rows = () =>
      t.run(async (ctx) => [
        ...(await ctx.db.query("TotpFactor").collect()),
        ...(await ctx.db.query("CodeFactor").collect()),
      ]);
    pass(24 * 60 * MINUTE - 1);
    await t.mutation(internal.cleanup.deleteExpired, {});
    expect(await rows()).toHaveLength(2);
    pass(1);
    await t.mutation(internal.cleanup.deleteExpired, {});
    expect(await rows()).toEqual([]);
  });
});

describe("the mailbox that has reset the password", () => {
  it("does not become the second factor, too", async () => {
    const { code } = sent(
      await t.mutation(api.password.requestReset, flow(ADA)),
    );
    const reset = await t.mutation(api.password.reset, {
      ...{ ...flow(ADA), code, newPassword: OTHER_PASSWORD, ...REQUIRED },
    });
    expect(reset).toMatchObject({ restriction: "secondFactorEnrollment" });
    const answer = await t.mutation(api.codeFactor.enroll, {
      ...{ ...identityOf(reset), method: "emailCode" as const, ...REQUIRED },
    });
    expect(outcome(answer)).toBe("SECOND_FACTOR_NOT_ENROLLED");
  });
});

describe("an authenticator app", () => {
  it("is set up by who is known by a name with a colon", async () => {
    await t.run((ctx) =>
      ctx.db.patch("User", ada.userId as Id<"User">, {
        ...{ email: undefined, name: "Ada: the countess" },
      }),
    );
    expect(outcome(await enroll(t, ada))).toBe("pending");
  });
});

describe("the app's own check", () => {
  it("says that the session which it has opened is restricted", async () => {
    const first = await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: PASSWORD, ...REQUIRED },
      generateTokens: false,
    });
    expect(first).toMatchObject({ restriction: "secondFactorEnrollment" });
    const sessionId = first.kind === "signedIn" ? first.sessionId : undefined;
    const { sessionConfig } = flow(ADA);
    const answer = await t.mutation(api.appSignIn.complete, {
      ...{ provider: "own", sessionConfig, ...REQUIRED },
      ...{ userId: ada.userId, sessionId, generateTokens: true },
    });
    expect(answer).toMatchObject({ restriction: "secondFactorEnrollment" });
  });
});
