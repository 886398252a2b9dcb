import * as client from "convex-gatehouse/client";
import definition from "convex-gatehouse/convex.config";
import sameDefinition from "convex-gatehouse/convex.config.js";
import * as functions from "convex-gatehouse/functions";
import type { ComponentApi } from "convex-gatehouse/_generated/component.js";
import * as providers from "convex-gatehouse/providers";
import * as react from "convex-gatehouse/react";
import * as server from "convex-gatehouse/server";
import * as test from "convex-gatehouse/test";

export const entryPoints = {
  ...{ client, definition, sameDefinition, functions },
  ...{ providers, react, server, test },
};
export type Api = ComponentApi<"auth">;
