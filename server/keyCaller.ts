import type { ComponentApi } from "../component/_generated/component.js";
import type { AuthContext, QueryContext } from "./context.js";
import { readKeyIdentity } from "./identity.js";
import { keySettings } from "./keysConfig.js";
import type { RequestArguments } from "./permissionRequest.js";
import { accepted } from "./refuse.js";
import type { AuthSettings } from "./settings.js";
import { type VerifiedKey, verifiedKey } from "./verifiedKey.js";

/** An API key that calls with a token for which it was exchanged. */
export type KeyCaller =
  | {
      /** The user who owns the key. */
      userId: string;
      sessionId: null;
      key: VerifiedKey;
    }
  | {
      /** A group owns the key. */
      userId: null;
      sessionId: null;
      key: VerifiedKey;
    };

/** What is asked of a key that calls, as the component takes it. */
type KeyQuestion = {
  /** What the key has to be made for. */
  scope?: RequestArguments;
  /** What is to be done in a group. */
  group?: {
    groupId: string | null;
    request?: RequestArguments;
  };
};

/**
 * The API key of the caller's token, after a look at the key's row, or `null` if
 * the caller has no such token.
 *
 * @throws What `keyUse.authorize` of the component refuses with.
 */
export async function readKeyCaller(
  component: ComponentApi,
  config: AuthSettings,
  ctx: AuthContext & QueryContext,
  question: KeyQuestion,
): Promise<(KeyCaller & { groupId?: string; roles: string[] }) | null> {
  const token = await readKeyIdentity(ctx);
  if (token === null) {
    return null;
  }
  const { identity, groupId, roles } = accepted(
    await ctx.runQuery(component.keyUse.authorize, {
      ...keySettings(config),
      ...question,
      keyId: token.keyId,
      tokenScope: token.scope,
    }),
  );
  const key = verifiedKey(identity);
  const { userId = null } = key;
  return { userId, sessionId: null, key, groupId, roles };
}
