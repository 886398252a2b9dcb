import { query } from "./_generated/server";
import { auth } from "./auth";

export const viewer = query({
  args: {},
  handler: async (ctx) => {
    const userId: string = await auth.user.require(ctx);
    const current: string | null = await auth.user.current(ctx);
    return userId === current ? await auth.user.viewer(ctx) : null;
  },
});
