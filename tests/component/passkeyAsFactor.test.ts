import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import { Authenticator } from "./fixture/authenticator.js";
import {
  ADA,
  api,
  deploy,
  flow,
  opened,
  outcome,
  PASSWORD,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";
import { organization } from "./fixture/groups.js";
import {
  addPasskey,
  begun,
  PASSKEY,
  signInWithPasskey,
  signUpWithPasskey,
} from "./fixture/passkeys.js";
import {
  asked,
  enroll,
  type Identity,
  identityOf,
  proofFlow,
  setUpTotp,
  verify,
} from "./fixture/secondFactors.js";

useFrozenClock();

const EVE = "eve@example.com";
const REQUIRED = { secondFactor: { policy: "required" as const } };

let t: ReturnType<typeof deploy>;
let device: Authenticator;

beforeEach(async () => {
  t = deploy();
  device = await Authenticator.make();
});

describe("a passkey that does not verify its user, and nothing else", () => {
  beforeEach(() => {
    device.verifiesUser = false;
  });

  it("opens a session in which a second factor is set up", async () => {
    const answer = await signUpWithPasskey(t, device, EVE, REQUIRED);
    expect(answer).toMatchObject({ restriction: "secondFactorEnrollment" });
    const app = await enroll(t, identityOf(answer), REQUIRED);
    expect(outcome(app)).toBe("pending");
    const again = await signInWithPasskey(t, device, REQUIRED);
    expect(again).toMatchObject({ restriction: "secondFactorEnrollment" });
    await setUpTotp(t, identityOf(again), REQUIRED);
    const last = await signInWithPasskey(t, device, REQUIRED);
    expect(outcome(last)).toBe("secondFactorRequired");
  });

  it("sets up a factor in a session of before one was required", async () => {
    const eve = identityOf(await signUpWithPasskey(t, device, EVE));
    expect(outcome(await enroll(t, eve, REQUIRED))).toBe("pending");
  });

  it("is not locked out of the app by an organization that asks for two", async () => {
    const { userId } = opened(await signUpWithPasskey(t, device, EVE));
    const groupId = await organization(t, userId as Id<"User">);
    await t.run(async (ctx) => {
      await ctx.db.patch("Group", groupId, {
        settings: { requireSecondFactor: true },
      });
      await ctx.db.patch("User", userId as Id<"User">, {
        activeGroupId: groupId,
      });
    });
    expect(outcome(await signInWithPasskey(t, device))).toBe("signedIn");
  });

  it("sets a factor up again when the one beside it was removed", async () => {
    const eve = identityOf(await signUpWithPasskey(t, device, EVE));
    const app = await setUpTotp(t, eve);
    const removed = await t.mutation(api.totp.remove, {
      ...{ totpId: app.totpId, actor: app.identity, ...REQUIRED },
    });
    expect(outcome(removed)).toBe("done");
    const again = await signInWithPasskey(t, device, REQUIRED);
    expect(again).toMatchObject({ restriction: "secondFactorEnrollment" });
  });
});

describe("a session in which a second factor has to be set up", () => {
  let ada: Identity;

  beforeEach(async () => {
    ada = identityOf(
      await t.mutation(api.password.signUp, {
        ...{ ...flow(ADA), password: PASSWORD, profile: {}, ...REQUIRED },
      }),
    );
  });

  it("is set free by the passkey that was added in it", async () => {
    const added = await addPasskey(t, device, ada, REQUIRED);
    expect(outcome(added)).toBe("registered");
    const ceremony = begun(
      await t.mutation(api.passkeySecondFactor.begin, {
        ...{ config: PASSKEY, identity: ada, ...REQUIRED },
      }),
    );
    const answer = await t.mutation(api.passkeySecondFactor.finish, {
      ...{ ...proofFlow(REQUIRED), identity: ada, config: PASSKEY },
      ...{ ceremony: ceremony.verifier, trustDevice: false },
      response: await device.assert(ceremony.options),
    });
    expect(answer).not.toHaveProperty("restriction");
    const { sessionId } = identityOf(answer);
    const sessions = await t.run((ctx) => ctx.db.query("Session").collect());
    expect(sessions).toMatchObject([{ _id: sessionId }]);
  });

  it("says that the passkey has to be proved before anything else is added", async () => {
    await addPasskey(t, device, ada, REQUIRED);
    for (const answer of [
      await enroll(t, ada, REQUIRED),
      await addPasskey(t, await Authenticator.make(), ada, REQUIRED),
    ]) {
      expect(answer).toMatchObject({
        refusal: {
          code: "STEP_UP_REQUIRED",
          methods: ["passkey", "recoveryCode"],
        },
      });
    }
  });

  it("gives recovery codes with the passkey, which stand in for it", async () => {
    const added = await addPasskey(t, device, ada, REQUIRED);
    const codes =
      added.kind === "registered" ? (added.recoveryCodes ?? []) : [];
    expect(codes).toHaveLength(10);
    const { verifier, methods } = asked(
      await t.mutation(api.password.signIn, {
        ...{ ...flow(ADA), password: PASSWORD, ...REQUIRED },
      }),
    );
    expect(methods).toEqual(["passkey", "recoveryCode"]);
    const answer = await verify(t, {
      ...{ ...proofFlow(REQUIRED), verifier, method: "recoveryCode" },
      code: codes[0] ?? "",
    });
    expect(outcome(answer)).toBe("signedIn");
  });
});

describe("a passkey for convenience", () => {
  it("brings no recovery codes, which nobody would ask for", async () => {
    const ada = identityOf(await signUp(t));
    const added = await addPasskey(t, device, ada);
    expect(added).not.toHaveProperty("recoveryCodes");
    const issued = await t.mutation(api.secondFactor.issueRecoveryCodes, ada);
    expect(outcome(issued)).toBe("SECOND_FACTOR_NOT_ENROLLED");
  });
});
