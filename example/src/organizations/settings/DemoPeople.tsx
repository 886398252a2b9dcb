import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { FormStatus } from "../../account/FormStatus";
import { Button } from "../../ui/Button";
import { FailureNotice } from "../../ui/FailureNotice";
import { ProgressBar } from "../../ui/ProgressBar";
import { useTask } from "../../ui/useTask";
import type { Organization } from "../access";

/** How many people are added: their deletion takes several transactions. */
const PEOPLE = 1_200;

/** How many are added in one transaction. */
const AT_ONCE = 100;

/** Takes many made-up people into the organization. */
export function DemoPeople({
  organization: { _id: groupId, counts },
}: {
  organization: Organization;
}): ReactNode {
  const add = useMutation(api.demoPeople.add);
  const { run, isBusy, failure } = useTask();
  const [added, setAdded] = useState(0);

  async function fill(): Promise<void> {
    const first = counts.members;
    await run(async () => {
      for (let done = 0; done < PEOPLE; done += AT_ONCE) {
        setAdded(done);
        await add({ groupId, first: first + done, count: AT_ONCE });
      }
      setAdded(PEOPLE);
    });
  }

  return (
    <div className="form">
      {isBusy && (
        <ProgressBar
          label={`Adding ${PEOPLE.toLocaleString()} people`}
          value={added}
          total={PEOPLE}
        />
      )}
      <FailureNotice failure={failure} />
      <div className="form-actions">
        <Button isBusy={isBusy} onClick={() => void fill()}>
          Add {PEOPLE.toLocaleString()} people
        </Button>
        <FormStatus>{!isBusy && added === PEOPLE && "Added"}</FormStatus>
      </div>
    </div>
  );
}
