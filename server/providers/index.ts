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
