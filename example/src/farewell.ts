/** What the page for signed-out people says about the account before. */
export interface Farewell {
  /** Its e-mail address, to sign in again with. */
  email: string;
  /** Whether it was deleted here. */
  wasDeleted: boolean;
}
