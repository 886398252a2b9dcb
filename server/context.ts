import type {
  Auth,
  GenericActionCtx,
  GenericDataModel,
  GenericMutationCtx,
  GenericQueryCtx,
} from "convex/server";

/** Any context that knows who is calling. */
export type AuthContext = { auth: Auth };

/** Any context that can run queries. */
export type QueryContext = Pick<GenericQueryCtx<GenericDataModel>, "runQuery">;

/** Any context that can run mutations. */
export type MutationContext = Pick<
  GenericMutationCtx<GenericDataModel>,
  "runMutation"
>;

/** The context of an action. */
export type ActionContext = GenericActionCtx<GenericDataModel>;
