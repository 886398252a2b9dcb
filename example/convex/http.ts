import type { VerifiedKey } from "convex-gatehouse/server";
import { httpRouter } from "convex/server";
import { ConvexError } from "convex/values";
import { internal } from "./_generated/api";
import { auth } from "./auth";
import { personName } from "./personName";
import { MAX_TEXT, MAX_TITLE } from "./reports";

const http = httpRouter();
auth.http.add(http);

// Whom the key belongs to: an organization, which it may always tell, or a
// person, for which it has to be made.
auth.http.route(http, {
  path: "/api/me",
  method: "GET",
  handler: async (ctx) => {
    const { name: key, scopes } = ctx.key;
    const owner = ownerOf(ctx.key);
    if ("groupId" in owner) {
      const group = await auth.group.get(ctx, owner.groupId);
      return { ...owner, organization: group?.name ?? null, key };
    }
    if (!scopes.can("profile", "read")) {
      throw new ConvexError({
        code: "SCOPE_CHECK_FAILED",
        message: "the key was not made for `profile:read`",
      });
    }
    const user = await auth.user.get(ctx, owner.userId);
    return {
      ...owner,
      name: personName(user),
      email: user?.email ?? null,
      key,
    };
  },
});

// The reports of the organization that owns the key, or in which the person is
// active who does.
auth.http.route(http, {
  path: "/api/reports",
  method: "GET",
  scope: { resource: "report", action: "read" },
  handler: async (ctx) =>
    await ctx.runQuery(internal.reports.listForKey, {
      owner: ownerOf(ctx.key),
    }),
});

// A new report there. The body is `{ title, text }`.
auth.http.route(http, {
  path: "/api/reports",
  method: "POST",
  scope: { resource: "report", action: "publish" },
  handler: async (ctx, request) => {
    const report = reportIn(await request.json().catch(() => null));
    if (report === null) {
      return problem(
        400,
        `send a \`title\` of up to ${MAX_TITLE} characters, and a \`text\` of up to ${MAX_TEXT}`,
      );
    }
    const isPublished = await ctx.runMutation(internal.reports.publishForKey, {
      ...{ ...report, owner: ownerOf(ctx.key), keyName: ctx.key.name },
    });
    return isPublished
      ? { published: report.title }
      : problem(409, "choose an active organization first");
  },
});

/** Whom a key stands for. */
function ownerOf({
  userId,
  groupId,
}: VerifiedKey): { userId: string } | { groupId: string } {
  if (userId !== undefined) {
    return { userId };
  }
  if (groupId !== undefined) {
    return { groupId };
  }
  throw new Error("the key has no owner");
}

function reportIn(body: unknown): { title: string; text: string } | null {
  if (typeof body !== "object" || body === null) {
    return null;
  }
  const title = "title" in body ? body.title : undefined;
  const text = "text" in body ? body.text : "";
  if (typeof title !== "string" || typeof text !== "string") {
    return null;
  }
  const isFit = title.length <= MAX_TITLE && text.length <= MAX_TEXT;
  return title !== "" && isFit ? { title, text } : null;
}

function problem(status: number, message: string): Response {
  return Response.json({ error: { message } }, { status });
}

export default http;
