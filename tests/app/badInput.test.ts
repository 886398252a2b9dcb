import { parseAuthError } from "convex-gatehouse/server";
import { beforeEach, describe, expect, it } from "vitest";
import { deploy, HOME, snapshot, useFreshApp } from "./fixture/backend.js";
import { BAD_TEXTS, WRONG_TYPES } from "./fixture/badInput.js";
import { mailbox } from "./fixture/convex/mailbox.js";
import { api } from "./fixture/modules.js";
import {
  ADA,
  bearer,
  OTHER_PASSWORD,
  PASSWORD,
  refusal,
  refusalCode,
  signUp,
  type Tokens,
  withPassword,
} from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let tokens: Tokens;

beforeEach(async () => {
  t = deploy();
  tokens = await signUp(t);
  mailbox.sent = [];
});

const FORMS: Record<string, Record<string, string>> = {
  signUp: { email: "new@example.com", password: PASSWORD },
  signIn: { email: ADA, password: PASSWORD },
  reset: { email: ADA },
  "reset-verification": {
    email: ADA,
    code: "12345678",
    newPassword: OTHER_PASSWORD,
  },
  "email-verification": { email: ADA, code: "12345678" },
  change: { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD },
};

const fields = Object.entries(FORMS).flatMap(([flow, form]) =>
  Object.keys(form).map((field) => [flow, field] as const),
);

/** Tables that a refused attempt may write: its counters and its record. */
async function withoutCounters() {
  const { RateLimit: _, AuditEvent: __, ...rest } = await snapshot(t);
  return rest;
}

/** Refused because of its form, before anything could be compared. */
const BY_FORM = [
  "INVALID_PARAMETERS",
  "SIGN_IN_MISSING_PARAMS",
  "INVALID_EMAIL",
  "PASSWORD_INVALID",
  "PASSWORD_TOO_SHORT",
  "PASSWORD_TOO_LONG",
];

/** Refused because it was compared and is another one; counted. */
const COMPARED = ["INVALID_CREDENTIALS", "INVALID_VERIFICATION_CODE"];

describe.each(fields)("flow %s, field %s", (flow, field) => {
  const attempt = (value: unknown) =>
    withPassword(bearer(t, tokens).withRequestMetadata(HOME), {
      flow,
      ...FORMS[flow],
      [field]: value,
    });

  it("a text out of shape is refused with a code and changes nothing but counters", async () => {
    const rest = await withoutCounters();
    for (const [name, text] of BAD_TEXTS) {
      // New passwords may have any printable characters.
      const isPassword = /password/i.test(field);
      const isFine = isPassword && text.length > 8 && text.length < 100;
      if (isFine && flow !== "signIn" && field !== "currentPassword") {
        continue;
      }
      const before = await snapshot(t);
      const { code } = await refusal(attempt(text));
      expect([...BY_FORM, ...COMPARED, "RATE_LIMITED"], name).toContain(code);
      if (BY_FORM.includes(code)) {
        expect(await snapshot(t), name).toEqual(before);
      }
    }
    expect(await withoutCounters()).toEqual(rest);
    expect(mailbox.sent).toEqual([]);
  });

  it("a value that is no text is refused with a code and changes nothing", async () => {
    const before = await snapshot(t);
    for (const [name, value] of WRONG_TYPES) {
      expect(await refusalCode(attempt(value)), name).toBe(
        "INVALID_PARAMETERS",
      );
    }
    expect(await refusalCode(attempt(null))).toBe("SIGN_IN_MISSING_PARAMS");
    expect(await snapshot(t)).toEqual(before);
  });
});

describe("limits of size are named", () => {
  it.each([
    ["signIn", "password"],
    ["signUp", "password"],
    ["change", "currentPassword"],
    ["change", "newPassword"],
    ["reset-verification", "newPassword"],
  ])(
    "flow %s: a %s of one megabyte is PASSWORD_TOO_LONG, without a counter",
    async (flow, field) => {
      const before = await snapshot(t);
      const error = await refusal(
        withPassword(bearer(t, tokens), {
          flow,
          ...FORMS[flow],
          [field]: "a".repeat(1_000_000),
        }),
      );
      expect(error.code).toBe("PASSWORD_TOO_LONG");
      expect(error.message.length).toBeLessThan(100);
      expect(await snapshot(t)).toEqual(before);
    },
  );
});

