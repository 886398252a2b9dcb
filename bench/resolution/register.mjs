/** Installs `hook.mjs`; loaded with Node's `--import`. */
import { register } from "node:module";

register("./hook.mjs", import.meta.url);
