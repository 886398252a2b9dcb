import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  ADA,
  api,
  DAY,
  deploy,
  flow,
  MINUTE,
  opened,
  OTHER_PASSWORD,
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
});

const devices = () => t.run((ctx) => ctx.db.query("TrustedDevice").collect());
describe("a trusted device", () => {
  let secret: string;

  beforeEach(async () => {
    const app = await setUpTotp(t, ada);
    secret = app.secret;
    ada = app.identity;
    pass(MINUTE);
  });

  async function trust(): Promise<string> {
    const { verifier } = asked(await signIn(t));
    const answer = await verify(t, {
      ...{ verifier, code: await totpCode(secret), trustDevice: true },
    });
    pass(MINUTE);
    return answer.kind === "signedIn" ? (answer.trustedDevice ?? "") : "";
  }
  const signInOn = async (trustedDevice: string) =>
    await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: PASSWORD, trustedDevice },
    });

  it("is asked again after 30 days, and its token is replaced by each use", async () => {
    let token = await trust();
    expect(JSON.stringify(await devices())).not.toContain(token);
    const used = await signInOn(token);
    const next = used.kind === "signedIn" ? (used.trustedDevice ?? "") : "";
    expect(next).not.toBe("");
    expect(outcome(await signInOn(token))).toBe("secondFactorRequired");
    token = next;
    pass(30 * DAY - 5 * MINUTE);
    const last = await signInOn(token);
    expect(outcome(last)).toBe("signedIn");
    token = last.kind === "signedIn" ? (last.trustedDevice ?? "") : "";
    pass(5 * MINUTE);
    expect(outcome(await signInOn(token))).toBe("secondFactorRequired");
  });

  it("opens a session that has not proved two factors", async () => {
    const used = await signInOn(await trust());
    const { sessionId } = opened(used);
    const session = await t.run((ctx) =>
      ctx.db.get("Session", sessionId as Id<"Session">),
    );
    expect(session?.authenticationMethods).toEqual(["pwd", "device"]);
    const fresh = await t.query(api.sessionFresh.check, {
      ...{ userId: ada.userId, sessionId },
    });
    expect(outcome(fresh)).toBe("STEP_UP_REQUIRED");
  });

  it("is of one user", async () => {
    const token = await trust();
    const grace = identityOf(await signUp(t, "grace@example.com"));
    await setUpTotp(t, grace);
    const answer = await t.mutation(api.password.signIn, {
      ...{ ...flow("grace@example.com"), password: PASSWORD },
      trustedDevice: token,
    });
    expect(outcome(answer)).toBe("secondFactorRequired");
    expect(outcome(await signInOn(token))).toBe("signedIn");
  });

  it("is forgotten when the password changes", async () => {
    const token = await trust();
    const { config, sessionConfig } = flow(ADA);
    await t.mutation(api.password.change, {
      ...{ config, sessionConfig, ...ada },
      ...{ currentPassword: PASSWORD, newPassword: OTHER_PASSWORD },
    });
    expect(await devices()).toEqual([]);
    const answer = await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: OTHER_PASSWORD, trustedDevice: token },
    });
    expect(outcome(answer)).toBe("secondFactorRequired");
  });

  it("is forgotten by its user, one or all", async () => {
    await trust();
    await trust();
    const [first] = await devices();
    const { userId } = ada;
    await t.mutation(api.trustedDevice.remove, {
      ...{ userId, trustedDeviceId: first?._id ?? "" },
    });
    expect(await devices()).toHaveLength(1);
    await t.mutation(api.trustedDevice.remove, { userId });
    expect(await devices()).toEqual([]);
  });
});

describe("a person who signs in again", () => {
  it("replaces the session of before", async () => {
    const answer = await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: PASSWORD, replaces: ada.sessionId },
    });
    const sessions = await t.run((ctx) => ctx.db.query("Session").collect());
    expect(sessions.map(({ _id }) => _id)).toEqual([
      identityOf(answer).sessionId,
    ]);
  });

  it("does not end a session of somebody else", async () => {
    const grace = identityOf(await signUp(t, "grace@example.com"));
    await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: PASSWORD, replaces: grace.sessionId },
    });
    const row = await t.run((ctx) =>
      ctx.db.get("Session", grace.sessionId as Id<"Session">),
    );
    expect(row).not.toBeNull();
  });
});
