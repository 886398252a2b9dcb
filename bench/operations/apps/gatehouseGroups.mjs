/**
 * The operations of organizations on Gatehouse, as functions of an app: each
 * asks who the user is and what they may do, session included, and acts.
 */
import { convexTest } from "convex-test";
import { register } from "convex-gatehouse/test";
import { anyApi, defineSchema } from "convex/server";
import { Seed } from "../../groups/seed.mjs";
import { claims, person, predecessor } from "../operations.mjs";

export const label = "Gatehouse";

/**
 * @param {import("../recorder.mjs").OperationRecorder} recorder
 * @returns {Promise<import("../groupOperations.mjs").GroupOperations>}
 */
export async function prepare(recorder) {
  // The same as the peer's, since both run at once where times are compared.
  process.env.CONVEX_SITE_URL = "https://some.convex.site";
  process.env.SITE_URL = "https://app.example.com";

  const backend = convexTest({
    schema: defineSchema({}),
    modules: recorder.countedModules(
      {
        "./_generated/api.js": async () => ({}),
        "./auth.js": () => import("./gatehouseGroups/auth.mjs"),
      },
      "",
    ),
    transactionLimits: true,
  });
  register(recorder.countedBackend(backend), "auth");

  const { auth } = anyApi;
  /** @param {{ email: string, name: string, password: string }} account */
  const signUp = async ({ email, name, password }) => {
    const { tokens } = await backend.action(auth.signIn, {
      provider: "password",
      params: { flow: "signUp", email, name, password },
    });
    const { sub: subject, iss: issuer, sid } = claims(tokens.token);
    return backend.withIdentity({ subject, issuer, sid });
  };
  const owner = await signUp(predecessor);
  const invited = await signUp(person);

  let groupId = "";
  let token = "";
  return {
    create: async () => {
      groupId = await owner.mutation(auth.create, {
        name: "Analytical Engines",
        slug: "analytical-engines",
      });
    },
    invite: async () => {
      token = await owner.mutation(auth.invite, {
        groupId,
        email: person.email,
      });
    },
    accept: () => invited.mutation(auth.accept, { token }),
    permission: () => owner.query(auth.mayInvite, { groupId }),
    members: () => owner.query(auth.members, { groupId }),
    remove: () => owner.mutation(auth.remove, { groupId }),
    addMembers: async (count) => {
      const seed = new Seed(backend, "auth");
      const userIds = await seed.users("member", count);
      await seed.members(userIds.map((userId) => ({ groupId, userId })));
    },
  };
}
