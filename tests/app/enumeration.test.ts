import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Caller,
  counts,
  deploy,
  ELSEWHERE,
  HOME,
  snapshot,
  useFreshApp,
} from "./fixture/backend.js";
import { lastCode, mailbox } from "./fixture/convex/mailbox.js";
import {
  ADA,
  GRACE,
  OTHER_PASSWORD,
  PASSWORD,
  refusal,
  refusalCode,
  signUp,
  withPassword,
} from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

/** By how many rows each table grows, and what the caller gets. */
async function observe(attempt: () => Promise<unknown>) {
  const before = await counts(t);
  mailbox.sent = [];
  const answer = await attempt().then(
    (value) => value,
    (error: { data: unknown }) => error.data,
  );
  const after = await counts(t);
  const growth = Object.fromEntries(
    Object.keys(after).map((table) => [
      table,
      (after[table] ?? 0) - (before[table] ?? 0),
    ]),
  );
  return { answer, growth, sent: mailbox.sent };
}

const shapeOf = (answer: unknown) =>
  Object.entries(answer as object).map(([key, value]) => [
    key,
    typeof value === "string" ? value.length : typeof value,
  ]);

async function signUpVerified(caller: Caller, email: string) {
  const params = { email, password: PASSWORD };
  const { verifier } = (await withPassword(
    caller,
    { ...params, flow: "signUp" },
    "verified",
  )) as { verifier: string };
  await withPassword(
    caller,
    { flow: "email-verification", email, code: lastCode() },
    "verified",
    verifier,
  );
}

describe("no user enumeration", () => {
  it("an unknown user and a wrong password get the same error and write the same tables", async () => {
    await signUp(t.withRequestMetadata(HOME));
    const attempt = (email: string, ip: string) =>
      observe(() =>
        withPassword(t.withRequestMetadata({ ip }), {
          flow: "signIn",
          email,
          password: OTHER_PASSWORD,
        }),
      );
    const known = await attempt(ADA, "192.0.2.1");
    const unknown = await attempt(GRACE, "192.0.2.2");
    expect(known.answer).toMatchObject({ code: "INVALID_CREDENTIALS" });
    expect(unknown).toEqual(known);
  });

  it("a locked-out unknown user gets the same error as a locked-out known one", async () => {
    await signUp(t.withRequestMetadata(HOME));
    const locked = async (email: string, ip: string) => {
      const attempt = () =>
        withPassword(t.withRequestMetadata({ ip }), {
          flow: "signIn",
          email,
          password: OTHER_PASSWORD,
        });
      for (let failure = 0; failure < 5; failure += 1) {
        await refusal(attempt());
      }
      return await refusal(attempt());
    };
    const known = await locked(ADA, "192.0.2.1");
    expect(known).toMatchObject({ code: "RATE_LIMITED" });
    expect(await locked(GRACE, "192.0.2.2")).toEqual(known);
  });

  it("a sign-up with a proved address answers like a new one and sends one e-mail, too", async () => {
    await signUpVerified(t.withRequestMetadata(ELSEWHERE), ADA);
    const attempt = (email: string, ip: string) =>
      observe(() =>
        withPassword(
          t.withRequestMetadata({ ip }),
          { flow: "signUp", email, password: OTHER_PASSWORD },
          "verified",
        ),
      );
    const known = await attempt(ADA, "192.0.2.1");
    const unknown = await attempt(GRACE, "192.0.2.2");
    expect(known.answer).toMatchObject({ kind: "started" });
    expect(shapeOf(known.answer)).toEqual(shapeOf(unknown.answer));
    expect(known.sent).toEqual([
      { purpose: "account-exists", identifier: ADA },
    ]);
    expect(unknown.sent).toMatchObject([
      { purpose: "email-verification", identifier: GRACE },
    ]);
    expect(known.growth).toMatchObject({ User: 0, Account: 0, Session: 0 });
  });

  it("a sign-up with an address that waits for its proof answers like a new one", async () => {
    const attempt = () =>
      observe(() =>
        withPassword(
          t.withRequestMetadata(HOME),
          { flow: "signUp", email: ADA, password: PASSWORD },
          "verified",
        ),
      );
    const first = await attempt();
    const again = await attempt();
    expect(shapeOf(again.answer)).toEqual(shapeOf(first.answer));
    expect(again.sent).toMatchObject([{ purpose: "email-verification" }]);
    expect(again.growth).toMatchObject({ User: 0, Account: 0 });
  });

  it("a reset for an unknown address answers like one for a known address and sends one e-mail, too", async () => {
    await signUp(t.withRequestMetadata(ELSEWHERE));
    const attempt = (email: string, ip: string) =>
      observe(() =>
        withPassword(t.withRequestMetadata({ ip }), { flow: "reset", email }),
      );
    const known = await attempt(ADA, "192.0.2.1");
    const unknown = await attempt(GRACE, "192.0.2.2");
    expect(shapeOf(known.answer)).toEqual(shapeOf(unknown.answer));
    expect(known.sent).toMatchObject([{ purpose: "password-reset" }]);
    expect(unknown.sent).toEqual([
      { purpose: "account-missing", identifier: GRACE },
    ]);
    expect(unknown.growth.AuditEvent).toBe(known.growth.AuditEvent);
    expect(unknown.growth.RateLimit).toBe(known.growth.RateLimit);
  });

  it("a wrong code is answered alike for a known and an unknown address", async () => {
    await signUp(t.withRequestMetadata(ELSEWHERE));
    const attempt = (email: string, ip: string) =>
      observe(() =>
        withPassword(t.withRequestMetadata({ ip }), {
          flow: "reset-verification",
          email,
          code: "00000000",
          newPassword: OTHER_PASSWORD,
        }),
      );
    const known = await attempt(ADA, "192.0.2.1");
    expect(known.answer).toMatchObject({ code: "INVALID_VERIFICATION_CODE" });
    expect(await attempt(GRACE, "192.0.2.2")).toEqual(known);
  });
});

