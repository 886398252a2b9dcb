import type { GenericActionCtx } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import { OperationRecorder } from "../../bench/operations/recorder.mjs";
import { deploy, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/authWithSecondFactors.js";
import type { DataModel } from "./fixture/convex/server.js";
import { bearer, identityOf } from "./fixture/people.js";
import { enrollTotp, join, withProvider } from "./fixture/secondFactors.js";
import { totpCode } from "./fixture/totpCode.js";

useFreshApp();

type World = { userId: string; totpId: string };

type Call = (
  ctx: GenericActionCtx<DataModel>,
  world: World,
) => Promise<unknown>;

/** Each method with the component's function that it calls, once. */
const METHODS: [string, Call][] = [
  ["query totp:list", (ctx, { userId }) => auth.totp.list(ctx, { userId })],
  [
    "mutation totp:remove",
    (ctx, { userId, totpId }) =>
      auth.totp.remove(ctx, totpId, { actorUserId: userId }),
  ],
  [
    "query secondFactor:status",
    (ctx, { userId }) => auth.secondFactor.get(ctx, { userId }),
  ],
  [
    "mutation codeFactor:remove",
    (ctx) => auth.secondFactor.removeCode(ctx, "x").catch(() => null),
  ],
  [
    "mutation trustedDevice:remove",
    (ctx, { userId }) =>
      auth.secondFactor.removeTrustedDevices(ctx, { userId }),
  ],
  ["query sessionFresh:check", (ctx) => auth.session.requireFresh(ctx)],
  [
    "mutation removal:removeUser",
    (ctx, { userId }) => auth.user.remove(ctx, userId, { actorUserId: userId }),
  ],
];

let recorder: OperationRecorder;
let t: ReturnType<typeof deploy>;

beforeEach(() => {
  recorder = new OperationRecorder();
  t = deploy((modules, component) =>
    recorder.countedModules(modules, component),
  );
});

describe("one call of the component for each method", () => {
  it.each(METHODS)("%s", async (expected, call) => {
    const { tokens, totpId } = await enrollTotp(t, await join(t));
    const { userId } = identityOf(tokens);
    const { calls } = await recorder.record(() =>
      bearer(t, tokens).action(
        async (ctx) => void (await call(ctx, { userId, totpId })),
      ),
    );
    expect(calls.map((name) => name.trim())).toEqual([
      expected.replace(" ", " auth/component/"),
    ]);
  });
});

describe("one mutation for each flow", () => {
  it("of authenticator apps", async () => {
    const { tokens, secret } = await enrollTotp(t, await join(t));
    const caller = bearer(t, tokens);
    const code = await totpCode(secret);
    for (const [params, name] of [
      [{ flow: "setup" }, "totp:enroll"],
      [{ flow: "recovery-codes" }, "secondFactor:issueRecoveryCodes"],
      [{ flow: "verify", code }, "secondFactor:verify"],
    ] as const) {
      const { calls } = await recorder.record(() =>
        withProvider(caller, "totp", params),
      );
      const own = calls.filter((call) => call.includes("auth/component/"));
      expect(own.map((call) => call.trim())).toEqual([
        `mutation auth/component/${name}`,
      ]);
    }
  });

  it("of codes that are sent, beside the message", async () => {
    const caller = bearer(t, await join(t));
    const { calls } = await recorder.record(() =>
      withProvider(caller, "emailCode", { flow: "setup" }),
    );
    const own = calls.filter((call) => call.includes("auth/component/"));
    expect(own.map((call) => call.trim())).toEqual([
      "mutation auth/component/codeFactor:enroll",
    ]);
  });
});
