export {
  emailCode,
  phoneCode,
  type CodeMethod,
  type CodeOptions,
  type CodeToSend,
} from "./codes.js";
export {
  credentials,
  type AuthorizedUser,
  type CredentialsOptions,
  type CredentialsProvider,
} from "./credentials.js";
export type {
  DeliveryAdapter,
  VerificationPurpose,
  VerificationRequest,
} from "./delivery.js";
export {
  passkey,
  type PasskeyOptions,
  type PasskeyProvider,
} from "./passkey.js";
export {
  password,
  type PasswordOptions,
  type PasswordProvider,
  type SignInParameters,
} from "./password.js";
export type { SecondFactorProvider } from "./secondFactor.js";
export { totp, type TotpOptions } from "./totp.js";
