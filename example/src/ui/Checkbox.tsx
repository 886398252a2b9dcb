import { useId, type ReactNode } from "react";

/** Something that is so or not, with a line on what it means. */
export function Checkbox({
  name,
  label,
  description,
  isChecked,
  isDisabled = false,
  onChange,
}: {
  name: string;
  label: ReactNode;
  description?: ReactNode;
  isChecked: boolean;
  isDisabled?: boolean;
  onChange: (isChecked: boolean) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="checkbox">
      <input
        type="checkbox"
        id={id}
        name={name}
        checked={isChecked}
        disabled={isDisabled}
        aria-describedby={
          description === undefined ? undefined : `${id}-description`
        }
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {description !== undefined && (
        <p id={`${id}-description`}>{description}</p>
      )}
    </div>
  );
}
