import { beforeEach, describe, expect, it } from "vitest";
import { APP, deploy, snapshot, useFreshApp } from "./fixture/backend.js";
import { callbacks } from "./fixture/convex/callbacks.js";
import { lastCode, mailbox } from "./fixture/convex/mailbox.js";
import { api } from "./fixture/modules.js";
import { ADA, PASSWORD, refusalCode, withPassword } from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

const signUpTo = (redirectTo: unknown) =>
  withPassword(
    t,
    { flow: "signUp", email: ADA, password: PASSWORD, redirectTo },
    "verified",
  );

describe("the link in an e-mail", () => {
  const allowed = [
    ["a path", "/welcome", `${APP}/welcome`],
    ["a path with a query", "/welcome?x=1", `${APP}/welcome`],
    ["the app's origin", `${APP}/a`, `${APP}/a`],
    [
      "an allowed origin",
      "https://admin.example.com/b",
      "https://admin.example.com/b",
    ],
  ] as const;

  it.each(allowed)("may lead to %s", async (_name, redirectTo, expected) => {
    await signUpTo(redirectTo);
    const link = new URL(mailbox.sent.at(-1)?.url ?? "");
    expect(link.href.startsWith(expected)).toBe(true);
    expect(link.searchParams.get("code")).toBe(lastCode());
    expect(link.searchParams.get("email")).toBe(ADA);
  });

  it("is missing when the client names no target", async () => {
    await signUpTo(undefined);
    expect(mailbox.sent.at(-1)).not.toHaveProperty("url");
  });

  const refused = [
    "https://evil.example/",
    "//evil.example/",
    "https://app.example.com.evil.example/",
    "https://app.example.com@evil.example/",
    "http://app.example.com/",
    "javascript:alert(1)",
    "data:text/html,hi",
    "\\\\evil.example",
    "/\\evil.example",
    "/a/../../b",
    "",
    "welcome",
    "\ud800",
    "/\u0000",
    `/${"a".repeat(1_000_000)}`,
  ];

  it.each(refused.map((target) => [target.slice(0, 40), target]))(
    "never leads to %j, and nothing is stored or sent then",
    async (_shown, target) => {
      const before = await snapshot(t);
      expect(await refusalCode(signUpTo(target))).toBe("INVALID_REDIRECT");
      expect(await snapshot(t)).toEqual(before);
      expect(mailbox.sent).toEqual([]);
    },
  );

  it("has to be a text", async () => {
    expect(await refusalCode(signUpTo({ href: "/" }))).toBe(
      "INVALID_PARAMETERS",
    );
  });

  it("is the app's to decide with the callback `redirect`", async () => {
    callbacks.redirect = ({ redirectTo }) =>
      `https://tenant.example/${redirectTo}`;
    await t.action(api.authWithCallbacks.signIn, {
      provider: "password",
      params: { flow: "signUp", email: ADA, password: PASSWORD },
    });
    await t.action(api.authWithCallbacks.signIn, {
      provider: "password",
      params: { flow: "reset", email: ADA, redirectTo: "inbox" },
    });
    expect(mailbox.sent.at(-1)?.url).toBe(
      `https://tenant.example/inbox?code=${lastCode()}&email=ada%40example.com`,
    );
  });
});
