/** The example app, running. */
import { freePort, startProgram } from "./program.js";

/** Where a running demo is. */
export type Demo = {
  /** Where the example app is. */
  appUrl: string;
  /** Where the embedded server is. */
  convexUrl: string;
};

/** A demo that the test itself has started. */
export type OwnDemo = Demo & {
  /** Stops the app and the server. */
  stop(): Promise<void>;
};

/**
 * Starts the demo as a newcomer does, by `npm start`, on free ports, and waits
 * until it says where it is.
 */
export async function npmStart(): Promise<OwnDemo> {
  const convexPort = await freePort();
  const appPort = await freePort();
  const program = startProgram("scripts/start.mjs", {
    CONVEX_PORT: String(convexPort),
    APP_PORT: String(appPort),
  });
  return {
    appUrl: await program.prints(/^App: (.*)\n/m),
    convexUrl: `http://127.0.0.1:${convexPort}`,
    stop: () => program.stop(),
  };
}

/**
 * Starts a server for an app that runs already. Each file of tests has its own:
 * many people who sign up from one address are kept waiting.
 *
 * @param appUrl Where the app is.
 */
export async function startServer(appUrl: string): Promise<OwnDemo> {
  const server = startProgram("devserver/run.mjs", {
    CONVEX_PORT: "0",
    SITE_URL: appUrl,
  });
  return {
    appUrl,
    convexUrl: await server.prints(/^Convex: (.*)\n/m),
    stop: () => server.stop(),
  };
}
