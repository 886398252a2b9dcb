import { beforeEach, describe, expect, it } from "vitest";
import {
  ADA,
  api,
  deploy,
  flow,
  MINUTE,
  outcome,
  pass,
  PASSWORD,
  signIn,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";
import {
  asked,
  type Identity,
  identityOf,
  proofFlow,
  setUpTotp,
  verify,
} from "./fixture/secondFactors.js";

useFrozenClock();

const MAILBOX = "ada@example.org";

let t: ReturnType<typeof deploy>;
let ada: Identity;

beforeEach(async () => {
  t = deploy();
  ada = identityOf(await signUp(t));
});

async function enroll(identity = ada, to: string | undefined = MAILBOX) {
  return await t.mutation(api.codeFactor.enroll, {
    ...{ ...identity, method: "emailCode", ...(to && { to }) },
  });
}

function delivered(answer: Awaited<ReturnType<typeof enroll>>) {
  if (answer.kind !== "sent") {
    throw new Error(answer.refusal.code);
  }
  return answer;
}

async function setUp(to = MAILBOX) {
  const { delivery, codeFactorId } = delivered(await enroll(ada, to));
  const answer = await t.mutation(api.codeFactor.confirm, {
    ...{ ...proofFlow(), ...ada, codeFactorId, code: delivery.code },
  });
  return { codeFactorId, identity: identityOf(answer), answer };
}

async function send({
  verifier,
  identity,
}: {
  verifier?: string;
  identity?: Identity;
}) {
  const answer = await t.mutation(api.secondFactor.sendCode, {
    ...(verifier && { verifier }),
    ...(identity && { identity }),
    method: "emailCode",
  });
  if (answer.kind !== "sent") {
    throw new Error(answer.refusal.code);
  }
  return answer;
}

describe("codes by e-mail as a second factor", () => {
  it("are for who has proved the mailbox, and come with recovery codes", async () => {
    const { answer } = await setUp();
    expect(answer).toMatchObject({
      recoveryCodes: expect.arrayContaining([expect.any(String)]),
    });
    const challenge = asked(await signIn(t));
    expect(challenge.methods).toEqual(["emailCode", "recoveryCode"]);
    const { delivery, verifier } = await send(challenge);
    expect(delivery.to).toBe(MAILBOX);
    expect(verifier).toBe(challenge.verifier);
    const rows = await t.run((ctx) =>
      ctx.db.query("SecondFactorChallenge").collect(),
    );
    expect(JSON.stringify(rows)).not.toContain(delivery.code);
    const proof = {
      verifier,
      method: "emailCode",
      code: delivery.code,
    } as const;
    expect(outcome(await verify(t, proof))).toBe("signedIn");
    expect(outcome(await verify(t, proof))).toBe("INVALID_VERIFIER");
  });

  it("are not offered to who has an app only", async () => {
    await setUpTotp(t, ada);
    const challenge = asked(await signIn(t));
    expect(challenge.methods).not.toContain("emailCode");
    await expect(send(challenge)).rejects.toThrow("SECOND_FACTOR_NOT_ENROLLED");
  });

  it("are no second factor beside the same mailbox", async () => {
    await setUp(ADA);
    const reset = await t.mutation(api.password.requestReset, flow(ADA));
    const code = reset.kind === "started" ? (reset.delivery.code ?? "") : "";
    await t.run(async (ctx) => {
      const [user] = await ctx.db.query("User").collect();
      if (user !== undefined) {
        await ctx.db.patch("User", user._id, {
          emailVerificationTime: Date.now(),
        });
      }
    });
    const answer = await t.mutation(api.password.reset, {
      ...{ ...flow(ADA), code, newPassword: "quite another password" },
    });
    expect(asked(answer).methods).toEqual(["recoveryCode"]);
  });

  it("step up a session, but only of who has nothing stronger", async () => {
    const { identity } = await setUp();
    pass(10 * MINUTE);
    const { delivery, verifier } = await send({ identity });
    const answer = await verify(t, {
      ...{ verifier, method: "emailCode", code: delivery.code },
    });
    const fresh = identityOf(answer);
    await setUpTotp(t, fresh);
    pass(10 * MINUTE);
    const [session] = await t.run((ctx) => ctx.db.query("Session").collect());
    const now = { userId: ada.userId, sessionId: session?._id ?? "" };
    await expect(send({ identity: now })).rejects.toThrow(
      "SECOND_FACTOR_NOT_ENROLLED",
    );
  });

  it("are limited for each user", async () => {
    await setUp();
    const challenge = asked(await signIn(t));
    for (let sent = 0; sent < 5; sent += 1) {
      await send(challenge);
    }
    await expect(send(challenge)).rejects.toThrow("RATE_LIMITED");
  });

  it("are removed with a fresh session", async () => {
    const { codeFactorId, identity } = await setUp();
    pass(6 * MINUTE);
    const remove = async () =>
      outcome(
        await t.mutation(api.codeFactor.remove, {
          ...{ codeFactorId, actor: identity },
        }),
      );
    expect(await remove()).toBe("STEP_UP_REQUIRED");
    pass(-5 * MINUTE);
    expect(await remove()).toBe("done");
    const answer = await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: PASSWORD },
    });
    expect(outcome(answer)).toBe("signedIn");
  });

  it("refuse what is no address", async () => {
    for (const to of ["", "x", `${"x".repeat(10_000)}@example.com`]) {
      const answer = await t.mutation(api.codeFactor.enroll, {
        ...{ ...ada, method: "emailCode" as const, to },
      });
      expect(outcome(answer)).toBe("INVALID_EMAIL");
    }
    const phone = await t.mutation(api.codeFactor.enroll, {
      ...{ ...ada, method: "phoneCode" as const, to: "555" },
    });
    expect(outcome(phone)).toBe("INVALID_PARAMETERS");
  });
});
