export { emailCode, phoneCode } from "./codes.js";
export type { CodeMethod, CodeOptions, CodeToSend } from "./codeOptions.js";
export { credentials } from "./credentials.js";
export type {
  AuthorizedUser,
  CredentialsOptions,
} from "./credentialsOptions.js";
export type {
  DeliveryAdapter,
  VerificationPurpose,
  VerificationRequest,
} from "./delivery.js";
export { passkey } from "./passkey.js";
export type { PasskeyOptions } from "./passkeyOptions.js";
export { password, type PasswordOptions } from "./password.js";
export type { AuthProvider, PasswordHashing } from "./provider.js";
export type { SignInParameters } from "../parameters.js";
export { totp } from "./totp.js";
export type { TotpOptions } from "./totpOptions.js";
