import { beforeEach, describe, expect, it } from "vitest";
import {
  api,
  deploy,
  MINUTE,
  outcome,
  pass,
  signIn,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";
import { Authenticator } from "./fixture/authenticator.js";
import { addPasskey, begun, PASSKEY } from "./fixture/passkeys.js";
import {
  asked,
  type Identity,
  identityOf,
  proofFlow,
  sendCode,
  setUpMailbox,
  setUpTotp,
  verify,
} from "./fixture/secondFactors.js";
import { totpCode } from "./fixture/totp.js";

useFrozenClock();

const MAILBOX = "ada@example.org";

let t: ReturnType<typeof deploy>;
let ada: Identity;

beforeEach(async () => {
  t = deploy();
  ada = identityOf(await signUp(t));
});

describe("a step-up", () => {
  it.each(["signOut", "invalidate"] as const)(
    "ends with its session (%s)",
    async (how) => {
      const identity = await setUpMailbox(t, ada, MAILBOX);
      const { verifier, delivery } = await sendCode(t, { identity });
      await (how === "signOut"
        ? t.mutation(api.session.end.signOut, identity)
        : t.mutation(api.session.end.invalidate, {
            ...{ userId: ada.userId, except: [] },
          }));
      const answer = await verify(t, {
        ...{ verifier, method: "emailCode", code: delivery.code },
      });
      expect(outcome(answer)).toBe("INVALID_VERIFIER");
      const sessions = await t.run((ctx) => ctx.db.query("Session").collect());
      expect(sessions).toEqual([]);
    },
  );

  it("says in a session that has ended that nobody is signed in", async () => {
    const { identity, secret } = await setUpTotp(t, ada);
    await t.mutation(api.session.end.signOut, identity);
    pass(MINUTE);
    const code = await totpCode(secret);
    expect(outcome(await verify(t, { identity, code }))).toBe("NOT_SIGNED_IN");
    const ceremony = await t.mutation(api.passkeySecondFactor.begin, {
      ...{ config: PASSKEY, identity },
    });
    expect(outcome(ceremony)).toBe("NOT_SIGNED_IN");
  });
});

describe("a code that was sent, beside an authenticator app", () => {
  async function signInByMailbox() {
    const withMailbox = await setUpMailbox(t, ada, MAILBOX);
    const { totpId } = await setUpTotp(t, withMailbox);
    pass(10 * MINUTE);
    const { verifier } = asked(await signIn(t));
    const { delivery } = await sendCode(t, { verifier });
    const answer = await verify(t, {
      ...{ verifier, method: "emailCode", code: delivery.code },
    });
    return { totpId, actor: identityOf(answer) };
  }

  it("does not remove the app", async () => {
    const removed = await t.mutation(api.totp.remove, await signInByMailbox());
    expect(outcome(removed)).toBe("STEP_UP_REQUIRED");
  });

  it("does not make recovery codes", async () => {
    const { actor } = await signInByMailbox();
    const issued = await t.mutation(api.secondFactor.issueRecoveryCodes, actor);
    expect(outcome(issued)).toBe("STEP_UP_REQUIRED");
  });
});

describe("a ceremony for a second factor", () => {
  it("finishes the sign-in that it was begun for, and no other", async () => {
    const device = await Authenticator.make();
    expect(outcome(await addPasskey(t, device, ada))).toBe("registered");
    await setUpTotp(t, ada);
    const one = asked(await signIn(t));
    const other = asked(await signIn(t));
    const ceremony = begun(
      await t.mutation(api.passkeySecondFactor.begin, {
        ...{ config: PASSKEY, verifier: one.verifier },
      }),
    );
    const answer = await t.mutation(api.passkeySecondFactor.finish, {
      ...{ ...proofFlow(), verifier: other.verifier, config: PASSKEY },
      ...{ ceremony: ceremony.verifier, trustDevice: false },
      response: await device.assert(ceremony.options),
    });
    expect(outcome(answer)).toBe("PASSKEY_INVALID_CHALLENGE");
  });
});
