import { beforeEach, describe, expect, it } from "vitest";
import {
  ADA,
  api,
  type Caller,
  deploy,
  events,
  flow,
  from,
  GRACE,
  MINUTE,
  opened,
  OTHER_PASSWORD,
  outcome,
  pass,
  PASSWORD,
  sent,
  signIn,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";

useFrozenClock();

const ATTACKER = "192.0.2.66";
const OWNER = "203.0.113.7";

let t: ReturnType<typeof deploy>;
let attacker: Caller;
let owner: Caller;

beforeEach(() => {
  t = deploy();
  attacker = from(t, ATTACKER);
  owner = from(t, OWNER);
});

async function fail(caller: Caller, times: number, email = ADA) {
  for (let failure = 0; failure < times; failure += 1) {
    expect(outcome(await signIn(caller, email, OTHER_PASSWORD))).toBe(
      "INVALID_CREDENTIALS",
    );
  }
}

const requestReset = (caller: Caller, email = ADA) =>
  caller.mutation(api.password.requestReset, flow(email));

describe("lock-outs", () => {
  it("five failures lock the account for their address only; the owner signs in from another", async () => {
    await signUp(owner);
    await fail(attacker, 5);
    expect(await signIn(attacker)).toMatchObject({
      kind: "refused",
      refusal: { code: "RATE_LIMITED", retryAfterMs: 5 * MINUTE },
    });
    opened(await signIn(owner));
    opened(await signIn(from(t, "198.51.100.9")));
  });

  it("a lock ends when it says, and not before", async () => {
    await signUp(owner);
    await fail(attacker, 5);
    pass(5 * MINUTE - 1);
    expect(outcome(await signIn(attacker))).toBe("RATE_LIMITED");
    pass(1);
    opened(await signIn(attacker));
  });

  it("attempts during a lock are neither compared nor counted", async () => {
    await signUp(owner);
    await fail(attacker, 5);
    const before = await t.run((ctx) => ctx.db.query("RateLimit").collect());
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await signIn(attacker, ADA, attempt % 2 ? PASSWORD : OTHER_PASSWORD);
    }
    expect(await t.run((ctx) => ctx.db.query("RateLimit").collect())).toEqual(
      before,
    );
  });

  it("a success forgets the failures before it", async () => {
    await signUp(owner);
    await fail(attacker, 4);
    opened(await signIn(attacker));
    await fail(attacker, 4);
    opened(await signIn(attacker));
  });

  it("locks other users of the same address out of nothing", async () => {
    await signUp(owner);
    await signUp(owner, GRACE);
    await fail(attacker, 5);
    opened(await signIn(attacker, GRACE));
  });

  it("are recorded", async () => {
    await signUp(owner);
    await fail(attacker, 5);
    expect((await events(t)).slice(-2)).toEqual([
      "signIn: INVALID_CREDENTIALS",
      "accountLocked: INVALID_CREDENTIALS",
    ]);
  });

  it("a reset by the owner of the mailbox ends them", async () => {
    await signUp(owner);
    await fail(attacker, 5);
    const { code } = sent(await requestReset(attacker));
    const reset = await attacker.mutation(api.password.reset, {
      ...flow(ADA),
      ...{ code, newPassword: OTHER_PASSWORD },
    });
    opened(reset);
    opened(await signIn(attacker, ADA, OTHER_PASSWORD));
  });

  it("changing the password is limited like signing in", async () => {
    const { userId, sessionId } = opened(await signUp(attacker));
    const { config, sessionConfig } = flow(ADA);
    const change = (currentPassword: string) =>
      attacker.mutation(api.password.change, {
        ...{ config, sessionConfig, userId, sessionId, currentPassword },
        newPassword: "another good password",
      });
    for (let failure = 0; failure < 5; failure += 1) {
      expect(outcome(await change(OTHER_PASSWORD))).toBe("INVALID_CREDENTIALS");
    }
    expect(outcome(await change(PASSWORD))).toBe("RATE_LIMITED");
    expect(outcome(await signIn(attacker))).toBe("RATE_LIMITED");
  });
});

describe("guessing from many places or at many accounts", () => {
  it("guesses from everywhere are bounded, and the owner's own network still gets in", async () => {
    await signUp(owner);
    for (let host = 0; host < 30; host += 1) {
      await fail(from(t, `192.0.2.${host}`), 1);
    }
    expect(outcome(await signIn(from(t, "192.0.2.200")))).toBe("RATE_LIMITED");
    opened(await signIn(owner));
  });

  it("one address cannot spray one password over many accounts", async () => {
    await signUp(owner);
    for (let user = 0; user < 60; user += 1) {
      await fail(attacker, 1, `user${user}@example.com`);
    }
    expect(outcome(await signIn(attacker, GRACE))).toBe("RATE_LIMITED");
    opened(await signIn(owner));
  });

  it("a host with many IPv6 addresses is one network", async () => {
    await signUp(owner);
    for (let host = 0; host < 5; host += 1) {
      await fail(from(t, `2001:db8:1:2::${host + 1}`), 1);
    }
    expect(outcome(await signIn(from(t, "2001:db8:1:2:ffff::9")))).toBe(
      "RATE_LIMITED",
    );
  });
});

describe("requests that cost something", () => {
  it("five e-mails to one address, whoever asks; then one every ten minutes", async () => {
    await signUp(owner);
    for (let request = 0; request < 5; request += 1) {
      sent(await requestReset(from(t, `192.0.2.${request}`)));
    }
    const before = await t.run((ctx) => ctx.db.query("RateLimit").collect());
    expect(await requestReset(owner)).toMatchObject({
      refusal: { code: "RATE_LIMITED", retryAfterMs: 10 * MINUTE },
    });
    expect(await t.run((ctx) => ctx.db.query("RateLimit").collect())).toEqual(
      before,
    );
    sent(await requestReset(owner, GRACE));
    pass(10 * MINUTE);
    sent(await requestReset(owner));
    expect(outcome(await requestReset(owner))).toBe("RATE_LIMITED");
  });

  it("thirty e-mails asked for by one network", async () => {
    for (let user = 0; user < 30; user += 1) {
      sent(await requestReset(attacker, `user${user}@example.com`));
    }
    expect(await requestReset(attacker, ADA)).toMatchObject({
      refusal: { code: "RATE_LIMITED", retryAfterMs: MINUTE },
    });
    sent(await requestReset(owner, ADA));
  });

  it("thirty sign-ups from one network", async () => {
    for (let user = 0; user < 30; user += 1) {
      opened(await signUp(attacker, `user${user}@example.com`));
    }
    expect(outcome(await signUp(attacker, ADA))).toBe("RATE_LIMITED");
    opened(await signUp(owner, ADA));
  });
});
