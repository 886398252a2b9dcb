import auth from "convex-gatehouse/convex.config";
import { defineApp } from "convex/server";

const app = defineApp();
app.use(auth);

export default app;
