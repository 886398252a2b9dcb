import { act, cleanup, render, screen } from "@testing-library/react";
import {
  Authenticated,
  AuthLoading,
  ConvexProviderWithAuth,
  Unauthenticated,
  useConvex,
  type ConvexReactClient,
} from "convex/react";
import { StrictMode, type ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AuthProvider, useAuth } from "../../client/react/index.js";
import { settle } from "./support/clock.js";
import { World } from "./support/setup.js";

describe("React", () => {
  let world: World;
  let convex: ConvexReactClient;
  /** What was on screen, one entry for each change. */
  let shown: string[];
  let auth: ReturnType<typeof useAuth>;

  beforeEach(() => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    world = new World();
    convex = world.createConvex();
    shown = [];
  });
  afterEach(async () => {
    cleanup();
    await world.close();
  });

  function Screen({ name }: { name: string }): ReactNode {
    auth = useAuth();
    const text = `${name} ${auth.phase}`;
    if (shown.at(-1) !== text) {
      shown.push(text);
    }
    return <p>{text}</p>;
  }

  function Screens(): ReactNode {
    return (
      <>
        <AuthLoading>
          <Screen name="AuthLoading" />
        </AuthLoading>
        <Unauthenticated>
          <Screen name="Unauthenticated" />
        </Unauthenticated>
        <Authenticated>
          <Screen name="Authenticated" />
        </Authenticated>
      </>
    );
  }

  async function show(element: ReactNode) {
    const view = render(<StrictMode>{element}</StrictMode>);
    await act(settle);
    return view;
  }

  it("signs in and out below one provider, under StrictMode", async () => {
    await show(
      <AuthProvider {...world.settings()} convex={convex}>
        <Screens />
      </AuthProvider>,
    );
    screen.getByText("Unauthenticated unauthenticated");
    expect(auth).toMatchObject({ isLoading: false, isAuthenticated: false });
    await act(async () => {
      await auth.signIn("password", { email: "ada" });
      await settle();
    });
    screen.getByText("Authenticated authenticated");
    expect(auth).toMatchObject({ isLoading: false, isAuthenticated: true });
    await act(async () => {
      await auth.signOut();
      await settle();
    });
    screen.getByText("Unauthenticated unauthenticated");
  });

  it("does not show the signed-out screen again while a sign-in is confirmed", async () => {
    world.deployment.acceptsTokens = null;
    await show(
      <AuthProvider {...world.settings()} convex={convex}>
        <Screens />
      </AuthProvider>,
    );
    await act(async () => {
      await auth.signIn("password", { email: "ada" });
      await settle();
    });
    expect(shown).toEqual([
      "AuthLoading loading",
      "Unauthenticated unauthenticated",
      "AuthLoading handshake",
    ]);
  });

  it("starts signed in from storage, without a signed-out moment", async () => {
    world.storeSession();
    await show(
      <AuthProvider {...world.settings()} convex={convex}>
        <Screens />
      </AuthProvider>,
    );
    expect(shown.some((text) => text.startsWith("Unauth"))).toBe(false);
    screen.getByText("Authenticated authenticated");
  });

  it("gives the children the real Convex client", async () => {
    let provided: unknown;
    function Probe(): ReactNode {
      provided = useConvex();
      return null;
    }
    await show(
      <AuthProvider {...world.settings()} convex={convex}>
        <Probe />
      </AuthProvider>,
    );
    expect(provided).toBe(convex);
  });

  it("signs out live when the session is revoked elsewhere", async () => {
    world.storeSession();
    await show(
      <AuthProvider {...world.settings()} convex={convex}>
        <Screens />
      </AuthProvider>,
    );
    await act(async () => {
      world.deployment.revoke("session1");
      await settle();
    });
    screen.getByText("Unauthenticated unauthenticated");
    expect(auth.reason).toBe("revoked");
  });

  it("follows another tab that signs another user in", async () => {
    world.storeSession();
    await show(
      <AuthProvider {...world.settings()} convex={convex}>
        <Screens />
      </AuthProvider>,
    );
    const other = world.createClient();
    await act(async () => {
      await other.signIn("password", { email: "grace" });
      await settle();
    });
    screen.getByText("Authenticated authenticated");
    expect(auth.sessionId).toBe(other.getState().sessionId);
    expect(shown.some((text) => text.startsWith("Unauth"))).toBe(false);
  });

  it("useAuth works as the useAuth of an app's own ConvexProviderWithAuth", async () => {
    const client = world.createClient();
    await show(
      <AuthProvider client={client}>
        <ConvexProviderWithAuth client={convex} useAuth={useAuth}>
          <Screens />
        </ConvexProviderWithAuth>
      </AuthProvider>,
    );
    screen.getByText("Unauthenticated unauthenticated");
    await act(async () => {
      await auth.signIn("password", { email: "ada" });
      await settle();
    });
    screen.getByText("Authenticated authenticated");
    expect(auth.isAuthenticated).toBe(true);
    await act(async () => {
      await auth.signOut();
      await settle();
    });
    screen.getByText("Unauthenticated unauthenticated");
  });

  it("leaves no timer behind when the provider unmounts", async () => {
    world.storeSession();
    world.deployment.outage = { kind: "offline" };
    const view = await show(
      <AuthProvider {...world.settings()} convex={convex}>
        <Screens />
      </AuthProvider>,
    );
    // The refresh that Convex asks for waits for its next attempt.
    expect(world.clock.pendingCount).toBeGreaterThan(0);
    view.unmount();
    await settle();
    expect(world.clock.pendingCount).toBe(0);
    expect(world.stored()).not.toBeNull();
  });

  it("useAuth outside a provider says what is missing", () => {
    expect(() => render(<Screen name="none" />)).toThrow(/AuthProvider/);
  });
});
