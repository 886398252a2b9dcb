import { AuthProvider, useAuth } from "convex-gatehouse/react";
import { ConvexReactClient } from "convex/react";
import { api } from "../convex/_generated/api";

const convex = new ConvexReactClient("https://example.convex.cloud");

export function App() {
  return (
    <AuthProvider convex={convex} api={api.auth}>
      <SignOut />
    </AuthProvider>
  );
}

function SignOut() {
  const { isAuthenticated, signOut } = useAuth();
  return isAuthenticated ? (
    <button onClick={() => void signOut()}>Sign out</button>
  ) : null;
}
