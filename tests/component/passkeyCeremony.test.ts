import { beforeEach, describe, expect, it } from "vitest";
import { Authenticator } from "./fixture/authenticator.js";
import {
  ADA,
  api,
  deploy,
  events,
  ISSUER,
  MINUTE,
  outcome,
  pass,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";
import {
  addPasskey,
  begun,
  PASSKEY,
  signUpWithPasskey,
} from "./fixture/passkeys.js";
import { type Identity, identityOf } from "./fixture/secondFactors.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Identity;
let device: Authenticator;

beforeEach(async () => {
  t = deploy();
  ada = identityOf(await signUp(t));
  device = await Authenticator.make();
});

async function recorded(run: () => Promise<unknown>): Promise<number> {
  const before = await events(t);
  await run();
  return (await events(t)).length - before.length;
}

describe("what ceremonies leave in the audit trail", () => {
  it("is nothing for a page of another origin, which can go on without end", async () => {
    const ceremony = begun(
      await t.mutation(api.passkeySignIn.begin, { config: PASSKEY }),
    );
    const response = await device.assert(
      ceremony.options,
      "https://evil.example",
    );
    const rows = await recorded(async () => {
      for (let index = 0; index < 3; index += 1) {
        const answer = await t.mutation(api.passkeySignIn.finish, {
          ...{ config: PASSKEY, sessionConfig: { issuer: ISSUER } },
          ...{ generateTokens: true, verifier: ceremony.verifier, response },
        });
        expect(outcome(answer)).toBe("PASSKEY_INVALID_ORIGIN");
      }
    });
    expect(rows).toBe(0);
  });

  it("is nothing for a registration that nobody has begun", async () => {
    const response = await device.register({ challenge: "AAAA" });
    const rows = await recorded(async () => {
      const answer = await t.mutation(api.passkeyRegister.finish, {
        ...{ ...ada, config: PASSKEY, verifier: "pkv_nonsense", response },
      });
      expect(outcome(answer)).toBe("PASSKEY_INVALID_CHALLENGE");
    });
    expect(rows).toBe(0);
  });

  it("says that a session was not fresh enough to add one", async () => {
    pass(10 * MINUTE);
    const rows = await recorded(async () => {
      const answer = await addPasskey(t, device, ada);
      expect(outcome(answer)).toBe("STEP_UP_REQUIRED");
    });
    expect(rows).toBe(1);
  });
});

describe("the beginning of a registration", () => {
  it("refuses a name that is none, before there is a passkey", async () => {
    const answer = await t.mutation(api.passkeyRegister.begin, {
      ...{ ...ada, config: PASSKEY, name: "x".repeat(65) },
    });
    expect(outcome(answer)).toBe("INVALID_PARAMETERS");
  });

  it("has to wait after sixty", async () => {
    const call = { ...ada, config: PASSKEY };
    for (let index = 0; index < 60; index += 1) {
      begun(await t.mutation(api.passkeyRegister.begin, call));
    }
    const answer = await t.mutation(api.passkeyRegister.begin, call);
    expect(outcome(answer)).toBe("RATE_LIMITED");
  });
});

describe("an address that was typed", () => {
  const offered = async () => {
    const ceremony = begun(
      await t.mutation(api.passkeySignIn.begin, {
        config: PASSKEY,
        email: ADA,
      }),
    );
    return ceremony.options.allowCredentials.map(({ id }) => id);
  };

  it("names the only user who says that it is theirs", async () => {
    await addPasskey(t, device, ada);
    expect(await offered()).toEqual([device.id]);
  });

  it("names who has proved it, whoever else says that it is theirs", async () => {
    await addPasskey(t, device, ada);
    const owner = await Authenticator.make();
    await signUpWithPasskey(t, owner, ADA);
    expect(await offered()).toEqual([owner.id]);
  });
});
