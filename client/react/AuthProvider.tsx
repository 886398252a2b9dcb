/** The one provider that an app writes. */

import { ConvexProvider, ConvexProviderWithAuth } from "convex/react";
import type { ConvexReactClient } from "convex/react";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import type { AuthClient } from "../authClient.js";
import type { AuthClientSettings } from "../authClientOptions.js";
import { createAuthClient } from "../createAuthClient.js";
import { AuthContext } from "./authContext.js";
import { useConvexAuthSource } from "./convexAuthSource.js";

/** Properties of {@link AuthProvider} when it makes the client itself. */
export interface OwnedClientProps extends AuthClientSettings {
  /** The Convex client, for authentication and for all hooks of Convex. */
  convex: ConvexReactClient;
  client?: undefined;
  /** What may use the hooks. */
  children?: ReactNode;
}

/** Properties of {@link AuthProvider} when the app has made the client. */
export interface GivenClientProps {
  /** The client, made by `createAuthClient`. */
  client: AuthClient;
  /**
   * The Convex client to provide and to authenticate. Without it the app
   * writes its own Convex provider below this one.
   */
  convex?: ConvexReactClient;
  /** What may use the hooks. */
  children?: ReactNode;
}

/** Properties of {@link AuthProvider}. */
export type AuthProviderProps = OwnedClientProps | GivenClientProps;

/**
 * Provides authentication and, given `convex`, the Convex client itself:
 * `<AuthProvider convex={convex} api={api.auth}>` is all that an app needs, and
 * Convex's `Authenticated`, `Unauthenticated`, `AuthLoading` and
 * `useConvexAuth` work below it.
 *
 * Settings are read when the provider mounts; give it another `key` to change
 * them.
 */
export function AuthProvider(props: AuthProviderProps): ReactNode {
  return props.client === undefined ? (
    <OwnedClientProvider {...props} />
  ) : (
    <ClientProvider {...props} />
  );
}

function OwnedClientProvider({ children, ...settings }: OwnedClientProps) {
  // Making a client has no effects, so that the second one which StrictMode
  // makes can simply be dropped.
  const [client] = useState(() => createAuthClient(settings));
  // A closed client opens again when it is used, as after StrictMode's trial
  // unmount.
  useEffect(() => () => client.close(), [client]);
  return (
    <ClientProvider client={client} convex={settings.convex}>
      {children}
    </ClientProvider>
  );
}

function ClientProvider({ client, convex, children }: GivenClientProps) {
  const isConnected = convex !== undefined;
  const value = useMemo(() => ({ client, isConnected }), [client, isConnected]);
  return (
    <AuthContext.Provider value={value}>
      {convex === undefined ? (
        children
      ) : (
        <ConnectedProvider client={client} convex={convex}>
          {children}
        </ConnectedProvider>
      )}
    </AuthContext.Provider>
  );
}

function ConnectedProvider({
  client,
  convex,
  children,
}: {
  client: AuthClient;
  convex: ConvexReactClient;
  children?: ReactNode;
}) {
  // Convex reports the server's decision only to who calls `setAuth`. So the
  // stand-in is authenticated, which passes everything on, and the real client
  // is what the children get.
  const target = useMemo(() => client.authTarget(convex), [client, convex]);
  const [useSource] = useState(
    () =>
      function useAuthOfClient() {
        return useConvexAuthSource(client);
      },
  );
  return (
    <ConvexProviderWithAuth client={target} useAuth={useSource}>
      <ConvexProvider client={convex}>{children}</ConvexProvider>
    </ConvexProviderWithAuth>
  );
}
