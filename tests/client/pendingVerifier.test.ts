import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { World } from "./support/setup.js";

/** The verifier that each call of `signIn` sent. */
function sentVerifiers(world: World): unknown[] {
  return world.deployment.calls.map((call) => call.args.verifier);
}

describe("the verifier of a sign-in that waits for a code", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.deployment.answers.set("signUp", {
      kind: "started",
      verifier: "vf_first",
    });
  });
  afterEach(() => world.close());

  it("is not sent to another provider", async () => {
    const client = world.createClient();
    await client.signIn("password", { flow: "signUp" });
    await client.signIn("other", { flow: "email-verification" });
    expect(sentVerifiers(world)).toEqual([undefined, undefined]);
  });

  it("is sent with the next step", async () => {
    const client = world.createClient();
    await client.signIn("password", { flow: "signUp" });
    await client.signIn("password", { flow: "email-verification" });
    expect(sentVerifiers(world)).toEqual([undefined, "vf_first"]);
  });

  it("survives a reload and is known in other tabs", async () => {
    await world.createClient().signIn("password", { flow: "signUp" });
    await world.createClient().signIn("password", { flow: "reset" });
    expect(sentVerifiers(world)).toEqual([undefined, "vf_first"]);
  });

  it("is forgotten when the sign-in is complete", async () => {
    const client = world.createClient();
    await client.signIn("password", { flow: "signUp" });
    await client.signIn("password", { flow: "email-verification" });
    await client.signIn("password", { flow: "signIn" });
    expect(sentVerifiers(world)).toEqual([undefined, "vf_first", undefined]);
  });

  it("gives way to a verifier that the caller names", async () => {
    const client = world.createClient();
    await client.signIn("password", { flow: "signUp" });
    await client.signIn("password", {}, { verifier: "vf_other" });
    expect(sentVerifiers(world)).toEqual([undefined, "vf_other"]);
  });
});
