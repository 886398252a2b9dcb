import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { PasskeyError, type SignInResult } from "convex-gatehouse/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EnrollPasskey } from "../../example/src/secondFactor/EnrollPasskey.js";
import { RecoveryCodesContext } from "../../example/src/secondFactor/recoveryCodesContext.js";

const passkey = vi.hoisted(() => ({
  isSupported: () => true,
  register: vi.fn<() => Promise<SignInResult>>(),
  verify: vi.fn<() => Promise<SignInResult>>(),
}));

vi.mock("convex-gatehouse/react", () => ({
  useAuthClient: () => ({ passkey }),
}));

const show = vi.fn<(codes: readonly string[]) => void>();

beforeEach(() => {
  show.mockReset();
  passkey.register.mockReset().mockResolvedValue({ kind: "signedIn" });
  passkey.verify.mockReset().mockResolvedValue({ kind: "signedIn" });
  render(
    <RecoveryCodesContext value={show}>
      <EnrollPasskey />
    </RecoveryCodesContext>,
  );
});
afterEach(cleanup);

const press = async (name: string) =>
  fireEvent.click(await screen.findByRole("button", { name }));

describe("a passkey as the factor that has to be set up", () => {
  it("is made, and proved in the same session", async () => {
    passkey.register.mockResolvedValue({
      ...{ kind: "signedIn", recoveryCodes: ["a"] },
    });
    await press("Add a passkey");
    await vi.waitFor(() => expect(passkey.verify).toHaveBeenCalledWith());
    expect(show.mock.calls).toEqual([[["a"]]]);
  });

  it("is made once, however often proving it fails", async () => {
    passkey.verify.mockRejectedValueOnce(new PasskeyError("PASSKEY_CANCELLED"));
    await press("Add a passkey");
    await press("Use your passkey");
    await vi.waitFor(() => expect(passkey.verify).toHaveBeenCalledTimes(2));
    expect(passkey.register).toHaveBeenCalledTimes(1);
  });

  it("that was made before the page was loaded again is proved", async () => {
    passkey.register.mockRejectedValue(
      new PasskeyError("PASSKEY_ALREADY_REGISTERED"),
    );
    await press("Add a passkey");
    await vi.waitFor(() => expect(passkey.verify).toHaveBeenCalledTimes(1));
  });

  it("that could not be made is not asked for", async () => {
    passkey.register.mockRejectedValue(new PasskeyError("PASSKEY_CANCELLED"));
    await press("Add a passkey");
    await screen.findByRole("alert");
    expect(passkey.verify).not.toHaveBeenCalled();
  });
});
