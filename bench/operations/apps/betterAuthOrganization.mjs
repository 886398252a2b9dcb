/**
 * The operations of organizations on Better Auth in Convex: as its browser
 * client calls them, and the permission check as a function of the app does.
 */
import { convexTest } from "convex-test";
import { anyApi, defineSchema } from "convex/server";
import { numbers, Seed } from "../../groups/seed.mjs";
import { claims, person, predecessor } from "../operations.mjs";
import { BetterAuthClient } from "./betterAuthClient.mjs";
import { schema } from "./betterAuthOrganization/schema.mjs";

export const label = "Better Auth, organization plugin";

/**
 * @param {import("../recorder.mjs").OperationRecorder} recorder
 * @returns {Promise<import("../groupOperations.mjs").GroupOperations>}
 */
export async function prepare(recorder) {
  process.env.CONVEX_SITE_URL = "https://some.convex.site";
  process.env.SITE_URL = "https://some.convex.site";

  const backend = convexTest({
    schema: defineSchema({}),
    modules: recorder.countedModules(
      {
        "./_generated/api.js": async () => ({}),
        "./auth.js": () => import("./betterAuthOrganization/auth.mjs"),
        "./http.js": () => import("./betterAuthOrganization/http.mjs"),
      },
      "",
    ),
    transactionLimits: true,
  });
  recorder.countedBackend(backend).registerComponent("betterAuth", schema, {
    "./_generated/api.js": async () => ({}),
    "./adapter.js": () => import("./betterAuthOrganization/adapter.mjs"),
  });

  const owner = new BetterAuthClient(backend);
  const invited = new BetterAuthClient(backend);
  const { email, name, password } = person;
  await owner.call("/sign-up/email", predecessor);
  await owner.exchange();
  await invited.call("/sign-up/email", { email, name, password });

  let organizationId = "";
  let invitationId = "";
  return {
    create: async () => {
      const { id } = await owner.call("/organization/create", {
        name: "Analytical Engines",
        slug: "analytical-engines",
      });
      organizationId = id;
    },
    invite: async () => {
      const { id } = await owner.call("/organization/invite-member", {
        ...{ email, role: "member", organizationId },
      });
      invitationId = id;
    },
    accept: () =>
      invited.call("/organization/accept-invitation", { invitationId }),
    permission: async () => {
      const { sub: subject, sessionId } = claims(owner.accessToken);
      const isAllowed = await backend
        .withIdentity({ subject, sessionId })
        .query(anyApi.auth.mayInvite, { organizationId });
      if (!isAllowed) throw new Error("The owner may not invite");
    },
    members: () =>
      owner.call(
        `/organization/list-members?organizationId=${organizationId}&limit=50`,
      ),
    remove: () => owner.call("/organization/delete", { organizationId }),
    addMembers: async (count) => {
      const times = { createdAt: Date.now() };
      await new Seed(backend, "betterAuth").each(
        numbers(count),
        async (ctx, number) => {
          const userId = await ctx.db.insert("user", {
            ...{ name: `Member ${number}`, emailVerified: true, ...times },
            ...{ email: `member-${number}@example.com` },
            updatedAt: times.createdAt,
          });
          await ctx.db.insert("member", {
            ...{ organizationId, userId, role: "member", ...times },
          });
        },
      );
    },
  };
}
