import type { ReactNode } from "react";

/** The gatehouse with its two words. */
export function Logo(): ReactNode {
  return (
    <span className="logo">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect className="logo-ground" width="32" height="32" rx="7" />
        <path
          className="logo-figure"
          d="M7 26V9h4v3h3V9h4v3h3V9h4v17h-5v-5a4 4 0 0 0-8 0v5z"
        />
      </svg>
      <span className="logo-text">Gatehouse demo</span>
    </span>
  );
}
