import { act, cleanup, render, screen } from "@testing-library/react";
import { ConvexError } from "convex/values";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useStepUp } from "../../example/src/stepUp/stepUpContext.js";
import { StepUpProvider } from "../../example/src/stepUp/StepUpProvider.js";

vi.mock("../../example/src/stepUp/StepUpDialog.js", () => ({
  StepUpDialog: ({ onAnswer }: { onAnswer: (isYes: boolean) => void }) => (
    <>
      <button onClick={() => onAnswer(true)}>Confirm</button>
      <button onClick={() => onAnswer(false)}>Cancel</button>
    </>
  ),
}));

afterEach(cleanup);

/** Two operations that the server wants a proof for, begun at once. */
function setUp() {
  const results: unknown[] = [];
  let isFresh = false;
  const operation = () =>
    isFresh
      ? Promise.resolve("done")
      : Promise.reject(
          new ConvexError({ code: "STEP_UP_REQUIRED", message: "no" }),
        );
  function Page(): ReactNode {
    const withStepUp = useStepUp();
    const begin = () => {
      for (let count = 0; count < 2; count += 1) {
        void withStepUp(operation).then(
          (result) => results.push(result),
          () => results.push("refused"),
        );
      }
    };
    return <button onClick={begin}>Begin</button>;
  }
  render(
    <StepUpProvider email="ada@example.com">
      <Page />
    </StepUpProvider>,
  );
  const press = (name: string) =>
    act(async () => {
      screen.getByText(name).click();
      await Promise.resolve();
    });
  return {
    ...{ results, press },
    becomeFresh: () => {
      isFresh = true;
    },
  };
}

describe("two operations of a page that want a proof at once", () => {
  it("are both done after one answer", async () => {
    const { results, press, becomeFresh } = setUp();
    await press("Begin");
    expect(screen.getAllByText("Confirm")).toHaveLength(1);
    becomeFresh();
    await press("Confirm");
    await vi.waitFor(() => expect(results).toEqual(["done", "done"]));
    expect(screen.queryByText("Confirm")).toBeNull();
  });

  it("are both refused when the person cancels, and ask again the next time", async () => {
    const { results, press } = setUp();
    await press("Begin");
    await press("Cancel");
    await vi.waitFor(() => expect(results).toEqual(["refused", "refused"]));
    await press("Begin");
    expect(screen.getAllByText("Confirm")).toHaveLength(1);
  });
});
