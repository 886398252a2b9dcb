import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { FormStatus } from "../../account/FormStatus";
import { Button } from "../../ui/Button";
import { FailureNotice } from "../../ui/FailureNotice";
import { TextField } from "../../ui/TextField";
import { fieldErrors, useForm } from "../../ui/useForm";
import type { Organization } from "../access";
import { MAX_SLUG_LENGTH, slugError } from "../slug";
import { useSavedValue } from "./useSavedValue";

/** Changing an organization's name and short name. */
export function NamesForm({
  organization: { _id: groupId, name: savedName, slug: savedSlug = "" },
}: {
  organization: Organization;
}): ReactNode {
  const update = useMutation(api.organizations.update);
  const [name, setName] = useSavedValue(savedName);
  const [slug, setSlug] = useSavedValue(savedSlug);
  const [isSaved, setIsSaved] = useState(false);
  const isSame = name.trim() === savedName && slug.trim() === savedSlug;
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        name: name.trim() === "" ? "Enter a name." : null,
        slug: slugError(slug.trim()),
      }),
    fields: { slug: "slug" },
    submit: async () => {
      await update({
        ...{ groupId, name: name.trim() },
        ...(slug.trim() === savedSlug
          ? {}
          : { slug: slug.trim() === "" ? null : slug.trim() }),
      });
      setName(name.trim());
      setSlug(slug.trim());
      setIsSaved(true);
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
        onValue={setSlug}
        error={errors.slug}
        hint="For addresses. One that you give up stays reserved for this organization."
      />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Save
        </Button>
        <FormStatus>{isSaved && isSame && "Saved"}</FormStatus>
      </div>
    </form>
  );
}
