import type { ConnectionPlan } from "./connectionPlan.js";
import type { Engine } from "./engine.js";
import type { DevserverLog } from "./functionLog.js";
import type { TokenVerifier } from "./identity.js";
import type { LiveQueries } from "./liveQueries.js";
import type { MutationRecords } from "./mutationRecords.js";
import type { CommitClock } from "./timestamps.js";

/** The parts of one running server that its connections and requests share. */
export interface Deployment {
  /** The server's own address, without a slash at its end. */
  readonly url: string;
  readonly engine: Engine;
  readonly clock: CommitClock;
  readonly liveQueries: LiveQueries<ConnectionPlan>;
  readonly mutationRecords: MutationRecords;
  /** Changes when the app's `auth.config.ts` is loaded again. */
  verifier: TokenVerifier;
  readonly log: DevserverLog;
  /** Whether `X-Forwarded-For` names the caller. */
  readonly trustProxy: boolean;
}
