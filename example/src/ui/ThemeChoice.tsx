import type { ReactNode } from "react";
import { useTheme, type Theme } from "../theme";
import { Icon, type IconName } from "./Icon";

const CHOICES: readonly { theme: Theme; label: string; icon: IconName }[] = [
  { theme: "light", label: "Light", icon: "sun" },
  { theme: "dark", label: "Dark", icon: "moon" },
  { theme: "system", label: "System", icon: "computer" },
];

/** Chooses the colours. */
export function ThemeChoice(): ReactNode {
  const [theme, setTheme] = useTheme();
  return (
    <fieldset className="theme-choice">
      <legend className="visually-hidden">Theme</legend>
      {CHOICES.map((choice) => (
        <label key={choice.theme}>
          <input
            type="radio"
            name="theme"
            className="visually-hidden"
            checked={choice.theme === theme}
            onChange={() => setTheme(choice.theme)}
          />
          <Icon name={choice.icon} />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
