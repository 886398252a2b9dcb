/** The example app, running. */
import { serveBuiltApp } from "./builtApp.js";
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
 * Starts what `npm start` starts, but with the app built as it is for a real
 * deployment: a browser loads one file in place of hundreds, which is most of
 * what a test costs. One demo can serve every test.
 */
export async function startBuiltDemo(): Promise<OwnDemo> {
  const appPort = await freePort();
  const appUrl = `http://localhost:${appPort}`;
  const server = startProgram("devserver/run.mjs", {
    CONVEX_PORT: "0",
    SITE_URL: appUrl,
  });
  const convexUrl = await server.prints(/^Convex: (.*)\n/m);
  const stopApp = await serveBuiltApp(convexUrl, appPort);
  return {
    ...{ appUrl, convexUrl },
    stop: async () => {
      await stopApp();
      await server.stop();
    },
  };
}
