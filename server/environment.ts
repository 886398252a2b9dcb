import { refuse } from "./refuse.js";

/** What Convex gives functions of the environment. */
declare const process: { env: Record<string, string | undefined> };

/**
 * Reads an environment variable of the deployment.
 *
 * @throws `MISSING_ENV_VAR` when it is not set.
 */
export function environmentVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") {
    refuse(
      "MISSING_ENV_VAR",
      `the environment variable \`${name}\` is missing`,
    );
  }
  return value;
}
