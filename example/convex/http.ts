import { httpRouter } from "convex/server";
import { internal } from "./_generated/api";
import { auth } from "./auth";
import { personName } from "./personName";

const http = httpRouter();
auth.http.add(http);

// Who the key belongs to.
auth.http.route(http, {
  path: "/api/me",
  method: "GET",
  scope: { resource: "profile", action: "read" },
  handler: async (ctx) => {
    const { userId, name: key } = ctx.key;
    const user = await auth.user.get(ctx, ownerOf(userId));
    return { userId, name: personName(user), email: user?.email ?? null, key };
  },
});

// The reports of the organization in which the key's owner is active.
auth.http.route(http, {
  path: "/api/reports",
  method: "GET",
  scope: { resource: "report", action: "read" },
  handler: async (ctx) =>
    await ctx.runQuery(internal.reports.listForKey, {
      userId: ownerOf(ctx.key.userId),
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
      return problem(400, "send a `title` and a `text`");
    }
    const isPublished = await ctx.runMutation(internal.reports.publishForKey, {
      ...{ ...report, userId: ownerOf(ctx.key.userId) },
    });
    return isPublished
      ? { published: report.title }
      : problem(409, "choose an active organization first");
  },
});

/** In this app only people have keys, no groups. */
function ownerOf(userId: string | undefined): string {
  if (userId === undefined) {
    throw new Error("the key has no user");
  }
  return userId;
}

function reportIn(body: unknown): { title: string; text: string } | null {
  if (typeof body !== "object" || body === null) {
    return null;
  }
  const title = "title" in body ? body.title : undefined;
  const text = "text" in body ? body.text : "";
  return typeof title === "string" && title !== "" && typeof text === "string"
    ? { title, text }
    : null;
}

function problem(status: number, message: string): Response {
  return Response.json({ error: { message } }, { status });
}

export default http;
