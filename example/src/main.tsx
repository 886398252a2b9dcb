import { AuthProvider } from "convex-gatehouse/react";
import { ConvexReactClient } from "convex/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { api } from "../convex/_generated/api";
import { App } from "./App";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/layout.css";
import "./styles/welcome.css";
import "./styles/lists.css";
import "./styles/choices.css";
import "./styles/organizations.css";
import "./styles/groups.css";
import "./styles/keys.css";
import "./styles/security.css";
import { reportCaughtError } from "./ui/ErrorBoundary";

const url = import.meta.env.VITE_CONVEX_URL;
const container = document.getElementById("root");
if (url === undefined || url === "" || container === null) {
  throw new Error("Set VITE_CONVEX_URL: `npm start` does.");
}
const convex = new ConvexReactClient(url);

createRoot(container, { onCaughtError: reportCaughtError }).render(
  <StrictMode>
    <AuthProvider convex={convex} api={api.auth}>
      <App />
    </AuthProvider>
  </StrictMode>,
);
