import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from "jose";
import type { AuthConfig, AuthProvider } from "convex/server";
import { identityAttributes, type IdentityAttributes } from "./claims.js";

/** Who a verified token speaks for. */
export interface VerifiedIdentity {
  /** What `ctx.auth.getUserIdentity()` returns. */
  readonly attributes: IdentityAttributes;
  /** When the token expires, in Unix milliseconds. */
  readonly expiresAt: number;
  /** Equal for identities that no function can tell apart. */
  readonly key: string;
}

/** A token that proves nothing; its message is for the client. */
export class InvalidTokenError extends Error {}

const DEFAULT_OIDC_ALGORITHMS = ["RS256", "ES256"];

/**
 * Verifies tokens against the providers of an app's `auth.config.ts`, as a
 * deployment does: issuer, audience, algorithm, expiry and signature.
 */
export class TokenVerifier {
  readonly #providers: readonly AuthProvider[];
  readonly #keySets = new Map<string, Promise<JWTVerifyGetKey>>();
  readonly #now: () => number;

  /**
   * @param config the default export of `auth.config.ts`; without one every
   *   token is refused.
   * @param now the present time in Unix milliseconds.
   */
  constructor(config: AuthConfig | undefined, now: () => number) {
    this.#providers = config?.providers ?? [];
    this.#now = now;
  }

  /**
   * Verifies a token.
   *
   * @throws {InvalidTokenError} when no provider vouches for it.
   */
  async verify(token: string): Promise<VerifiedIdentity> {
    const claimed = unverifiedClaims(token);
    const candidates = this.#providers.filter((provider) =>
      isIssuedBy(provider, claimed.iss),
    );
    let reason =
      "No auth provider found matching the given token: its issuer is not " +
      "one of the app's auth.config.ts";
    for (const provider of candidates) {
      try {
        return await this.#verifyWith(provider, token);
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
      }
    }
    throw new InvalidTokenError(`Could not verify the token: ${reason}`);
  }

  /** Whether the identity's token has expired. */
  isExpired(identity: VerifiedIdentity): boolean {
    return identity.expiresAt <= this.#now();
  }

  async #verifyWith(
    provider: AuthProvider,
    token: string,
  ): Promise<VerifiedIdentity> {
    const isCustom = "type" in provider;
    const { payload } = await jwtVerify(token, await this.#keySet(provider), {
      algorithms: isCustom ? [provider.algorithm] : DEFAULT_OIDC_ALGORITHMS,
      ...(provider.applicationID === undefined
        ? {}
        : { audience: provider.applicationID }),
      requiredClaims: ["iss", "sub", "exp", "iat"],
      currentDate: new Date(this.#now()),
    });
    const attributes = identityAttributes(payload, isCustom);
    return {
      attributes,
      expiresAt: (payload.exp ?? 0) * 1000,
      key: JSON.stringify(attributes),
    };
  }

  /** The provider's keys, kept until a token names one that is not there. */
  async #keySet(provider: AuthProvider): Promise<JWTVerifyGetKey> {
    const id = "type" in provider ? provider.jwks : provider.domain;
    let keySet = this.#keySets.get(id);
    if (keySet === undefined) {
      keySet = openKeySet(provider);
      this.#keySets.set(id, keySet);
      // A provider that could not be reached is asked again next time.
      keySet.catch(() => this.#keySets.delete(id));
    }
    return await keySet;
  }
}

function unverifiedClaims(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw new InvalidTokenError("Could not parse the token as a JWT");
  }
}

function isIssuedBy(
  provider: AuthProvider,
  issuer: string | undefined,
): boolean {
  if (issuer === undefined) {
    return false;
  }
  return "type" in provider
    ? provider.issuer === issuer
    : withoutTrailingSlash(withScheme(provider.domain)) ===
        withoutTrailingSlash(withScheme(issuer));
}

async function openKeySet(provider: AuthProvider): Promise<JWTVerifyGetKey> {
  if (!("type" in provider)) {
    return remoteKeySet(await discoverKeySet(provider.domain));
  }
  if (!provider.jwks.startsWith("data:")) {
    return remoteKeySet(provider.jwks);
  }
  const response = await fetch(provider.jwks);
  return createLocalJWKSet((await response.json()) as JSONWebKeySet);
}

/** OpenID Connect Discovery 1.0, section 4. */
async function discoverKeySet(domain: string): Promise<string> {
  const base = withoutTrailingSlash(withScheme(domain));
  const response = await fetch(`${base}/.well-known/openid-configuration`);
  if (!response.ok) {
    throw new InvalidTokenError(
      `OIDC discovery of ${base} answered ${response.status}`,
    );
  }
  const configuration = (await response.json()) as { jwks_uri?: unknown };
  if (typeof configuration.jwks_uri !== "string") {
    throw new InvalidTokenError(`OIDC discovery of ${base} names no jwks_uri`);
  }
  return configuration.jwks_uri;
}

function remoteKeySet(address: string): JWTVerifyGetKey {
  // Keys are made and rotated while the server runs, often within seconds of
  // the last fetch, so a key that is not known yet is always looked for.
  return createRemoteJWKSet(new URL(address), { cooldownDuration: 0 });
}

function withScheme(domain: string): string {
  return /^https?:\/\//.test(domain) ? domain : `https://${domain}`;
}

function withoutTrailingSlash(address: string): string {
  return address.replace(/\/$/, "");
}
