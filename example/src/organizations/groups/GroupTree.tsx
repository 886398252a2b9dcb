import type { FunctionReturnType } from "convex/server";
import { useId, useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { groupPath } from "../../router";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { Skeleton } from "../../ui/Skeleton";
import { useQuery } from "../../useQuery";

type Node = FunctionReturnType<typeof api.groups.listChildren>["items"][number];

/** How many levels are open to begin with. */
const OPEN_LEVELS = 2;

interface TreeContext {
  organizationId: string;
  /** The chosen group. */
  presentId: string | null;
  /** The groups above it, which have to be open for it to be seen. */
  path: readonly string[];
}

/**
 * The groups below an organization: lists in lists, each level asked for when
 * it is opened, and live.
 */
export function GroupTree({
  name,
  ...context
}: TreeContext & { name: string }): ReactNode {
  return (
    <nav aria-label={`Groups of ${name}`}>
      <Level parentId={context.organizationId} depth={1} context={context} />
    </nav>
  );
}

function Level({
  id,
  parentId,
  depth,
  context,
}: {
  id?: string;
  parentId: string;
  depth: number;
  context: TreeContext;
}): ReactNode {
  const children = useQuery(api.groups.listChildren, { groupId: parentId });
  if (children === undefined) {
    return <Skeleton lines={2} />;
  }
  return (
    <ul id={id} className={depth === 1 ? "tree" : "tree tree-below"}>
      {children.items.map((node) => (
        <Branch key={node._id} node={node} depth={depth} context={context} />
      ))}
      {children.hasMore && (
        <li className="tree-more">There are more than are shown here.</li>
      )}
    </ul>
  );
}

function Branch({
  node: { _id, name, type, hasChildren },
  depth,
  context,
}: {
  node: Node;
  depth: number;
  context: TreeContext;
}): ReactNode {
  const id = useId();
  // `null` as long as the person has not opened or closed it.
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const { organizationId, presentId, path } = context;
  const isOnPath = _id === presentId || path.includes(_id);
  const isExpanded =
    hasChildren && (isOpen ?? (depth < OPEN_LEVELS || isOnPath));
  return (
    <li>
      <div className="tree-row">
        {hasChildren ? (
          <button
            type="button"
            className="tree-toggle"
            aria-expanded={isExpanded}
            aria-controls={isExpanded ? id : undefined}
            aria-label={`Groups below ${name}`}
            onClick={() => setOpen(!isExpanded)}
          >
            <Icon name="chevronRight" />
          </button>
        ) : (
          <span className="tree-toggle" />
        )}
        <Link
          to={groupPath(organizationId, _id)}
          className="tree-link"
          aria-current={_id === presentId ? "page" : undefined}
        >
          <Icon name={type === "team" ? "users" : "folder"} />
          <span className="breakable">{name}</span>
        </Link>
      </div>
      {isExpanded && (
        <Level id={id} parentId={_id} depth={depth + 1} context={context} />
      )}
    </li>
  );
}
