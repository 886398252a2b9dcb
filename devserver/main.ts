import process from "node:process";
import { register } from "convex-gatehouse/test";
import { PortTakenError, startDevserver } from "./index.js";

/** Where the server listens unless `CONVEX_PORT` says otherwise. */
const DEFAULT_PORT = 3210;
const CONVEX_DIRECTORY = "example/convex";

/**
 * The host's variables that the app gets as its deployment's: where the app
 * is, and the credentials of sign-in providers.
 */
const DEPLOYMENT_VARIABLE = /^(SITE_URL|AUTH_\w+)$/;

/** The port that the environment asks for; `null` when it is not one. */
function portFromEnvironment(value: string | undefined): number | null {
  if (value === undefined || value === "") {
    return DEFAULT_PORT;
  }
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  return port <= 65_535 ? port : null;
}

function deploymentEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && DEPLOYMENT_VARIABLE.test(name)) {
      environment[name] = value;
    }
  }
  return environment;
}

async function main(): Promise<void> {
  const port = portFromEnvironment(process.env.CONVEX_PORT);
  if (port === null) {
    throw new Error("CONVEX_PORT must be a port: a number from 0 to 65535.");
  }
  // A promise that an app's function forgot may fail at any time; that is the
  // function's error, and the server goes on.
  const report = (error: unknown) => console.error("Uncaught", error);
  const server = await startDevserver({
    convexDirectory: CONVEX_DIRECTORY,
    port,
    register,
    environment: deploymentEnvironment(),
    watch: true,
  });
  process.on("unhandledRejection", report);
  process.on("uncaughtException", report);
  console.log(`Convex: ${server.url}`);
  console.log("State lives in memory only: it is gone when the server stops.");
  const stop = () => void server.stop().finally(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

main().catch((error: unknown) => {
  console.error(
    error instanceof PortTakenError
      ? `${error.message}; choose another with CONVEX_PORT.`
      : error instanceof Error
        ? error.message
        : error,
  );
  process.exit(1);
});
