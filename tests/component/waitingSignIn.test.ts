import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  ADA,
  api,
  deploy,
  flow,
  from,
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
import {
  asked,
  type Identity,
  identityOf,
  sendCode,
  setUpMailbox,
  setUpTotp,
  verify,
} from "./fixture/secondFactors.js";
import { totpCode } from "./fixture/totp.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Identity;

beforeEach(async () => {
  t = deploy();
  ada = identityOf(await signUp(t));
  await proveAddress(t, ada.userId);
});

describe("a sign-in that waits for its second factor", () => {
  it("follows a reset from a browser that was trusted until then", async () => {
    const app = await setUpTotp(t, ada);
    pass(MINUTE);
    const { verifier } = asked(await signIn(t));
    const trusted = await verify(t, {
      ...{ verifier, code: await totpCode(app.secret), trustDevice: true },
    });
    const trustedDevice =
      trusted.kind === "signedIn" ? (trusted.trustedDevice ?? "") : "";
    expect(trustedDevice).not.toBe("");
    const { code } = sent(
      await t.mutation(api.password.requestReset, flow(ADA)),
    );
    const answer = await t.mutation(api.password.reset, {
      ...{ ...flow(ADA), code, newPassword: OTHER_PASSWORD, trustedDevice },
    });
    expect(outcome(answer)).toBe("secondFactorRequired");
  });

  it("gets its code though strangers ask for what resets the password", async () => {
    await setUpMailbox(t, ada, ADA);
    pass(60 * MINUTE);
    for (let index = 0; index < 6; index += 1) {
      await from(t, "203.0.113.9").mutation(
        api.password.requestReset,
        flow(ADA),
      );
    }
    const { verifier } = asked(await signIn(t));
    await expect(sendCode(t, { verifier })).resolves.toMatchObject({
      delivery: { to: ADA },
    });
  });

  it("is void after a new password, however many there are", async () => {
    const app = await setUpTotp(t, ada);
    pass(MINUTE);
    const waiting: string[] = [];
    for (let index = 0; index < 30; index += 1) {
      waiting.push(asked(await signIn(t)).verifier);
    }
    const { config, sessionConfig } = flow(ADA);
    const changed = await t.mutation(api.password.change, {
      ...{ config, sessionConfig, ...app.identity },
      ...{ currentPassword: PASSWORD, newPassword: OTHER_PASSWORD },
    });
    expect(outcome(changed)).toBe("signedIn");
    const rows = await t.run((ctx) =>
      ctx.db.query("SecondFactorChallenge").collect(),
    );
    expect(rows).toEqual([]);
    const answer = await verify(t, {
      ...{ verifier: waiting[29] ?? "", code: await totpCode(app.secret) },
    });
    expect(outcome(answer)).toBe("TOTP_INVALID_VERIFIER");
  });

  it("takes the place of the oldest one of many", async () => {
    const app = await setUpTotp(t, ada);
    pass(MINUTE);
    const waiting: string[] = [];
    for (let index = 0; index < 21; index += 1) {
      waiting.push(asked(await signIn(t)).verifier);
    }
    const code = await totpCode(app.secret);
    const [first = "", second = ""] = waiting;
    expect(outcome(await verify(t, { verifier: first, code }))).toBe(
      "TOTP_INVALID_VERIFIER",
    );
    expect(outcome(await verify(t, { verifier: second, code }))).toBe(
      "signedIn",
    );
  });

  it("is void when an account of its user was removed", async () => {
    const app = await setUpTotp(t, ada);
    pass(MINUTE);
    await t.run((ctx) =>
      ctx.db.insert("Account", {
        ...{ userId: ada.userId as Id<"User">, provider: "other" },
        ...{ issuer: "local", accountId: "x" },
      }),
    );
    const { verifier } = asked(await signIn(t));
    const accounts = await t.query(api.account.list, { userId: ada.userId });
    const password = accounts.items.find(
      ({ provider }) => provider === "password",
    );
    const removed = await t.mutation(api.account.remove, {
      accountId: password?._id ?? "",
    });
    expect(outcome(removed)).toBe("done");
    const answer = await verify(t, {
      ...{ verifier, code: await totpCode(app.secret) },
    });
    expect(outcome(answer)).toBe("TOTP_INVALID_VERIFIER");
  });
});
