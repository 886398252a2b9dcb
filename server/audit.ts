import type { ComponentApi } from "../component/_generated/component.js";
import type { QueryContext } from "./context.js";
import type { AuditEventDocument } from "./documents.js";
import { type Page, pageArguments, type PageOptions } from "./page.js";

/** `auth.audit`: what happened, kept for 90 days. */
export function auditMethods(component: ComponentApi) {
  return {
    /** The events about a user, newest first. */
    async list(
      ctx: QueryContext,
      { userId, ...options }: PageOptions & { userId: string },
    ): Promise<Page<AuditEventDocument>> {
      return await ctx.runQuery(component.audit.list, {
        userId,
        ...pageArguments(options),
      });
    },
  };
}
