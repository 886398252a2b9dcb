/**
 * The ports that the demo listens on.
 *
 * Only Node's built-in modules are imported.
 */
import { createServer } from "node:net";

/**
 * Reads a port from the environment.
 *
 * @param {string} variable Name of the environment variable.
 * @param {number} fallback The port when it is not set.
 * @returns {number} A port from 1 to 65535.
 * @throws {Error} When the variable holds something else.
 */
export function portFrom(variable, fallback) {
  const text = process.env[variable];
  if (text === undefined || text === "") return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(
      `${variable} must be a port from 1 to 65535, not "${text}"`,
    );
  }
  return port;
}

/**
 * Makes sure that nothing listens on a port yet.
 *
 * @param {number} port The port.
 * @param {string} host The address to listen on.
 * @param {string} variable The environment variable that chooses the port.
 * @throws {Error} When the port is taken.
 */
export function requireFreePort(port, host, variable) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      const code = "code" in error ? error.code : undefined;
      reject(
        new Error(
          code === "EADDRINUSE"
            ? `port ${port} is already in use; choose another with ${variable}`
            : `cannot listen on ${host}:${port}: ${error.message}`,
        ),
      );
    });
    probe.listen({ port, host, exclusive: true }, () => {
      probe.close(() => resolve(undefined));
    });
  });
}
