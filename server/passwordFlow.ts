import { deliver, type PreparedDelivery, prepareDelivery } from "./delivery.js";
import type { UserProfile } from "./documents.js";
import type { AcceptedSignIn, ComponentSignInResult } from "./flowResult.js";
import { readIdentity } from "./identity.js";
import {
  optionalText,
  requireText,
  type SignInParameters,
} from "./parameters.js";
import type { DeliveryAdapter } from "./providers/delivery.js";
import type { PasswordHashing } from "./providers/provider.js";
import { accepted, refuse } from "./refuse.js";
import { sessionArguments } from "./settings.js";
import { flowArguments, type ProviderFlow, refuseFlow } from "./signInFlow.js";

/** What a provider of passwords is set up with. */
type PasswordSettings = {
  /** How its codes are made and sent. */
  adapter: DeliveryAdapter;
  /** Makes the user's fields from the sign-up form. */
  profile: (parameters: SignInParameters) => UserProfile & { extend?: unknown };
  /** What the component is told. */
  config: PasswordHashing & {
    provider: string;
    requireEmailVerification: boolean;
    codeDigits?: number;
    codeLifetimeMs?: number;
  };
};

type PasswordFlow = ProviderFlow & { settings: PasswordSettings };

const FLOWS: Record<string, (flow: PasswordFlow) => Promise<AcceptedSignIn>> = {
  async signUp(flow) {
    const { parameters, settings } = flow;
    const password = requireText(parameters, "password");
    const { extend, ...profile } = settings.profile(parameters);
    const prepared = await sendingArguments(
      flow,
      settings.config.requireEmailVerification,
    );
    const result = await flow.ctx.runMutation(flow.component.password.signUp, {
      ...prepared.args,
      password,
      profile,
      ...(extend === undefined ? {} : { extend }),
    });
    return await finish(flow, result, prepared.delivery);
  },

  async signIn(flow) {
    const password = requireText(flow.parameters, "password");
    const prepared = await sendingArguments(
      flow,
      flow.settings.config.requireEmailVerification,
    );
    const result = await flow.ctx.runMutation(flow.component.password.signIn, {
      ...prepared.args,
      password,
    });
    return await finish(flow, result, prepared.delivery);
  },

  async "email-verification"(flow) {
    const code = requireText(flow.parameters, "code");
    const result = await flow.ctx.runMutation(
      flow.component.password.verifyEmail,
      {
        ...(await identifierArguments(flow)),
        code,
        ...(flow.verifier === undefined ? {} : { verifier: flow.verifier }),
      },
    );
    return accepted(result);
  },

  async reset(flow) {
    const prepared = await sendingArguments(flow, true);
    const result = await flow.ctx.runMutation(
      flow.component.password.requestReset,
      prepared.args,
    );
    return await finish(flow, result, prepared.delivery);
  },

  async "reset-verification"(flow) {
    const code = requireText(flow.parameters, "code");
    const newPassword = requireText(flow.parameters, "newPassword");
    const result = await flow.ctx.runMutation(flow.component.password.reset, {
      ...(await identifierArguments(flow)),
      code,
      newPassword,
    });
    return accepted(result);
  },

  async change(flow) {
    const currentPassword = requireText(flow.parameters, "currentPassword");
    const newPassword = requireText(flow.parameters, "newPassword");
    const identity = await readIdentity(flow.ctx);
    if (identity === null) {
      refuse("NOT_SIGNED_IN", "sign in before you change the password");
    }
    const result = await flow.ctx.runMutation(flow.component.password.change, {
      config: flow.settings.config,
      sessionConfig: sessionArguments(flow.config),
      ...identity,
      currentPassword,
      newPassword,
    });
    return accepted(result);
  },
};

/**
 * Runs a flow of the password provider: one mutation, and an e-mail if the
 * flow sends one.
 */
export async function runPasswordFlow(
  flow: PasswordFlow,
): Promise<AcceptedSignIn> {
  const name = requireText(flow.parameters, "flow");
  const run = Object.hasOwn(FLOWS, name) ? FLOWS[name] : undefined;
  if (run === undefined) {
    refuseFlow(name, Object.keys(FLOWS));
  }
  return await run(flow);
}

/** What a flow that names an address tells the component. */
async function identifierArguments(flow: PasswordFlow) {
  const typed = requireText(flow.parameters, "email");
  const email = flow.settings.adapter.normalizeIdentifier?.(typed) ?? typed;
  return {
    ...(await flowArguments(flow)),
    config: flow.settings.config,
    email,
  };
}

/** The same for a flow that may send an e-mail. */
async function sendingArguments(flow: PasswordFlow, sends: boolean) {
  const args = await identifierArguments(flow);
  if (!sends) {
    return { args, delivery: null };
  }
  const redirectTo = optionalText(flow.parameters, "redirectTo");
  const delivery = await prepareDelivery(
    flow,
    flow.settings.adapter,
    redirectTo,
  );
  const customCode = await flow.settings.adapter.generateVerificationToken?.();
  return {
    args: { ...args, ...(customCode === undefined ? {} : { customCode }) },
    delivery,
  };
}

async function finish(
  flow: PasswordFlow,
  result: ComponentSignInResult,
  delivery: PreparedDelivery | null,
): Promise<AcceptedSignIn> {
  const answer = accepted(result);
  if (answer.kind === "started" && delivery !== null) {
    await deliver(flow.ctx, delivery, answer.delivery);
  }
  return answer;
}
