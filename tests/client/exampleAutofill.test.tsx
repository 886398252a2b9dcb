import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { usePasskeyAutofill } from "../../example/src/signedOut/usePasskeyAutofill.js";

const passkey = vi.hoisted(() => ({
  isAutofillSupported: () => Promise.resolve(true),
  autofill: vi.fn<(options: { signal: AbortSignal }) => Promise<null>>(),
}));

vi.mock("convex-gatehouse/react", () => ({
  useAuthClient: () => ({ passkey }),
}));

beforeEach(() => {
  passkey.autofill.mockReset().mockResolvedValue(null);
});
afterEach(cleanup);

const onChallenge = () => undefined;

describe("a form in which passkeys are offered", () => {
  it("offers them again after another ceremony has come to nothing", async () => {
    const { result, unmount } = renderHook(() =>
      usePasskeyAutofill(onChallenge),
    );
    await act(async () => Promise.resolve());
    expect(passkey.autofill).toHaveBeenCalledTimes(1);
    act(() => result.current());
    await act(async () => Promise.resolve());
    expect(passkey.autofill).toHaveBeenCalledTimes(2);
    const signals = passkey.autofill.mock.calls.map(([{ signal }]) => signal);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    unmount();
    expect(signals[1]?.aborted).toBe(true);
  });
});
