import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { navigate, organizationPath } from "../router";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { TextField } from "../ui/TextField";
import { fieldErrors, useForm } from "../ui/useForm";
import { MAX_SLUG_LENGTH, slugError, slugOf } from "./slug";

/** Creating an organization, and going there. */
export function CreateOrganizationForm({
  close,
}: {
  close: () => void;
}): ReactNode {
  const create = useMutation(api.organizations.create);
  const [name, setName] = useState("");
  // `null` as long as it follows the name.
  const [typedSlug, setTypedSlug] = useState<string | null>(null);
  const slug = typedSlug ?? slugOf(name);
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        name: name.trim() === "" ? "Enter a name." : null,
        slug: slugError(slug),
      }),
    fields: { slug: "slug" },
    submit: async () => {
      const groupId = await create({
        name: name.trim(),
        ...(slug === "" ? {} : { slug }),
      });
      close();
      navigate(organizationPath(groupId));
    },
  });
  return (
    <form {...formProps} className="form">
      <FailureNotice failure={failure} />
      <TextField
        label="Name"
        name="name"
        autoComplete="organization"
        maxLength={128}
        autoFocus
        value={name}
        onValue={setName}
        error={errors.name}
      />
      <TextField
        label="Short name"
        name="slug"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={MAX_SLUG_LENGTH}
        value={slug}
        onValue={setTypedSlug}
        error={errors.slug}
        hint="For addresses. Optional; nobody else can have it."
      />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Create organization
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
