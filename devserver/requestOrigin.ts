import type { IncomingMessage } from "node:http";

/** Where a request came from, as `ctx.meta.getRequestMetadata()` reports it. */
export interface RequestOrigin {
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/**
 * Reads where a request came from. Anyone can send `X-Forwarded-For`, so it
 * counts only where the caller says that a proxy in front sets it.
 *
 * @param trustProxy whether the first address of `X-Forwarded-For` is taken.
 */
export function requestOrigin(
  request: IncomingMessage,
  trustProxy: boolean,
): RequestOrigin {
  const forwarded = trustProxy
    ? headerText(request.headers["x-forwarded-for"])?.split(",")[0]?.trim()
    : undefined;
  const peer = request.socket.remoteAddress;
  return {
    ip: nonEmpty(forwarded) ?? withoutIpv4Mapping(peer) ?? null,
    userAgent: request.headers["user-agent"] ?? null,
  };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(",") : value;
}

/** A dual-stack socket shows IPv4 peers as `::ffff:1.2.3.4`. */
function withoutIpv4Mapping(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.)/i, "");
}
