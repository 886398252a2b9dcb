import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // `npx convex dev` writes VITE_CONVEX_URL to `.env.local` at the top.
  envDir: "..",
  optimizeDeps: {
    // Named, because a package that is found only while the page loads makes
    // the page load again.
    include: [
      "react",
      "react/jsx-dev-runtime",
      "react/jsx-runtime",
      "react-dom",
      "react-dom/client",
      "convex/browser",
      "convex/react",
      "convex/server",
      "convex/values",
    ],
  },
});