describe("e-mail that cannot be sent", () => {
  const flows = [
    ["sign-up, new address", "signUp", GRACE],
    ["sign-up, address with an account", "signUp", ADA],
    ["reset, unknown address", "reset", GRACE],
    ["reset, address with an account", "reset", ADA],
    ["sign-in, address that waits for its proof", "signIn", "eve@example.com"],
  ] as const;

  it.each(flows)(
    "%s: the same error, and no code in the log",
    async (_name, flow, email) => {
      await signUpVerified(t.withRequestMetadata(ELSEWHERE), ADA);
      const waiting = "eve@example.com";
      await withPassword(
        t.withRequestMetadata(ELSEWHERE),
        { flow: "signUp", email: waiting, password: PASSWORD },
        "verified",
      );
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      let code: string | undefined;
      mailbox.failure = (request) => {
        code = request.token;
        return new Error(`550 rejected: your code is ${request.token}`);
      };
      const error = await refusal(
        withPassword(
          t.withRequestMetadata(HOME),
          { flow, email, password: PASSWORD },
          "verified",
        ),
      );
      expect(error).toEqual({
        code: "EMAIL_SEND_FAILED",
        message: "the e-mail could not be sent; try again",
      });
      expect(log).toHaveBeenCalledTimes(1);
      const printed = JSON.stringify(log.mock.calls);
      expect(printed).toContain("550 rejected");
      expect(code === undefined || !printed.includes(code)).toBe(true);
    },
  );

  it("a code that failed to be sent stays unused, and the next try sends a new one", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const params = { flow: "signUp", email: ADA, password: PASSWORD };
    mailbox.failure = () => new Error("down");
    await refusal(withPassword(t, params, "verified"));
    mailbox.failure = null;
    const { verifier } = (await withPassword(t, params, "verified")) as {
      verifier: string;
    };
    const verification = {
      flow: "email-verification",
      email: ADA,
      code: lastCode(),
    };
    expect(
      await withPassword(t, verification, "verified", verifier),
    ).toMatchObject({ kind: "signedIn" });
  });

  it("a provider without e-mail refuses flows that send, before anything is stored", async () => {
    const before = await snapshot(t);
    expect(
      await refusalCode(withPassword(t, { flow: "reset", email: ADA }, "mute")),
    ).toBe("EMAIL_CONFIG_REQUIRED");
    expect(await snapshot(t)).toEqual(before);
  });
});
