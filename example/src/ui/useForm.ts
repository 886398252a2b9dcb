/** What all forms of the demo do alike. */

import {
  useEffect,
  useRef,
  useState,
  type FormEvent,
  type RefObject,
} from "react";
import { useCountdown } from "../clock";
import { describeError } from "../errorText";
import type { ErrorSubject, Failure } from "../failure";

/** Messages by the names of the fields that they belong to. */
export type FieldErrors = Readonly<Record<string, string>>;

/** What is special about a form. */
export interface FormOptions {
  /** Looks at what was typed; finds nothing where all is well. */
  validate: () => FieldErrors;
  /** Which field shows errors about what. */
  fields?: Partial<Record<ErrorSubject, string>>;
  /** Messages that fit this form better than the usual ones. */
  texts?: Partial<Record<Failure["code"], string>>;
  /** Calls the server. */
  submit: () => Promise<void>;
}

/** A form's state. */
export interface Form {
  /** For the `<form>`. */
  formProps: {
    ref: RefObject<HTMLFormElement | null>;
    noValidate: true;
    onSubmit: (event: FormEvent<HTMLFormElement>) => void;
    onChange: (event: FormEvent<HTMLFormElement>) => void;
  };
  /** Messages for the fields. */
  errors: FieldErrors;
  /** What concerns the whole form. */
  failure: Failure | null;
  /** Whether the server is being asked. */
  isBusy: boolean;
  /** Whether the server wants to be left alone for a while. */
  isBlocked: boolean;
}

const NO_ERRORS: FieldErrors = {};

/**
 * Validates, submits once at a time, puts each error where it belongs, and
 * moves the focus to the first field that has one.
 *
 * @param options - What is special about the form.
 */
export function useForm({
  validate,
  fields = {},
  texts = {},
  submit,
}: FormOptions): Form {
  const ref = useRef<HTMLFormElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>(NO_ERRORS);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isBlocked = !useCountdown(failure?.retryTime ?? null).isOver;

  // Only new errors move the focus: when one is cleared, the person is typing.
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (attempt > 0) {
      ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [attempt]);

  function show(fieldErrors: FieldErrors, formFailure: Failure | null): void {
    setErrors(fieldErrors);
    setFailure(formFailure);
    setAttempt((count) => count + 1);
  }

  async function run(): Promise<void> {
    const found = validate();
    if (Object.keys(found).length > 0) {
      show(found, null);
      return;
    }
    setErrors(NO_ERRORS);
    setFailure(null);
    setBusy(true);
    try {
      await submit();
    } catch (error) {
      const described = describeError(error, Date.now());
      const { subject, code } = described;
      const text = texts[code] ?? described.text;
      const field = subject === null ? undefined : fields[subject];
      if (field === undefined) {
        show(NO_ERRORS, { ...described, text });
      } else {
        show({ [field]: text }, null);
      }
    } finally {
      setBusy(false);
    }
  }

  return {
    formProps: {
      ref,
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        if (!isBusy && !isBlocked) {
          void run();
        }
      },
      onChange: ({ target }) => {
        if (isNamed(target) && target.name in errors) {
          const { [target.name]: _cleared, ...others } = errors;
          setErrors(others);
        }
      },
    },
    errors,
    failure,
    isBusy,
    isBlocked,
  };
}

function isNamed(
  target: EventTarget,
): target is EventTarget & { name: string } {
  return "name" in target && typeof target.name === "string";
}

/**
 * Leaves out the fields that have nothing to say.
 *
 * @param candidates - Messages, or `null`, by field.
 */
export function fieldErrors(
  candidates: Record<string, string | null>,
): FieldErrors {
  return Object.fromEntries(
    Object.entries(candidates).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  );
}
