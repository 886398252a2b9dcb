import { beforeEach, describe, expect, it } from "vitest";
import { deploy, snapshot, useFreshApp } from "./fixture/backend.js";
import { BAD_TEXTS, WRONG_TYPES } from "./fixture/badInput.js";
import { auth } from "./fixture/convex/authWithSecondFactors.js";
import { mailbox } from "./fixture/convex/mailbox.js";
import { bearer, refusalCode, type Tokens } from "./fixture/people.js";
import { join, withProvider } from "./fixture/secondFactors.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let tokens: Tokens;

beforeEach(async () => {
  t = deploy();
  tokens = await join(t);
});

/** The code with which a call of somebody who is signed in is refused. */
const codeOf = (provider: string, params: unknown, verifier?: string) =>
  refusalCode(withProvider(bearer(t, tokens), provider, params, verifier));

describe("a call that lacks something is refused with its code", () => {
  it.each([
    ["totp", {}, "TOTP_MISSING_FLOW"],
    ["totp", { flow: "dance" }, "TOTP_UNKNOWN_FLOW"],
    ["totp", { flow: "constructor" }, "TOTP_UNKNOWN_FLOW"],
    ["totp", { flow: "confirm", code: "123456" }, "TOTP_MISSING_ID"],
    ["totp", { flow: "confirm", totpId: "x" }, "TOTP_MISSING_CODE"],
    ["totp", { flow: "verify" }, "TOTP_MISSING_CODE"],
    ["totp", { flow: "verify", code: "" }, "TOTP_MISSING_CODE"],
    ["totp", { flow: "recover" }, "TOTP_MISSING_CODE"],
    ["emailCode", {}, "SIGN_IN_MISSING_PARAMS"],
    ["emailCode", { flow: "dance" }, "INVALID_PARAMETERS"],
    ["emailCode", { flow: "toString" }, "INVALID_PARAMETERS"],
    ["emailCode", { flow: "confirm" }, "SIGN_IN_MISSING_PARAMS"],
    ["emailCode", { flow: "confirm", code: "1" }, "INVALID_VERIFIER"],
    ["phoneCode", { flow: "verify" }, "SIGN_IN_MISSING_PARAMS"],
    ["phoneCode", { flow: "verify", code: "1" }, "INVALID_VERIFIER"],
    ["phoneCode", { flow: "recover" }, "SIGN_IN_MISSING_PARAMS"],
  ])("%s %j: %s", async (provider, params, code) => {
    const before = await snapshot(t);
    expect(await codeOf(provider, params)).toBe(code);
    expect(await snapshot(t)).toEqual(before);
  });

  it.each([
    ["totp", { flow: "setup" }, "TOTP_AUTH_REQUIRED"],
    ["totp", { flow: "confirm", totpId: "x", code: "1" }, "TOTP_AUTH_REQUIRED"],
    ["totp", { flow: "recovery-codes" }, "TOTP_AUTH_REQUIRED"],
    ["totp", { flow: "verify", code: "1" }, "TOTP_MISSING_VERIFIER"],
    ["totp", { flow: "recover", code: "1" }, "TOTP_MISSING_VERIFIER"],
    ["emailCode", { flow: "setup" }, "NOT_SIGNED_IN"],
    ["emailCode", { flow: "send" }, "NOT_SIGNED_IN"],
    ["phoneCode", { flow: "recovery-codes" }, "NOT_SIGNED_IN"],
    ["phoneCode", { flow: "recover", code: "1" }, "NOT_SIGNED_IN"],
  ])("of nobody, %s %j: %s", async (provider, params, code) => {
    expect(await refusalCode(withProvider(t, provider, params))).toBe(code);
  });
});

