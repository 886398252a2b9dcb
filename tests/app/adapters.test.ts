import { beforeEach, describe, expect, it } from "vitest";
import { deploy, snapshot, useFreshApp } from "./fixture/backend.js";
import { adapters } from "./fixture/convex/auth.js";
import { lastCode, mailbox } from "./fixture/convex/mailbox.js";
import {
  ADA,
  PASSWORD,
  refusalCode,
  tokensOf,
  withPassword,
} from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
  adapters.token = "Castle-Gate-42";
});

const adapted = (params: Record<string, unknown>, verifier?: string) =>
  withPassword(t, params, "adapted", verifier);

const startSignUp = (email = ADA) =>
  adapted({ flow: "signUp", email, password: PASSWORD }) as Promise<{
    verifier: string;
  }>;

describe("generateVerificationToken", () => {
  it("makes the code that is sent and redeemed, in upper and lower case", async () => {
    const { verifier } = await startSignUp();
    const typed = { flow: "email-verification", email: ADA };
    expect(
      await refusalCode(adapted({ ...typed, code: "castle-gate-42" })),
    ).toBe("INVALID_VERIFICATION_CODE");
    tokensOf(await adapted({ ...typed, code: lastCode() }, verifier));
    tokensOf(await adapted({ flow: "signIn", email: ADA, password: PASSWORD }));
  });

  it.each(["12345", "x".repeat(129), ""])(
    "is refused when its code is unfit, and nothing is stored: %s",
    async (token) => {
      adapters.token = token;
      const before = await snapshot(t);
      mailbox.sent = [];
      expect(await refusalCode(startSignUp())).toBe("INVALID_PARAMETERS");
      expect(mailbox.sent).toEqual([]);
      const { DeploymentSecret: _, ...after } = await snapshot(t);
      const { DeploymentSecret: __, ...expected } = before;
      expect(after).toEqual(expected);
    },
  );
});

describe("normalizeIdentifier", () => {
  it("comes before the core, so that both spellings are one account", async () => {
    const { verifier } = await startSignUp("Ada+news@Example.com");
    const code = lastCode();
    expect(mailbox.sent.at(-1)?.identifier).toBe(ADA);
    tokensOf(
      await adapted({ flow: "email-verification", email: ADA, code }, verifier),
    );
    const email = "ada+shop@example.com";
    tokensOf(await adapted({ flow: "signIn", email, password: PASSWORD }));
  });
});

describe("the environment", () => {
  it("of a deployment without a site URL is named, and nothing is stored", async () => {
    const siteUrl = process.env.CONVEX_SITE_URL;
    delete process.env.CONVEX_SITE_URL;
    try {
      const before = await snapshot(t);
      expect(await refusalCode(startSignUp())).toBe("MISSING_ENV_VAR");
      expect(await snapshot(t)).toEqual(before);
    } finally {
      process.env.CONVEX_SITE_URL = siteUrl;
    }
  });
});
