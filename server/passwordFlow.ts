import { sessionArguments } from "./config.js";
import { deliver, type PreparedDelivery, prepareDelivery } from "./delivery.js";
import { readIdentity } from "./identity.js";
import { optionalText, requireText } from "./parameters.js";
import type {
  PasswordProvider,
  SignInParameters,
} from "./providers/password.js";
import { accepted, refuse } from "./refuse.js";
import {
  type ComponentSignInResult,
  flowArguments,
  refuseFlow,
  type SignInFlow,
} from "./signInFlow.js";

type Accepted = Exclude<ComponentSignInResult, { kind: "refused" }>;

type PasswordFlow = SignInFlow & {
  provider: PasswordProvider;
  parameters: SignInParameters;
  verifier: string | undefined;
};

const FLOWS = {
  signUp,
  signIn,
  "email-verification": verifyEmail,
  reset: requestReset,
  "reset-verification": reset,
  change,
} as const;

/**
 * Runs a flow of the password provider: one mutation, and an e-mail if the
 * flow sends one.
 */
export async function runPasswordFlow(flow: PasswordFlow): Promise<Accepted> {
  const name = requireText(flow.parameters, "flow");
  if (!Object.hasOwn(FLOWS, name)) {
    refuseFlow(name, Object.keys(FLOWS));
  }
  return await FLOWS[name as keyof typeof FLOWS](flow);
}

async function signUp(flow: PasswordFlow): Promise<Accepted> {
  const { parameters, provider } = flow;
  const password = requireText(parameters, "password");
  const { extend, ...profile } = provider.profile(parameters);
  const prepared = await sendingArguments(
    flow,
    provider.config.requireEmailVerification,
  );
  const result = await flow.ctx.runMutation(flow.component.password.signUp, {
    ...prepared.args,
    ...{ password, profile },
    ...(extend === undefined ? {} : { extend }),
  });
  return await finish(flow, result, prepared.delivery);
}

async function signIn(flow: PasswordFlow): Promise<Accepted> {
  const password = requireText(flow.parameters, "password");
  const prepared = await sendingArguments(
    flow,
    flow.provider.config.requireEmailVerification,
  );
  const result = await flow.ctx.runMutation(flow.component.password.signIn, {
    ...prepared.args,
    password,
  });
  return await finish(flow, result, prepared.delivery);
}

async function requestReset(flow: PasswordFlow): Promise<Accepted> {
  const prepared = await sendingArguments(flow, true);
  const result = await flow.ctx.runMutation(
    flow.component.password.requestReset,
    prepared.args,
  );
  return await finish(flow, result, prepared.delivery);
}

async function reset(flow: PasswordFlow): Promise<Accepted> {
  const code = requireText(flow.parameters, "code");
  const newPassword = requireText(flow.parameters, "newPassword");
  const result = await flow.ctx.runMutation(flow.component.password.reset, {
    ...(await identifierArguments(flow)),
    ...{ code, newPassword },
  });
  return accepted(result);
}

async function verifyEmail(flow: PasswordFlow): Promise<Accepted> {
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
}

async function change(flow: PasswordFlow): Promise<Accepted> {
  const currentPassword = requireText(flow.parameters, "currentPassword");
  const newPassword = requireText(flow.parameters, "newPassword");
  const identity = await readIdentity(flow.ctx);
  if (identity === null) {
    refuse("NOT_SIGNED_IN", "sign in before you change the password");
  }
  const result = await flow.ctx.runMutation(flow.component.password.change, {
    config: flow.provider.config,
    sessionConfig: sessionArguments(flow.config),
    ...identity,
    ...{ currentPassword, newPassword },
  });
  return accepted(result);
}

/** What a flow that names an address tells the component. */
async function identifierArguments(flow: PasswordFlow) {
  const typed = requireText(flow.parameters, "email");
  const email = flow.provider.normalizeIdentifier?.(typed) ?? typed;
  return {
    ...(await flowArguments(flow)),
    config: flow.provider.config,
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
  const delivery = await prepareDelivery(flow, flow.provider, redirectTo);
  const customCode = await flow.provider.generateVerificationToken?.();
  return {
    args: { ...args, ...(customCode === undefined ? {} : { customCode }) },
    delivery,
  };
}

async function finish(
  flow: PasswordFlow,
  result: ComponentSignInResult,
  delivery: PreparedDelivery | null,
): Promise<Accepted> {
  const answer = accepted(result);
  if (answer.kind === "started" && delivery !== null) {
    await deliver(flow.ctx, delivery, answer.delivery);
  }
  return answer;
}
