/**
 * The component's own doors to its core, for what is bundled: the bytes are
 * decoded, compiled and instantiated when they are first asked.
 */
import { verify } from "../../dist/component/passkeyCore.js";
import { decide as decideAboutOptions } from "../../dist/component/passkeyOptionsCore.js";

/** @type {import("./load.mjs").Decide} */
export function decide(name, call) {
  return name === "passkeyRegisterOptions"
    ? decideAboutOptions(name, call)
    : verify(name, call);
}
