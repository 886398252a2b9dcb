import type { ComponentApi } from "../component/_generated/component.js";
import type { ActionContext } from "./context.js";
import { environmentVariable } from "./environment.js";
import type {
  DeliveryAdapter,
  VerificationPurpose,
} from "./providers/delivery.js";
import { accepted, refuse } from "./refuse.js";
import type { AuthSettings } from "./settings.js";
import type { SignInFlow } from "./signInFlow.js";

/** An e-mail that can be sent as soon as there is a code. */
type PreparedDelivery = {
  send: NonNullable<DeliveryAdapter["sendVerificationRequest"]>;
  /** Where the link in it leads to, if it has one. */
  target: URL | null;
};

/** What the component wants to be sent. */
type Delivery = {
  purpose: VerificationPurpose;
  identifier: string;
  code?: string;
  expirationTime?: number;
};

/**
 * Makes sure, before anything is stored, that an e-mail can be sent and that
 * its link is allowed.
 *
 * @throws `EMAIL_CONFIG_REQUIRED` when the provider cannot send e-mail,
 *   `INVALID_REDIRECT` when the link would lead outside the app.
 */
export async function prepareDelivery(
  flow: SignInFlow,
  adapter: DeliveryAdapter,
  redirectTo: string | undefined,
): Promise<PreparedDelivery> {
  const send = adapter.sendVerificationRequest;
  if (send === undefined) {
    refuse(
      "EMAIL_CONFIG_REQUIRED",
      "this flow sends e-mail; give the provider `sendVerificationRequest`",
    );
  }
  return {
    send,
    target:
      redirectTo === undefined ? null : await resolveRedirect(flow, redirectTo),
  };
}

/**
 * Sends an e-mail.
 *
 * @throws `EMAIL_SEND_FAILED` when the app could not hand it over. The cause is
 *   logged, without the code.
 */
export async function deliver(
  ctx: ActionContext,
  { send, target }: PreparedDelivery,
  { purpose, identifier, code, expirationTime }: Delivery,
): Promise<void> {
  const request = {
    purpose,
    identifier,
    ...(code !== undefined && { token: code }),
    ...(expirationTime !== undefined && { expires: new Date(expirationTime) }),
    ...(target && {
      url: link(target, code === undefined ? {} : { code, email: identifier }),
    }),
  };
  if (!(await isHandedOver(() => send(request, ctx), code))) {
    refuse("EMAIL_SEND_FAILED", "the e-mail could not be sent; try again");
  }
}

/**
 * Hands an e-mail to the app. An error is logged, without the secret that it
 * may quote from the message.
 *
 * @returns Whether the app took it.
 */
export async function isHandedOver(
  send: () => Promise<void>,
  secret: string | undefined,
): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    console.error("An e-mail could not be sent:", causeOf(error, secret));
    return false;
  }
}

/** A link that leads to `target` and takes parameters along. */
export function link(target: URL, parameters: Record<string, string>): string {
  const url = new URL(target);
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  return url.href;
}

/** What a redirect is resolved with. */
type RedirectContext = {
  ctx: ActionContext;
  component: ComponentApi;
  config: AuthSettings;
};

/**
 * Where a link in an e-mail leads to.
 *
 * @throws `INVALID_REDIRECT` when that is outside the app.
 */
export async function resolveRedirect(
  { ctx, component, config }: RedirectContext,
  redirectTo: string,
): Promise<URL> {
  const callback = config.callbacks?.redirect;
  if (callback !== undefined) {
    return new URL(await callback({ redirectTo }));
  }
  const answer = await ctx.runQuery(component.redirect.resolve, {
    target: redirectTo,
    siteUrl: environmentVariable("SITE_URL"),
    allowedOrigins: config.allowedRedirectOrigins ?? [],
  });
  return new URL(accepted(answer).url);
}

function causeOf(error: unknown, secret: string | undefined): string {
  const text = error instanceof Error ? error.message : String(error);
  return secret === undefined ? text : text.replaceAll(secret, "•••");
}
