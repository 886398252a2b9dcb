import type {
  Auth,
  FunctionReference,
  FunctionReturnType,
  GenericActionCtx,
  GenericDataModel,
  OptionalRestArgs,
} from "convex/server";

/** Any context that knows who is calling. */
export type AuthContext = { auth: Auth };

/**
 * Any context that can run queries: of a query, a mutation, an action or an
 * HTTP action. Theirs differ in options that are not used here, which is why
 * this is declared as a method and not taken from one of them.
 */
export type QueryContext = {
  runQuery<Query extends FunctionReference<"query", "public" | "internal">>(
    query: Query,
    ...args: OptionalRestArgs<Query>
  ): Promise<FunctionReturnType<Query>>;
};

/** Any context that can run mutations: of a mutation or an action. */
export type MutationContext = {
  runMutation<
    Mutation extends FunctionReference<"mutation", "public" | "internal">,
  >(
    mutation: Mutation,
    ...args: OptionalRestArgs<Mutation>
  ): Promise<FunctionReturnType<Mutation>>;
};

/** The context of an action. */
export type ActionContext = GenericActionCtx<GenericDataModel>;
