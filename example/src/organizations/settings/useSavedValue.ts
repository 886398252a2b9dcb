/** What is being typed, over what is stored. */

import { useState } from "react";

/**
 * The value of a field that another device may change, too: it follows the
 * stored one, unless something else is being typed here.
 *
 * @param saved - The stored value.
 */
export function useSavedValue<Value>(
  saved: Value,
): [Value, (value: Value) => void] {
  const [value, setValue] = useState(saved);
  const [seen, setSeen] = useState(saved);
  if (seen !== saved) {
    setSeen(saved);
    if (value === seen) {
      setValue(saved);
    }
  }
  return [value, setValue];
}
