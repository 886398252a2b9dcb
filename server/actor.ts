import { checkFields } from "./shape.js";

/** Who does something. */
export type Actor = {
  /**
   * The user who does it, and needs the permissions for it. Without one the app
   * itself acts: invariants and limits hold, permissions are not asked for.
   * `undefined` is refused, so that nobody who is not signed in acts as the app.
   *
   * What a user was refused is in the audit trail if an action asked, or a
   * mutation that caught the error; a mutation that throws undoes the record.
   */
  actorUserId?: string;
};

/**
 * An actor in the form in which the component takes it.
 *
 * @throws `INVALID_PARAMETERS`
 */
export function actorArguments(actor: Actor): Actor {
  checkFields(actor, "actorUserId?: actor", "the actor");
  return actor;
}
