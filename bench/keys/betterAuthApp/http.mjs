/** `convex/http.ts` of the same app. */
import { httpRouter } from "convex/server";
import { authComponent, createAuth } from "./auth.mjs";

const http = httpRouter();
authComponent.registerRoutes(http, createAuth);

export default http;
