/** A suite as an app writes it: only published entry points. */
import { convexTest } from "convex-test";
import authTest, { register } from "convex-gatehouse/test";
import { password } from "convex-gatehouse/providers";
import { createAuth } from "convex-gatehouse/server";
import {
  anyApi,
  componentsGeneric,
  defineSchema,
  queryGeneric,
} from "convex/server";
import { beforeAll, describe, expect, it } from "vitest";
import type { ComponentApi } from "convex-gatehouse/_generated/component.js";

const cheap = { memoryKib: 8192, iterations: 1, parallelism: 1 };

/** The app's `convex/auth.ts`, with the component under a name. */
function authModule(name: string) {
  const components = componentsGeneric() as unknown as Record<
    string,
    ComponentApi
  >;
  const auth = createAuth(components[name]!, {
    providers: [password({ argon2: cheap })],
  });
  const { signIn, signOut, store, isAuthenticated } = auth;
  const me = queryGeneric({
    handler: async (ctx) => (await auth.user.viewer(ctx))?.email ?? null,
  });
  return { auth, signIn, signOut, store, isAuthenticated, me };
}

const modulesOf = (name: string) => ({
  "./convex/_generated/api.js": async () => ({}),
  "./convex/auth.js": async () => authModule(name),
});

const signUp = {
  provider: "password",
  params: {
    ...{ flow: "signUp", email: "ada@example.com" },
    password: "correct horse battery staple",
  },
};

beforeAll(() => {
  process.env.CONVEX_SITE_URL = "https://happy-animal-123.convex.site";
});

describe("register", () => {
  it("makes an app's own suite work in one line", async () => {
    const t = convexTest(defineSchema({}), modulesOf("auth"));
    register(t);

    const result = (await t.action(anyApi.auth!.signIn!, signUp)) as {
      tokens: { token: string };
    };
    const [, claims = ""] = result.tokens.token.split(".");
    const { sub, iss } = JSON.parse(
      atob(claims.replaceAll("-", "+").replaceAll("_", "/")),
    ) as { sub: string; iss: string };
    const ada = t.withIdentity({ subject: sub, issuer: iss });
    expect(await ada.query(anyApi.auth!.me!, {})).toBe("ada@example.com");
    await ada.action(anyApi.auth!.signOut!, {});
    expect(await ada.query(anyApi.auth!.me!, {})).toBeNull();
  });

  it("takes the name under which the app installed the component", async () => {
    const t = convexTest(defineSchema({}), modulesOf("identity"));
    register(t, "identity");
    expect(await t.action(anyApi.auth!.signIn!, signUp)).toMatchObject({
      kind: "signedIn",
    });
  });

  it("keeps deployments apart", async () => {
    const [one, other] = [1, 2].map(() => {
      const t = convexTest(defineSchema({}), modulesOf("auth"));
      register(t);
      return t;
    });
    await one!.action(anyApi.auth!.signIn!, signUp);
    expect(await other!.action(anyApi.auth!.signIn!, signUp)).toMatchObject({
      kind: "signedIn",
    });
  });

  it("knows every module of the component that has functions", () => {
    const functions = Object.keys(
      import.meta.glob([
        "../../component/**/*.ts",
        "!../../component/_generated/**",
      ]),
    ).map((path) => path.slice("../../".length, -".ts".length));
    const known = Object.keys(authTest.modules).join("\n");
    for (const file of functions) {
      if (FUNCTIONLESS.includes(file.slice("component/".length))) {
        continue;
      }
      expect(known).toContain(`./${file}.js`);
    }
  });
});

/** Modules of the component that export no function of Convex. */
const FUNCTIONLESS = [
  "accessCore",
  "accountRows",
  "accountsCore",
  "appCallbacks",
  "auditRows",
  "codeFactorRows",
  "codes",
  "convex.config",
  "deploymentSecret",
  "extend",
  "factorAuthority",
  "factorKeyring",
  "factorRemoval",
  "freshness",
  "groupCounts",
  "groupRows",
  "inviteRows",
  "jsonSize",
  "keyCounting",
  "keyLeaveRows",
  "keyRows",
  "limits",
  "lineage",
  "memberRows",
  "memberVisibility",
  "ownerRows",
  "page",
  "passkeyCeremony",
  "passkeyRows",
  "passwordRows",
  "recordedRefusal",
  "refusal",
  "removalBatch",
  "removalBatchGroup",
  "removalBatchKeys",
  "removalBatchMember",
  "removalBatchUser",
  "removalJobRows",
  "requestOrigin",
  "roleAssignmentRows",
  "roleRows",
  "schema",
  "secondFactorChallengeRows",
  "secondFactorRows",
  "secondFactorSignIn",
  "secondFactorSubject",
  "sessionRows",
  "signInAnswer",
  "signInFactors",
  "signingKeyRows",
  "standing",
  "tokens",
  "totpRows",
  "trustedDeviceRows",
  "userRows",
  "wasmModule",
];
