/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** The deployment's address; `npm start` and `npx convex dev` set it. */
  readonly VITE_CONVEX_URL?: string;
}