describe("unknown names", () => {
  const names = BAD_TEXTS.map(([name, text]) => [name, text] as const);

  it.each(names)("a provider: %s", async (_name, provider) => {
    const before = await snapshot(t);
    const error = await refusal(
      withPassword(t, { flow: "signIn", ...FORMS.signIn }, provider),
    );
    expect(error.code).toBe("PROVIDER_NOT_CONFIGURED");
    expect(error.message.length).toBeLessThan(200);
    expect(await snapshot(t)).toEqual(before);
  });

  it.each(names)("a flow: %s", async (_name, flow) => {
    const before = await snapshot(t);
    const error = await refusal(withPassword(t, { ...FORMS.signIn, flow }));
    expect(error.code).toBe(
      flow === "" ? "SIGN_IN_MISSING_PARAMS" : "INVALID_PARAMETERS",
    );
    expect(error.message.length).toBeLessThan(250);
    expect(await snapshot(t)).toEqual(before);
  });

  it("parameters that are no form, or no parameters at all", async () => {
    const before = await snapshot(t);
    for (const params of [1, "a", true, [], [{ flow: "signIn" }]]) {
      expect(
        await refusalCode(
          t.action(api.auth.signIn, { provider: "password", params }),
        ),
      ).toBe("INVALID_PARAMETERS");
    }
    for (const args of [{}, { provider: "password" }, { params: {} }]) {
      expect(await refusalCode(t.action(api.auth.signIn, args))).toBe(
        "SIGN_IN_MISSING_PARAMS",
      );
    }
    expect(await snapshot(t)).toEqual(before);
  });
});

describe("malformed refresh tokens", () => {
  const flip = (text: string, index: number) =>
    text.slice(0, index) +
    (text[index] === "a" ? "b" : "a") +
    text.slice(index + 1);

  it("are refused by their checksum, without one document read or written", async () => {
    const { refreshToken } = tokens;
    const before = await snapshot(t);
    const malformed = [
      ...BAD_TEXTS.map(([, text]) => text),
      flip(refreshToken, 10),
      flip(refreshToken, refreshToken.length - 1),
      refreshToken.slice(0, -1),
      `${refreshToken}a`,
      ` ${refreshToken}`,
      refreshToken.replace("rt_", "vf_"),
      refreshToken.toUpperCase(),
      tokens.token,
    ];
    // With no document to be read at all, a read is an error.
    const strict = deploy(undefined, { databaseQueries: 0, documentsRead: 0 });
    await expect(
      strict.action(api.auth.signIn, { refreshToken }),
    ).rejects.toThrow(/limit|too many/i);
    for (const text of malformed) {
      const error = await refusal(
        strict.action(api.auth.signIn, { refreshToken: text }),
      );
      expect(error.code).toBe("INVALID_REFRESH_TOKEN");
      expect(
        await refusalCode(t.action(api.auth.signIn, { refreshToken: text })),
      ).toBe("INVALID_REFRESH_TOKEN");
    }
    expect(await snapshot(t)).toEqual(before);
  });

  it("a well-formed token of nobody is looked up and refused, and writes nothing", async () => {
    const elsewhere = deploy();
    const foreign = await signUp(elsewhere);
    const before = await snapshot(t);
    expect(
      await refusalCode(
        t.action(api.auth.signIn, { refreshToken: foreign.refreshToken }),
      ),
    ).toBe("INVALID_REFRESH_TOKEN");
    expect(await snapshot(t)).toEqual(before);
  });
});

describe("a verifier out of shape", () => {
  it("verifies nothing and breaks nothing", async () => {
    for (const [name, verifier] of BAD_TEXTS) {
      const error: unknown = await withPassword(
        t.withRequestMetadata({ ip: `192.0.2.${name.length}` }),
        { flow: "email-verification", email: ADA, code: "12345678" },
        "verified",
        verifier,
      ).catch((reason: unknown) => reason);
      expect(parseAuthError(error)?.code, name).toMatch(
        /^(INVALID_VERIFICATION_CODE|RATE_LIMITED)$/,
      );
    }
  });
});
