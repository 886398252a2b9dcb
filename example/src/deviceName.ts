/** What kind of device a user agent string speaks of. */

/** A device as a person would name it. */
export interface Device {
  /** The browser, as `Firefox`, or `null`. */
  browser: string | null;
  /** The operating system, as `Windows`, or `null`. */
  system: string | null;
  /** What it looks like. */
  kind: "computer" | "phone" | "tablet" | "unknown";
}

/** Most browsers name others as well, so the more special name comes first. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\/|\bOPT\//, "Opera"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bDuckDuckGo\//, "DuckDuckGo"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\b(?:Headless)?Chrome\/|\bChromium\/|\bCriOS\//, "Chrome"],
  [/\bVersion\/[\d.]+ .*Safari\//, "Safari"],
  [/\bcurl\//, "curl"],
  [/\bnode\b|\bundici\b/i, "Node.js"],
];

const SYSTEMS: readonly (readonly [RegExp, string, Device["kind"]])[] = [
  [/\biPhone\b|\biPod\b/, "iPhone", "phone"],
  [/\biPad\b/, "iPad", "tablet"],
  [/\bAndroid\b.*\bMobile\b/, "Android", "phone"],
  [/\bAndroid\b/, "Android", "tablet"],
  [/\bCrOS\b/, "ChromeOS", "computer"],
  [/\bWindows\b/, "Windows", "computer"],
  [/\bMacintosh\b|\bMac OS X\b/, "macOS", "computer"],
  [/\bLinux\b|\bX11\b/, "Linux", "computer"],
];

/**
 * Reads a user agent string. It says what its sender wants it to say, so it
 * helps people to recognise their devices and proves nothing.
 *
 * @param userAgent - The header's value, or nothing.
 */
export function readDevice(userAgent: string | null | undefined): Device {
  const text = userAgent ?? "";
  const browser = BROWSERS.find(([pattern]) => pattern.test(text));
  const system = SYSTEMS.find(([pattern]) => pattern.test(text));
  return {
    browser: browser?.[1] ?? null,
    system: system?.[1] ?? null,
    kind: system?.[2] ?? "unknown",
  };
}

/**
 * The device's name: `Firefox on Windows`.
 *
 * @param device - From {@link readDevice}.
 */
export function deviceName({ browser, system }: Device): string {
  if (browser !== null && system !== null) {
    return `${browser} on ${system}`;
  }
  return browser ?? system ?? "Unknown device";
}
