// @vitest-environment node
import { ConvexReactClient } from "convex/react";
import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import { AuthProvider, useAuth } from "../../client/react/index.js";
import { authApi } from "./support/setup.js";

function Phase(): ReactNode {
  const { phase, isLoading } = useAuth();
  return <p>{`${phase} ${isLoading}`}</p>;
}

it("a server render shows the loading state and opens nothing", () => {
  expect(typeof window).toBe("undefined");
  const convex = new ConvexReactClient("https://happy-otter-123.convex.cloud", {
    webSocketConstructor: class {
      constructor() {
        throw new Error("a server render must not connect");
      }
    } as unknown as typeof WebSocket,
  });
  const html = renderToString(
    <AuthProvider
      convex={convex}
      api={authApi}
      fetch={() => Promise.reject(new Error("a server render must not fetch"))}
    >
      <Phase />
    </AuthProvider>,
  );
  expect(html).toBe("<p>loading true</p>");
});
