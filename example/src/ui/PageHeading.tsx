import { useEffect, useRef, type ReactNode } from "react";

/** Whether a page was shown before: the first one must not take the focus. */
let hasShownPage = false;

/**
 * A page's title. It takes the focus when the page comes into view, so that
 * the keyboard and screen readers go on there.
 */
export function PageHeading({
  title,
  children,
}: {
  title: string;
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
      <title>{`${title} · Gatehouse demo`}</title>
      <h1 ref={ref} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </header>
  );
}
