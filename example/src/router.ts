/** The few lines of routing that the demo needs. */

import { useSyncExternalStore } from "react";

/** The pages, by their path. */
export type Path =
  | "/"
  | "/sign-in"
  | "/sign-up"
  | "/forgot-password"
  | "/profile"
  | "/sessions"
  | "/activity"
  | "/outbox";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

/** The present path, without a slash at its end. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () =>
    window.location.pathname.replace(/(.)\/+$/, "$1"),
  );
}

/** Goes to a page without loading the document anew. */
export function navigate(path: Path): void {
  window.history.pushState(null, "", path);
  pathChanged();
  window.scrollTo({ top: 0 });
}

/** Puts a page in the place of the present one: nobody wants to go back. */
export function redirect(path: Path): void {
  window.history.replaceState(null, "", path);
  pathChanged();
}

function pathChanged(): void {
  for (const listener of [...listeners]) {
    listener();
  }
}
