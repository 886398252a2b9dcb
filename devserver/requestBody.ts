import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** The largest body of a request and the largest frame of a socket, in bytes. */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** A body that is larger than {@link MAX_MESSAGE_BYTES}. */
export class BodyTooLargeError extends Error {}

/**
 * Reads a request's whole body.
 *
 * @throws {BodyTooLargeError} as soon as the body is too large.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > MAX_MESSAGE_BYTES) {
      throw new BodyTooLargeError("The request's body is too large");
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
