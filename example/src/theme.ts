/** The chosen colours; `index.html` applies them before the first paint. */

import { useState } from "react";

/** What a person can choose. */
export type Theme = "system" | "light" | "dark";

const STORAGE_KEY = "theme";

function readTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === "light" || theme === "dark" ? theme : "system";
}

function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = theme;
  }
  try {
    if (theme === "system") {
      localStorage.removeItem(STORAGE_KEY);
    } else {
      localStorage.setItem(STORAGE_KEY, theme);
    }
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

/** The chosen theme, and a function that chooses another one. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(readTheme);
  return [
    theme,
    (chosen) => {
      applyTheme(chosen);
      setTheme(chosen);
    },
  ];
}
