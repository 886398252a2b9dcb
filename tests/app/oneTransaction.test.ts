import { beforeEach, describe, expect, it } from "vitest";
import { OperationRecorder } from "../../bench/operations/recorder.mjs";
import { counts, deploy, inComponent, useFreshApp } from "./fixture/backend.js";
import { api } from "./fixture/modules.js";
import {
  ADA,
  bearer,
  GRACE,
  OTHER_PASSWORD,
  PASSWORD,
  refresh,
  refusal,
  signIn,
  signUp,
  withPassword,
} from "./fixture/people.js";

useFreshApp();

/** What the action did: its own calls of queries and mutations. */
const ONE_MUTATION = { actions: 1, transactions: 1, mutations: 1 };

describe("one transaction", () => {
  let recorder: OperationRecorder;
  let t: ReturnType<typeof deploy>;

  beforeEach(() => {
    recorder = new OperationRecorder();
    t = deploy((modules, component) =>
      recorder.countedModules(modules, component),
    );
  });

  it("a sign-up is one mutation, also the first of a deployment", async () => {
    const cost = await recorder.record(() => signUp(t));
    expect(cost).toMatchObject(ONE_MUTATION);
  });

  it("a sign-in is one mutation, whether the password is right or wrong", async () => {
    await signUp(t);
    expect(await recorder.record(() => signIn(t))).toMatchObject(ONE_MUTATION);
    const wrong = await recorder.record(() =>
      refusal(signIn(t, ADA, OTHER_PASSWORD)),
    );
    expect(wrong).toMatchObject({ ...ONE_MUTATION, rolledBack: 0 });
  });

  it("a refresh is one mutation", async () => {
    const tokens = await signUp(t);
    const cost = await recorder.record(() => refresh(t, tokens));
    expect(cost).toMatchObject(ONE_MUTATION);
  });

  it("a change of the password and a sign-out are one mutation each", async () => {
    const tokens = await signUp(t);
    const caller = bearer(t, tokens);
    const change = await recorder.record(() =>
      withPassword(caller, {
        flow: "change",
        currentPassword: PASSWORD,
        newPassword: OTHER_PASSWORD,
      }),
    );
    expect(change).toMatchObject(ONE_MUTATION);
    const signOut = await recorder.record(() =>
      caller.action(api.auth.signOut, {}),
    );
    expect(signOut).toMatchObject(ONE_MUTATION);
  });

  it("without callbacks the component never calls back into the app", async () => {
    const cost = await recorder.record(() => signUp(t));
    expect(cost.crossings).toBe(1);
  });

  it("with callbacks a sign-up is still one top-level mutation", async () => {
    const cost = await recorder.record(() =>
      t.action(api.authWithCallbacks.signIn, {
        provider: "password",
        params: { flow: "signUp", email: GRACE, password: PASSWORD },
      }),
    );
    expect(cost).toMatchObject(ONE_MUTATION);
    expect(
      cost.calls.filter((call) => call.includes("authWithCallbacks:store")),
    ).toHaveLength(4);
  });

  it("the identity of the request costs no call at all", async () => {
    const caller = bearer(t, await signUp(t));
    const cost = await recorder.record(() =>
      caller.query(api.caller.current, {}),
    );
    expect(cost).toMatchObject({ transactions: 1, mutations: 0, crossings: 0 });
  });
});

describe("refusals carry writes", () => {
  it("a failed attempt stays in the counter and the audit trail although the caller sees an error", async () => {
    const t = deploy();
    await signUp(t);
    const before = await counts(t);
    expect(await refusal(signIn(t, ADA, OTHER_PASSWORD))).toMatchObject({
      code: "INVALID_CREDENTIALS",
    });
    const failures = await inComponent(t, async (ctx) =>
      (await ctx.db.query("RateLimit").collect()).filter(
        (row) => row.value === 1,
      ),
    );
    expect(failures).toHaveLength(1);
    const after = await counts(t);
    expect(after.RateLimit).toBe((before.RateLimit ?? 0) + 3);
    expect(after.AuditEvent).toBe((before.AuditEvent ?? 0) + 1);
    expect(after.Session).toBe(before.Session);
  });
});
