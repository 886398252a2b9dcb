import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StatusArea } from "../../scripts/lib/statusArea.mjs";

/** A status area with a clock that the test turns, and what it printed. */
function area(isTTY: boolean) {
  const printed: string[] = [];
  const clock = { now: 0 };
  const status = new StatusArea({
    output: {
      write: (text: string) => printed.push(text),
      isTTY,
      columns: 40,
    },
    now: () => clock.now,
  });
  return { status, clock, text: () => printed.splice(0).join("") };
}

describe("the status of jobs", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("each job has a line, with the time since the job began", () => {
    const { status, clock, text } = area(false);
    status.set("core (access)", "1 of 80 crates");
    clock.now = 5_000;
    status.set("core (accounts)", "2 of 112 crates");
    status.set("core (access)", "37 of 80 crates");
    clock.now = 45_000;
    status.show();
    expect(text()).toBe(
      "core (access): 37 of 80 crates, 45 s\n" +
        "core (accounts): 2 of 112 crates, 40 s\n",
    );
  });

  it("a log gets the lines every ten seconds, and not when a job changes", () => {
    const { status, text } = area(false);
    status.set("core", "1 of 80 crates");
    status.set("core", "2 of 80 crates");
    vi.advanceTimersByTime(9_999);
    expect(text()).toBe("");
    vi.advanceTimersByTime(1);
    expect(text()).toBe("core: 2 of 80 crates, 0 s\n");
  });

  it("a terminal's lines are rewritten in place, below what is printed", () => {
    const { status, text } = area(true);
    status.set("core", "1 of 80 crates");
    status.show();
    status.write("warning\n");
    status.show();
    expect(text()).toBe(
      "core: 1 of 80 crates, 0 s\n" +
        "\u001b[1A\u001b[Jwarning\n" +
        "core: 1 of 80 crates, 0 s\n",
    );
  });

  it("no line and no timer is left when the last job has ended", () => {
    const { status, text } = area(true);
    status.set("core", "1 of 80 crates");
    status.show();
    text();
    status.remove("core");
    expect(text()).toBe("\u001b[1A\u001b[J");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("a job never takes more than one line of a terminal", () => {
    const { status, text } = area(true);
    status.set("core", "x".repeat(100));
    status.show();
    expect(text()).toHaveLength(40);
  });
});
