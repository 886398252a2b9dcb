/** A person's authenticator app (RFC 6238). */
import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

/** Shows codes for one secret, none of them twice. */
export class AuthenticatorApp {
  readonly #key: Buffer;
  #lastStep = 0;

  /** @param secret In base32, as the page shows it, with or without spaces. */
  constructor(secret: string) {
    const bits = [...secret.replace(/\s/g, "")]
      .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0"))
      .join("");
    const octets = bits.match(/.{8}/g) ?? [];
    this.#key = Buffer.from(octets.map((octet) => Number.parseInt(octet, 2)));
  }

  /**
   * A code that was not shown before. A server takes one of the next half minute
   * already, so that nobody has to wait long for it.
   */
  async code(): Promise<string> {
    const step = Math.max(Math.floor(Date.now() / STEP_MS), this.#lastStep + 1);
    this.#lastStep = step;
    await sleep(Math.max(0, (step - 1) * STEP_MS - Date.now()));
    return this.#at(step);
  }

  #at(step: number): string {
    const counter = Buffer.alloc(8);
    counter.writeUInt32BE(step, 4);
    const mac = createHmac("sha1", this.#key).update(counter).digest();
    // Dynamic truncation (RFC 4226, section 5.3).
    const offset = mac.readUInt8(19) % 16;
    const number = (mac.readUInt32BE(offset) % 0x8000_0000) % 1_000_000;
    return String(number).padStart(6, "0");
  }
}
