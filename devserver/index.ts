export { startDevserver } from "./startDevserver.js";
export type { Devserver, DevserverOptions } from "./startDevserver.js";
export type { EngineAccessor, RegisterComponents } from "./engine.js";
export type { DevserverLog, LogLevel } from "./functionLog.js";
export { PortTakenError } from "./httpServer.js";
