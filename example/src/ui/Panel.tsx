import { useId, type ReactNode } from "react";

/** A part of a page, with its heading. */
export function Panel({
  title,
  description,
  isDangerous = false,
  children,
}: {
  title: string;
  description?: ReactNode;
  isDangerous?: boolean;
  children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section
      className={isDangerous ? "panel panel-danger" : "panel"}
      aria-labelledby={id}
    >
      <header className="panel-header">
        <h2 id={id}>{title}</h2>
        {description !== undefined && <p>{description}</p>}
      </header>
      {children}
    </section>
  );
}
