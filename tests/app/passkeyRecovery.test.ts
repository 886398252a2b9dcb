import { passkey, password } from "convex-gatehouse/providers";
import { createAuth } from "convex-gatehouse/server";
import { makeFunctionReference } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import { Authenticator } from "../component/fixture/authenticator.js";
import { deploy, HOME, useFreshApp } from "./fixture/backend.js";
import { argon2 } from "./fixture/convex/auth.js";
import { components } from "./fixture/convex/components.js";
import {
  ADA,
  bearer,
  PASSWORD,
  refusalCode,
  tokensOf,
  type Tokens,
} from "./fixture/people.js";

useFreshApp();

/** An app whose only second factors are passkeys. */
const auth = createAuth(components.auth, {
  providers: [
    password({ argon2 }),
    passkey({ rpId: "example.com", origins: ["https://example.com"] }),
  ],
  secondFactor: { policy: "required" },
  store: "authWithPasskeysOnly:store",
});

type Result = {
  kind: string;
  verifier?: string;
  methods?: string[];
  options?: { challenge: string; user: { id: string } };
  recoveryCodes?: string[];
  tokens?: Tokens | null;
};

const action = makeFunctionReference<
  "action",
  { provider: string; params: unknown; verifier?: string },
  Result
>("authWithPasskeysOnly:signIn");

let t: ReturnType<typeof deploy>;
let device: Authenticator;
let tokens: Tokens;

const run = (
  caller: Pick<typeof t, "action">,
  provider: string,
  params: unknown,
  verifier?: string,
): Promise<Result> =>
  caller.action(action, {
    ...{ provider, params },
    ...(verifier === undefined ? {} : { verifier }),
  });

const ada = () => bearer(t, tokens);

const enterPassword = () =>
  run(t, "password", { flow: "signIn", email: ADA, password: PASSWORD });

/** What the browser sends of what the authenticator has answered. */
const sent = ({ id, ...response }: { id: string }) => ({ id, response });

beforeEach(async () => {
  t = deploy((modules, component) =>
    component === ""
      ? {
          ...modules,
          "./convex/authWithPasskeysOnly.js": async () => ({
            ...{ signIn: auth.signIn, signOut: auth.signOut },
            store: auth.store,
          }),
        }
      : modules,
  );
  device = await Authenticator.make();
  const form = { email: ADA, password: PASSWORD };
  tokens = tokensOf(await run(t, "password", { flow: "signUp", ...form }));
  const begun = await run(ada(), "passkey", { flow: "register-options" });
  const made = sent(await device.register(begun.options!));
  const registration = { flow: "register", response: made };
  await run(ada(), "passkey", registration, begun.verifier);
  const asked = await run(ada(), "passkey", { flow: "signIn-options" });
  const used = sent(await device.assert(asked.options!));
  const proof = { flow: "signIn", response: used };
  const { verifier } = asked;
  tokens = tokensOf(await run(ada(), "passkey", proof, verifier));
});

describe("recovery codes of an app that has passkeys alone", () => {
  it("are made, and finish a sign-in, by the provider of passkeys", async () => {
    const { recoveryCodes = [] } = await run(ada(), "passkey", {
      flow: "recovery-codes",
    });
    expect(recoveryCodes).toHaveLength(10);
    const { methods, verifier } = await enterPassword();
    expect(methods).toEqual(["passkey", "recoveryCode"]);
    const params = { flow: "recover", code: recoveryCodes[0] };
    const signedIn = await run(t, "passkey", params, verifier);
    expect(tokensOf(signedIn)).toBeDefined();
    const again = await enterPassword();
    expect(await refusalCode(run(t, "passkey", params, again.verifier))).toBe(
      "INVALID_RECOVERY_CODE",
    );
  });

  it.each([
    [{ flow: "recover" }, "SIGN_IN_MISSING_PARAMS"],
    [{ flow: "recover", code: 7 }, "INVALID_PARAMETERS"],
    [{ flow: "recover", code: "x" }, "PASSKEY_AUTH_REQUIRED"],
    [{ flow: "recovery-codes" }, "PASSKEY_AUTH_REQUIRED"],
  ])("of nobody are refused, %j: %s", async (params, code) => {
    expect(await refusalCode(run(t, "passkey", params))).toBe(code);
  });
});

describe("a session that has ended", () => {
  it("is said to be one by the proof of a passkey", async () => {
    const caller = ada().withRequestMetadata(HOME);
    const begun = await run(caller, "passkey", { flow: "verify-options" });
    const used = sent(await device.assert(begun.options!));
    await caller.action(
      makeFunctionReference<"action">("authWithPasskeysOnly:signOut"),
      {},
    );
    const again = run(caller, "passkey", { flow: "verify-options" });
    expect(await refusalCode(again)).toBe("NOT_SIGNED_IN");
    const proof = { flow: "verify", response: used };
    const late = run(caller, "passkey", proof, begun.verifier);
    expect(await refusalCode(late)).toBe("NOT_SIGNED_IN");
  });
});
