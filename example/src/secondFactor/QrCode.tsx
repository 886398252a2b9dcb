import { useMemo, type ReactNode } from "react";
import { encode } from "uqr";

/** A QR code, drawn as one path: black on white in both themes. */
export function QrCode({
  text,
  label,
}: {
  text: string;
  /** What it is, for who does not see it. */
  label: string;
}): ReactNode {
  const { size, path } = useMemo(() => {
    // Cameras want a margin of four modules (ISO/IEC 18004, section 5.3.8).
    const code = encode(text, { ecc: "M", border: 4 });
    return { size: code.size, path: pathOf(code.data) };
  }, [text]);
  return (
    <svg
      className="qr-code"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** The dark modules as squares. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) =>
      row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")),
    )
    .join("");
}
