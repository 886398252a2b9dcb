import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { FormStatus } from "../account/FormStatus";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { TextAreaField } from "../ui/TextAreaField";
import { TextField } from "../ui/TextField";
import { fieldErrors, useForm } from "../ui/useForm";

/** Publishing a report. */
export function PublishReportForm({ groupId }: { groupId: string }): ReactNode {
  const publish = useMutation(api.reports.publish);
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [isPublished, setPublished] = useState(false);
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({ title: title.trim() === "" ? "Enter a title." : null }),
    submit: async () => {
      setPublished(false);
      // The organization is named, because another tab may choose another one
      // while this is being written.
      await publish({ groupId, title: title.trim(), text: text.trim() });
      setTitle("");
      setText("");
      setPublished(true);
    },
  });
  return (
    <form {...formProps} className="form" aria-label="Publish a report">
      <FailureNotice failure={failure} />
      <TextField
        label="Title"
        name="title"
        autoComplete="off"
        maxLength={120}
        value={title}
        onValue={setTitle}
        error={errors.title}
      />
      <TextAreaField
        label="Text"
        name="text"
        maxLength={2_000}
        value={text}
        onValue={setText}
        hint="Optional"
      />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Publish
        </Button>
        <FormStatus>{isPublished && title === "" && "Published"}</FormStatus>
      </div>
    </form>
  );
}
