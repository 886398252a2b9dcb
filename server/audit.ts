import type { ComponentApi } from "../component/_generated/component.js";
import type { QueryContext } from "./context.js";
import type { AuditEventDocument } from "./documents.js";
import { type Page, pageArguments, type PageOptions } from "./page.js";
import { invalid } from "./refuse.js";
import { checkFields, PAGE_FIELDS } from "./shape.js";

/** `auth.audit`: what happened, kept for 90 days. */
export function auditMethods(component: ComponentApi) {
  return {
    /**
     * The events about a user, in a group, or both; newest first. With both, a
     * page may be shorter than asked for and have a next one all the same.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async list(
      ctx: QueryContext,
      options: PageOptions &
        (
          | { userId: string; groupId?: string }
          | { userId?: string; groupId: string }
        ),
    ): Promise<Page<AuditEventDocument>> {
      checkFields(options, `${PAGE_FIELDS}, userId?, groupId?`);
      const { userId, groupId } = options;
      if (userId === undefined && groupId === undefined) {
        invalid("name a user or a group");
      }
      return await ctx.runQuery(component.audit.list, {
        userId,
        groupId,
        ...pageArguments(options),
      });
    },
  };
}
