import type {
  DefaultFunctionArgs,
  FunctionArgs,
  FunctionReference,
} from "convex/server";
import { deliver, prepareDelivery } from "./delivery.js";
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
import { mutate, refuse } from "./refuse.js";
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
    const { component, parameters, settings } = flow;
    const { extend, ...profile } = settings.profile(parameters);
    return await step(flow, component.password.signUp, {
      args: { password: requireText(parameters, "password"), profile, extend },
      sends: settings.config.requireEmailVerification,
    });
  },

  async signIn(flow) {
    const { component, parameters, settings } = flow;
    return await step(flow, component.password.signIn, {
      args: { password: requireText(parameters, "password") },
      sends: settings.config.requireEmailVerification,
    });
  },

  async "email-verification"(flow) {
    const { component, parameters, verifier } = flow;
    return await step(flow, component.password.verifyEmail, {
      args: { code: requireText(parameters, "code"), verifier },
    });
  },

  async reset(flow) {
    const { requestReset } = flow.component.password;
    return await step(flow, requestReset, { args: {}, sends: true });
  },

  async "reset-verification"(flow) {
    const { component, parameters } = flow;
    return await step(flow, component.password.reset, {
      args: {
        code: requireText(parameters, "code"),
        newPassword: requireText(parameters, "newPassword"),
      },
    });
  },

  async change({ ctx, component, config, parameters, settings }) {
    const currentPassword = requireText(parameters, "currentPassword");
    const newPassword = requireText(parameters, "newPassword");
    const identity = await readIdentity(ctx);
    if (identity === null) {
      refuse("NOT_SIGNED_IN", "sign in before you change the password");
    }
    return await mutate(ctx, component.password.change, {
      config: settings.config,
      sessionConfig: sessionArguments(config),
      ...identity,
      currentPassword,
      newPassword,
    });
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

/** A mutation of a flow that names an address. */
type Step = FunctionReference<
  "mutation",
  "internal",
  DefaultFunctionArgs,
  ComponentSignInResult
>;

/** What all of them are told, and those that may send an e-mail. */
type CommonArguments = Awaited<ReturnType<typeof flowArguments>> & {
  config: PasswordSettings["config"];
  email: string;
  customCode?: string;
};

/**
 * Runs the mutation of a flow that names an address, and sends the e-mail that
 * its answer asks for.
 *
 * @param sends Whether the flow may send one.
 */
async function step<Mutation extends Step>(
  flow: PasswordFlow,
  mutation: Mutation,
  {
    args,
    sends = false,
  }: {
    args: Omit<FunctionArgs<Mutation>, keyof CommonArguments>;
    sends?: boolean;
  },
): Promise<AcceptedSignIn> {
  const { ctx, parameters, settings } = flow;
  const { adapter, config } = settings;
  const typed = requireText(parameters, "email");
  const email = adapter.normalizeIdentifier?.(typed) ?? typed;
  const common = await flowArguments(flow);
  const delivery =
    sends &&
    (await prepareDelivery(
      flow,
      adapter,
      optionalText(parameters, "redirectTo"),
    ));
  const customCode = sends
    ? await adapter.generateVerificationToken?.()
    : undefined;
  const answer = await mutate(ctx, mutation as Step, {
    ...common,
    config,
    email,
    customCode,
    ...args,
  });
  if (answer.kind === "started" && delivery) {
    await deliver(ctx, delivery, answer.delivery);
  }
  return answer;
}
