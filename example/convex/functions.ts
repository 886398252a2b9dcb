import { authFunctions } from "convex-gatehouse/functions";
import { action, mutation, query } from "./_generated/server";
import { auth } from "./auth";

/**
 * What functions of signed-in people are made with: each says who may call it,
 * and it is checked before the function runs.
 */
export const { authQuery, authMutation, authAction } = authFunctions(auth, {
  query,
  mutation,
  action,
});
