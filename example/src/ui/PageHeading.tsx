import { useEffect, useRef, type ReactNode } from "react";

/** Whether a page was shown before: the first one must not take the focus. */
let hasShownPage = false;

/**
 * A page's title. It takes the focus when the page comes into view, so that
 * the keyboard and screen readers go on there.
 */
export function PageHeading({
  title,
  documentTitle = title,
  children,
}: {
  title: string;
  /** What the browser's tab shows, if it is not the same. */
  documentTitle?: string;
  children?: ReactNode;
}): ReactNode {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasShownPage) {
      ref.current?.focus({ preventScroll: true });
    }
    hasShownPage = true;
  }, []);
  return (
    <header className="page-heading">
      <title>{`${documentTitle} · Gatehouse demo`}</title>
      <h1 ref={ref} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </header>
  );
}
