/** Whom the passkeys are for: the same in every bundle that is measured. */
export const relyingParty = {
  rpId: "example.com",
  origin: "https://app.example.com",
};
