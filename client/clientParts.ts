/** What a client is made of that its options decide. */

import type { AuthClientOptions } from "./authClientOptions.js";
import { urlOf } from "./convexConnection.js";
import { completeEnvironment, type Environment } from "./environment.js";
import { OwedSecondFactors } from "./owedSecondFactors.js";
import { PendingVerifier } from "./pendingVerifier.js";
import { ReplacementNotice } from "./replacementNotice.js";
import { SessionCalls } from "./sessionCalls.js";
import type { SignInsDependencies } from "./signIns.js";
import {
  browserStorage,
  createResilientStorage,
  namespaceOf,
  type AuthStorage,
} from "./storage.js";
import { Transport } from "./transport.js";
import { TrustedDevices } from "./trustedDevices.js";

/** The parts. */
interface ClientParts {
  /** What the surroundings offer. */
  environment: Environment;
  /** Calls of the app's functions. */
  calls: SessionCalls;
  /** A storage that does not fail. */
  storage: Required<AuthStorage>;
  /** Tells deployments apart. */
  namespace: string;
  /** Milliseconds that one refresh attempt may take. */
  refreshTimeoutMs: number;
  /** What sign-ins work with, besides the client itself. */
  signIns: Pick<
    SignInsDependencies,
    "calls" | "verifier" | "devices" | "owed" | "notice"
  >;
}

/**
 * Makes the parts of a client, with defaults for what the options leave open.
 *
 * @param options - The client's.
 * @throws Error when the address of the deployment is not known.
 */
export function clientParts(options: AuthClientOptions): ClientParts {
  const environment = completeEnvironment(options);
  const { convex, refreshTimeoutMs = 7_000, callTimeoutMs = 30_000 } = options;
  const url = options.url ?? (convex === undefined ? "" : urlOf(convex));
  if (url === "") {
    throw new Error("createAuthClient needs the option `convex` or `url`.");
  }
  const calls = new SessionCalls({
    transport: new Transport(
      url,
      // A Convex client has made its own check of the address already.
      options.skipConvexDeploymentUrlCheck ?? convex !== undefined,
      environment,
    ),
    api: options.api,
    now: environment.now,
    ...{ callTimeoutMs, refreshTimeoutMs },
  });
  const storage = createResilientStorage(options.storage ?? browserStorage());
  const namespace = options.storageNamespace ?? namespaceOf(url);
  const place = [storage, namespace] as const;
  return {
    ...{ environment, calls, storage, namespace, refreshTimeoutMs },
    signIns: {
      calls,
      verifier: new PendingVerifier(...place),
      devices: new TrustedDevices(...place),
      owed: new OwedSecondFactors(),
      notice: new ReplacementNotice(...place, environment, callTimeoutMs),
    },
  };
}
