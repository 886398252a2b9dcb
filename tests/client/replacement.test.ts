import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settle } from "./support/clock.js";
import { recordPhases, World } from "./support/setup.js";

const NOTICE_KEY =
  "__gatehouseReplacement_https%3A%2F%2Fhappy-otter-123.convex.cloud";

let world: World;
beforeEach(() => {
  world = new World();
  world.storeSession("ada");
});
afterEach(() => world.close());

const answerVerify = (userId = "ada") =>
  world.deployment.answers.set("verify", {
    ...{ kind: "signedIn", tokens: world.deployment.createSession(userId) },
  });

/** Makes sign-ins wait until the function is called. */
function holdSignIns(): () => void {
  let release = () => undefined as void;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  world.deployment.beforeSignIn = () => held;
  return release;
}

const liveSessions = () =>
  [...world.deployment.sessions]
    .filter(([, { isRevoked }]) => !isRevoked)
    .map(([sessionId]) => sessionId);

describe("a step-up in one tab", () => {
  it("shows nobody out in another tab", async () => {
    const [one, two] = [world.createAttached(), world.createAttached()];
    await settle();
    const phases = [recordPhases(one), recordPhases(two)];
    answerVerify();
    world.deployment.beforeSignIn = async () => {
      world.deployment.revoke("session1");
      await settle();
    };
    await one.totp.verify({ code: "1" });
    await settle();
    expect(phases).toEqual([["authenticated"], ["authenticated"]]);
    expect(two.getState().sessionId).toBe(one.getState().sessionId);
    expect(two.getState().sessionId).not.toBe("session1");
    expect(world.browser.items.has(NOTICE_KEY)).toBe(false);
  });

  it("shows nobody out in another tab that refreshes the old session meanwhile", async () => {
    const [one, two] = [world.createAttached(), world.createAttached()];
    await settle();
    const phases = recordPhases(two);
    answerVerify();
    world.deployment.beforeSignIn = async () => {
      world.deployment.revoke("session1");
      expect(
        await two.fetchAccessToken({ forceRefreshToken: true }),
      ).toBeNull();
      await settle();
    };
    await one.totp.verify({ code: "1" });
    await settle();
    expect(phases).toEqual(["authenticated"]);
    expect(one.getState().phase).toBe("authenticated");
  });

  it("that fails shows other tabs out if the session has ended meanwhile", async () => {
    const [one, two] = [world.createAttached(), world.createAttached()];
    await settle();
    world.deployment.refusals.set("verify", {
      ...{ code: "TOTP_INVALID_CODE", message: "no" },
    });
    world.deployment.beforeSignIn = async () => {
      world.deployment.revoke("session1");
      await settle();
      expect(two.getState().phase).toBe("authenticated");
    };
    await expect(one.totp.verify({ code: "1" })).rejects.toThrow();
    await world.clock.advance(250);
    expect(two.getState().phase).toBe("unauthenticated");
  });

  it("keeps other tabs waiting for no longer than a call may take, when it is closed", async () => {
    const [one, two] = [world.createAttached(), world.createAttached()];
    await settle();
    holdSignIns();
    void one.totp.verify({ code: "1" }).catch(() => null);
    await settle();
    one.close();
    world.deployment.revoke("session1");
    await world.clock.advance(29_000);
    expect(two.getState().phase).toBe("authenticated");
    await world.clock.advance(1_500);
    expect(two.getState().phase).toBe("unauthenticated");
  });
});

describe("signing out while a sign-in is under way", () => {
  it.each([
    ["in the same tab", false],
    ["in another tab", true],
  ])(
    "%s keeps the person out, and ends the late session",
    async (_where, isElsewhere) => {
      const [one, two] = [world.createAttached(), world.createAttached()];
      await settle();
      answerVerify();
      const release = holdSignIns();
      const proof = one.totp.verify({ code: "1" });
      const refused = expect(proof).rejects.toMatchObject({
        data: { code: "NOT_SIGNED_IN" },
      });
      await settle();
      await (isElsewhere ? two : one).signOut();
      await settle();
      release();
      await refused;
      await settle();
      await world.clock.advance(250);
      for (const client of [one, two]) {
        expect(client.getState()).toMatchObject({
          ...{ phase: "unauthenticated", reason: "signedOut" },
        });
      }
      expect(world.stored()).toBeNull();
      expect(liveSessions()).toEqual([]);
      expect(world.browser.items.has(NOTICE_KEY)).toBe(false);
    },
  );

  it("shows the person out in every tab at once", async () => {
    const [one, two] = [world.createAttached(), world.createAttached()];
    await settle();
    const release = holdSignIns();
    const proof = one.totp.verify({ code: "1" }).catch(() => null);
    await settle();
    await two.signOut();
    await settle();
    expect(two.getState().phase).toBe("unauthenticated");
    release();
    await proof;
  });

  it("does not undo a sign-in that was begun afterwards", async () => {
    const client = world.createAttached();
    await settle();
    const release = holdSignIns();
    const late = client.totp.verify({ code: "1" }).catch(() => null);
    await settle();
    await client.signOut();
    world.deployment.beforeSignIn = null;
    await client.signIn("password", { email: "grace" });
    const { sessionId } = client.getState();
    release();
    await late;
    await settle();
    expect(client.getState()).toMatchObject({
      ...{ phase: "authenticated", sessionId },
    });
  });

  it("holds for somebody who was not signed in, too", async () => {
    const client = world.createClient();
    await client.signOut();
    const release = holdSignIns();
    const signIn = client.signIn("password", { email: "ada" });
    const refused = expect(signIn).rejects.toThrow();
    await settle();
    await client.signOut();
    release();
    await refused;
    expect(world.stored()).toBeNull();
  });
});
