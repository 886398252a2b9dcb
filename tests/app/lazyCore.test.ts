import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const evaluated = vi.hoisted(() => [] as string[]);

vi.mock(import("../../dist/pkg/access.js"), async (original) => {
  evaluated.push("access.js");
  return await original();
});
vi.mock(import("../../dist/pkg/accessWasm.js"), async (original) => {
  evaluated.push("accessWasm.js");
  return await original();
});

vi.mock(import("../../dist/pkg/accounts.js"), async (original) => {
  evaluated.push("accounts.js");
  return await original();
});
vi.mock(import("../../dist/pkg/accountsWasm.js"), async (original) => {
  evaluated.push("accountsWasm.js");
  return await original();
});

describe("what an app's functions import", () => {
  it("evaluates no module of the WebAssembly package, which the component's functions do", async () => {
    await import("convex-gatehouse/server");
    await import("convex-gatehouse/providers");
    await import("./fixture/convex/auth.js");
    expect(evaluated).toEqual([]);
    await import("../../dist/component/accessCore.js");
    expect([...evaluated].sort()).toEqual(["access.js", "accessWasm.js"]);
    await import("../../dist/component/accountsCore.js");
    expect([...evaluated].sort()).toEqual([
      "access.js",
      "accessWasm.js",
      "accounts.js",
      "accountsWasm.js",
    ]);
  });
});

describe("a function that only needs the caller", () => {
  let built: string[];
  const { Module, Instance } = WebAssembly;

  beforeEach(() => {
    vi.resetModules();
    built = [];
    WebAssembly.Module = new Proxy(Module, {
      construct(target, args: [BufferSource]) {
        built.push("Module");
        return new target(...args);
      },
    });
    WebAssembly.Instance = new Proxy(Instance, {
      construct(target, args: [WebAssembly.Module]) {
        built.push("Instance");
        return new target(...args);
      },
    });
    process.env.CONVEX_SITE_URL = "https://happy-animal-123.convex.site";
  });

  afterEach(() => {
    WebAssembly.Module = Module;
    WebAssembly.Instance = Instance;
  });

  it("loads no WebAssembly, whereas a sign-in loads it once", async () => {
    const { deploy, SITE } = await import("./fixture/backend.js");
    const { api } = await import("./fixture/modules.js");
    const { bearer, signUp } = await import("./fixture/people.js");
    const t = deploy();
    const subject = "somebody|some-session";
    const caller = t.withIdentity({ subject, issuer: SITE });
    expect(await caller.query(api.caller.current, {})).toBe("somebody");
    expect(await caller.query(api.caller.currentSession, {})).toBe(
      "some-session",
    );
    expect(built).toEqual([]);
    const tokens = await signUp(t);
    expect(built).toEqual(["Module", "Instance"]);
    built = [];
    await bearer(t, tokens).query(api.auth.isAuthenticated, {});
    expect(built).toEqual([]);
  });

  it("loads none for a live check of the session either", async () => {
    const { deploy, SITE } = await import("./fixture/backend.js");
    const { api } = await import("./fixture/modules.js");
    const caller = deploy().withIdentity({ subject: "a|b", issuer: SITE });
    expect(await caller.query(api.auth.isAuthenticated, {})).toBe(false);
    expect(await caller.query(api.caller.viewerName, {})).toBeNull();
    expect(built).toEqual([]);
  });
});
