/**
 * The component's own door to its core, for what is bundled: the bytes are
 * decoded, compiled and instantiated when it is first asked.
 */
export { decide } from "../../dist/component/accountsCore.js";
