import type { ReactNode } from "react";

/** Outlines on a grid of 24 by 24. */
const PATHS = {
  alert:
    "M12 8v5m0 3.5v.01M10.3 4 2.6 17.4A2 2 0 0 0 4.3 20.4h15.4a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0Z",
  arrowLeft: "M19 12H5m6-6-6 6 6 6",
  building: "M5 21V3h9v18M14 9h5v12M3 21h18M8.5 7.5h2m-2 4h2m-2 4h2",
  check: "m5 12.5 4.5 4.5L19 7.5",
  chevronRight: "m9 5 7 7-7 7",
  computer: "M5 5h14v11H5zM2 19.5h20",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  download: "M12 4v11m-5-5 5 5 5-5M4 20h16",
  edit: "M4 20h4L19.5 8.5l-4-4L4 16zm9-13 4 4",
  external: "M14 4h6v6m0-6-9 9M18 14v6H4V6h6",
  eye: "M2 12s3.6-7 10-7 10 7 10 7-3.6 7-10 7S2 12 2 12Zm10 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  eyeOff:
    "m3 3 18 18M10 5.2A10 10 0 0 1 12 5c6.4 0 10 7 10 7a17 17 0 0 1-3.2 3.9M6.5 6.5A16 16 0 0 0 2 12s3.6 7 10 7a10 10 0 0 0 5.4-1.6M9.9 9.9a3 3 0 0 0 4.2 4.2",
  key: "M15 11a4 4 0 1 0-3.9-3L3 16v5h5v-3h3v-3l2.3-2.3c.5.2 1.1.3 1.7.3Zm.5-4.5v.01",
  folder: "M3 6h6l2 3h10v10H3z",
  link: "M10 14a4.5 4.5 0 0 0 6.4 0l3-3A4.5 4.5 0 0 0 13 4.6l-1 1m2 4.4a4.5 4.5 0 0 0-6.4 0l-3 3A4.5 4.5 0 0 0 11 19.4l1-1",
  list: "M8 6h13M8 12h13M8 18h13M3.5 6v.01M3.5 12v.01M3.5 18v.01",
  lock: "M5 11h14v10H5zm3 0V8a4 4 0 0 1 8 0v3m-4 4v2",
  mail: "M3 5h18v14H3zm0 1 9 7 9-7",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",
  move: "M4 12h14m-5-5 5 5-5 5M21 4v16",
  phone: "M7 2h10v20H7zM11 18.5h2",
  plus: "M12 5v14M5 12h14",
  print: "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
  question:
    "M4 4h16v16H4zm5.5 5.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7m0 3v.01",
  report: "M6 3h9l4 4v14H6zm3 8h7m-7 4h7M9 7h3",
  settings:
    "M4 7h9m4 0h3M4 17h3m4 0h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-6 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  shield:
    "M12 3 4 6v6c0 4.5 3.4 7.7 8 9 4.6-1.3 8-4.5 8-9V6zm-3.5 9 2.5 2.5 4.5-4.5",
  signIn: "M10 4h9v16h-9M4 12h11m-4-4 4 4-4 4",
  signOut: "M14 4H5v16h9m-4-8h11m-4-4 4 4-4 4",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-14v2m0 16v2M2 12h2m16 0h2M5 5l1.4 1.4m11.2 11.2L19 19M19 5l-1.4 1.4M6.4 17.6 5 19",
  tablet: "M4 3h16v18H4zM11 17.5h2",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6m4-6v6",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 9c0-4 3.6-6 8-6s8 2 8 6",
  users:
    "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2 20c0-3.6 3-5.5 7-5.5s7 1.9 7 5.5M15.5 4.8a3.5 3.5 0 0 1 0 6.4m2.5 3.7c2.5.7 4 2.5 4 5.1",
} as const;

/** The name of an icon. */
export type IconName = keyof typeof PATHS;

/** A picture that says nothing which the text beside it does not say. */
export function Icon({ name }: { name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
