/** Saying what has become of something that has gone from the page. */

import { useEffect, useRef, useState, type RefObject } from "react";

/** What there is to say, and where the focus goes then. */
export interface Status<Place extends HTMLElement> {
  /** For the element that takes the focus, with a `tabIndex` of -1. */
  place: RefObject<Place | null>;
  /** For the element with the role `status`. */
  text: string;
  /** Says something, and moves the focus: the button that had it has gone. */
  say: (text: string) => void;
  /** Says something, and leaves the focus where it is. */
  announce: (text: string) => void;
  /** Takes it back, where the focus is. */
  clear: () => void;
}

/** Keeps what was said last. */
export function useStatus<Place extends HTMLElement>(): Status<Place> {
  const place = useRef<Place>(null);
  const [{ text, count }, setStatus] = useState({ text: "", count: 0 });
  useEffect(() => {
    if (count === 0) {
      return undefined;
    }
    // The dialog in which it was decided closes at the same time, and gives the
    // focus back; after.
    const frame = requestAnimationFrame(() =>
      place.current?.focus({ preventScroll: true }),
    );
    return () => cancelAnimationFrame(frame);
  }, [count]);
  return {
    ...{ place, text },
    say: (said) =>
      setStatus((present) => ({ text: said, count: present.count + 1 })),
    announce: (said) => setStatus((present) => ({ ...present, text: said })),
    clear: () => setStatus((present) => ({ ...present, text: "" })),
  };
}