describe("values that are no texts", () => {
  const calls: [string, string, Record<string, unknown>][] = [
    ["totp", "flow", {}],
    ["totp", "name", { flow: "setup" }],
    ["totp", "code", { flow: "verify" }],
    ["totp", "totpId", { flow: "confirm", code: "123456" }],
    ["emailCode", "flow", {}],
    ["emailCode", "to", { flow: "setup" }],
    ["emailCode", "code", { flow: "verify" }],
    ["password", "trustedDevice", { flow: "signIn" }],
  ];
  it.each(calls)("%s refuses them as `%s`", async (provider, name, params) => {
    for (const [kind, value] of WRONG_TYPES) {
      const call = { ...params, [name]: value };
      expect(await codeOf(provider, call, "v"), kind).toBe(
        "INVALID_PARAMETERS",
      );
    }
  });

  it("`trustDevice` is true, false or what a checkbox sends", async () => {
    for (const value of ["true", "", 1, {}, []]) {
      const params = { flow: "verify", code: "123456", trustDevice: value };
      expect(await codeOf("totp", params, "v")).toBe("INVALID_PARAMETERS");
    }
  });
});

describe("texts that nobody would type", () => {
  it("no code, verifier or id of an app makes a fault", async () => {
    for (const [name, text] of BAD_TEXTS.filter(([, text]) => text !== "")) {
      const verify = { flow: "verify", code: text };
      expect(await codeOf("totp", verify), name).toMatch(
        /^TOTP_(INVALID_CODE|NO_ENROLLMENT)$/,
      );
      expect(
        await codeOf("totp", { ...verify, code: "123456" }, text),
        name,
      ).toBe("TOTP_INVALID_VERIFIER");
      const confirm = { flow: "confirm", code: "123456", totpId: text };
      expect(await codeOf("totp", confirm), name).toBe("TOTP_NOT_FOUND");
      expect(
        await codeOf("emailCode", { flow: "confirm", code: "1" }, text),
        name,
      ).toMatch(/^(CODE_FACTOR_NOT_FOUND|INVALID_SECOND_FACTOR_CODE)$/);
    }
  });

  it("no token of a trusted browser keeps anybody from signing in", async () => {
    for (const [, text] of BAD_TEXTS) {
      const params = {
        ...{ flow: "signIn", email: "ada@example.com", trustedDevice: text },
        password: "correct horse battery staple",
      };
      const result = await withProvider(t, "password", params);
      expect(result.kind).toBe("signedIn");
    }
  });
});

describe("a message that cannot be sent", () => {
  it("is refused, and its code is not in the log", async () => {
    const logged: unknown[] = [];
    const log = console.error;
    console.error = (...values: unknown[]) => void logged.push(...values);
    mailbox.codeFailure = (message) => new Error(JSON.stringify(message));
    expect(await codeOf("emailCode", { flow: "setup" })).toBe(
      "EMAIL_SEND_FAILED",
    );
    console.error = log;
    expect(logged.join(" ")).toContain("•••");
  });
});

describe("methods of the facade", () => {
  it("refuse what is of a wrong shape with INVALID_PARAMETERS", async () => {
    const wrong = undefined as unknown as string;
    const asked = [
      () => t.query((ctx) => auth.totp.list(ctx, { userId: wrong })),
      () => t.query((ctx) => auth.secondFactor.get(ctx, { userId: wrong })),
      () => t.mutation((ctx) => auth.totp.remove(ctx, wrong)),
      () => t.mutation((ctx) => auth.secondFactor.removeCode(ctx, wrong)),
      () =>
        t.mutation((ctx) =>
          auth.secondFactor.removeTrustedDevice(ctx, {
            ...{ userId: "x", trustedDeviceId: wrong },
          }),
        ),
      () =>
        t.mutation((ctx) => auth.totp.remove(ctx, "x", { actorUserId: wrong })),
      () =>
        bearer(t, tokens).query((ctx) =>
          auth.session.requireFresh(ctx, { factors: 3 as 2 }),
        ),
      () =>
        bearer(t, tokens).query((ctx) =>
          auth.session.requireFresh(ctx, { maxAge: Number.NaN }),
        ),
    ];
    for (const ask of asked) {
      expect(await refusalCode(ask())).toBe("INVALID_PARAMETERS");
    }
  });

  it("give nothing of a user who does not exist", async () => {
    for (const [name, userId] of BAD_TEXTS) {
      expect(
        await t.query((ctx) => auth.totp.list(ctx, { userId })),
        name,
      ).toEqual([]);
      expect(
        await t.query((ctx) => auth.secondFactor.get(ctx, { userId })),
        name,
      ).toEqual({
        ...{ enabledTime: null, recoveryCodesLeft: 0 },
        ...{ totps: [], codes: [], trustedDevices: [] },
      });
    }
  });
});
