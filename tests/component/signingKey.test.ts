import fc from "fast-check";
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
} from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { decide } from "../../component/accountsCore.js";
import {
  readSigningKey,
  unexpiredKeys,
} from "../../component/signingKeyRows.js";
import type { MutationCtx } from "../../component/_generated/server.js";
import {
  ADA,
  api,
  DAY,
  deploy,
  GRACE,
  HOUR,
  internal,
  ISSUER,
  MINUTE,
  opened,
  pass,
  SECOND,
  sent,
  signIn,
  signUp,
  START,
  useFrozenClock,
} from "./fixture/backend.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

const keys = () => t.run((ctx) => ctx.db.query("SigningKey").collect());

/**
 * A key that began to sign some minutes after the start of the test, with how
 * long it signs and how long it is published after that.
 */
function keyOf(
  kid: string,
  activation: number,
  signing: number,
  published: number,
) {
  const activationTime = START + activation * MINUTE;
  const rotationTime = activationTime + signing * MINUTE;
  return {
    kid,
    secret: "",
    publicKey: { kty: "", crv: "", x: "", y: "", kid, alg: "", use: "" },
    activationTime,
    rotationTime,
    expirationTime: rotationTime + published * MINUTE,
  };
}

/** Which key the core chooses of all, and which of those that are read for it. */
async function choicesOf(stored: ReturnType<typeof keyOf>[]) {
  return await t.mutation(async (ctx: MutationCtx) => {
    for (const { _id } of await ctx.db.query("SigningKey").collect()) {
      await ctx.db.delete("SigningKey", _id);
    }
    for (const key of stored) {
      await ctx.db.insert("SigningKey", key);
    }
    const all = decide("signingKeyChoose", {
      now: START,
      keys: await unexpiredKeys(ctx, START),
    });
    const { kid } = await readSigningKey(ctx, START, decide);
    const isNew = !stored.some((key) => key.kid === kid);
    return {
      ofAll: all.isNew ? "new" : all.key.kid,
      read: isNew ? "new" : kid,
    };
  });
}

/** Verifies as Convex does, at the moment. */
async function verify(token: string) {
  const set = await t.query(api.signingKey.publicKeys, {});
  return await jwtVerify(token, createLocalJWKSet(set), {
    ...{ issuer: ISSUER, audience: "convex", algorithms: ["ES256"] },
    currentDate: new Date(Date.now()),
  });
}

describe("rotation of signing keys", () => {
  it("over sixty days every token verifies until it expires, and keys follow each other", async () => {
    await signUp(t);
    const signers = new Set<string>();
    const live: string[] = [];
    for (let hour = 0; hour < 60 * 24; hour += 1) {
      pass(HOUR);
      if (hour % 24 === 23) {
        await t.mutation(internal.signingKey.rotate, {});
        await t.mutation(internal.cleanup.deleteExpired, {});
      }
      const nearRotation = (hour + 1) % (30 * 24) < 3;
      if (hour % 24 !== 0 && !nearRotation) {
        continue;
      }
      const { token } = opened(await signIn(t));
      signers.add(decodeProtectedHeader(token).kid ?? "");
      live.push(token);
      pass(15 * MINUTE - SECOND);
      for (const each of live.filter(
        (candidate) => (decodeJwt(candidate).exp ?? 0) * SECOND > Date.now(),
      )) {
        await verify(each);
      }
      pass(SECOND - 15 * MINUTE);
    }
    expect(signers.size).toBe(3);
    expect((await keys()).length).toBeLessThanOrEqual(3);
  });

  it("the next key is published a day before it signs", async () => {
    const first = decodeProtectedHeader(opened(await signUp(t)).token).kid;
    pass(29 * DAY);
    await t.mutation(internal.signingKey.rotate, {});
    const published = await t.query(api.signingKey.publicKeys, {});
    expect(published.keys).toHaveLength(2);
    const next = published.keys.find((key) => key.kid !== first)?.kid;
    const signer = async () =>
      decodeProtectedHeader(opened(await signIn(t)).token).kid;
    pass(DAY - 1);
    expect(await signer()).toBe(first);
    pass(1);
    expect(await signer()).toBe(next);
  });

  it("a token of the previous key verifies until it expires; the key is gone two hours later", async () => {
    await signUp(t);
    pass(29 * DAY);
    await t.mutation(internal.signingKey.rotate, {});
    pass(DAY - 1);
    const longest = { session: { accessTokenLifetimeMs: HOUR } };
    const { token } = opened(await signIn(t, ADA, undefined, longest));
    pass(HOUR - SECOND);
    await verify(token);
    pass(HOUR + SECOND + 1);
    expect((await t.query(api.signingKey.publicKeys, {})).keys).toHaveLength(1);
    await t.mutation(internal.cleanup.deleteExpired, {});
    expect(await keys()).toHaveLength(1);
  });

  it("running it again and again makes no more keys", async () => {
    await t.mutation(internal.signingKey.rotate, {});
    expect(await keys()).toEqual([]);
    await signUp(t);
    pass(29 * DAY);
    for (let run = 0; run < 5; run += 1) {
      await t.mutation(internal.signingKey.rotate, {});
    }
    expect(await keys()).toHaveLength(2);
  });

  it("a deployment that slept for a year makes a key on the first sign-in", async () => {
    await signUp(t);
    pass(365 * DAY);
    const { token } = opened(await signIn(t));
    await verify(token);
    expect(decodeJwt(token).iat).toBe((START + 365 * DAY) / SECOND);
  });
});

describe("which key signs", () => {
  it("the key that signs is the one that the core chooses of all keys", async () => {
    const minutes = fc.integer({ min: -5_000, max: 5_000 });
    const period = fc.integer({ min: 1, max: 5_000 });
    const sets = fc.array(fc.tuple(minutes, period, period), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(sets, async (set) => {
        const stored = set.map(([activation, signing, published], index) =>
          keyOf(`key ${index}`, activation, signing, published),
        );
        const { ofAll, read } = await choicesOf(stored);
        expect(read).toBe(ofAll);
      }),
      { numRuns: 200 },
    );
  });
});

describe("what is made on first use", () => {
  it("two first sign-ups at once make one key and one pepper", async () => {
    await Promise.all([
      signUp(t, ADA),
      signUp(t, GRACE, { requireEmailVerification: true }).then(sent),
    ]);
    expect(await keys()).toHaveLength(1);
    expect(
      await t.run((ctx) => ctx.db.query("DeploymentSecret").collect()),
    ).toHaveLength(1);
  });

  it("the published set has nothing but public parts", async () => {
    await signUp(t);
    const set = await t.query(api.signingKey.publicKeys, {});
    const [stored] = await keys();
    expect(Object.keys(set.keys[0] ?? {}).sort()).toEqual([
      "alg",
      "crv",
      "kid",
      "kty",
      "use",
      "x",
      "y",
    ]);
    expect(JSON.stringify(set)).not.toContain(stored?.secret);
  });
});
