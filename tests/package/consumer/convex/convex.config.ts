import { defineApp } from "convex/server";
import auth from "convex-gatehouse/convex.config";

const app = defineApp();
app.use(auth);
export default app;
