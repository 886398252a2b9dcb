/**
 * Better Auth's browser client, as far as it matters here: HTTP with cookies.
 */

export class BetterAuthClient {
  #backend;
  /**
   * The cookies for the app's site.
   *
   * @type {Map<string, string>}
   */
  #cookies = new Map();
  /** The JWT for Convex, or nothing. */
  accessToken = "";

  /** @param {{ fetch: Function }} backend What `convexTest` answered. */
  constructor(backend) {
    this.#backend = backend;
  }

  /**
   * @param {string} path
   * @param {object} [body] Makes it a POST.
   */
  async call(path, body) {
    const response = await this.#backend.fetch(`/api/auth${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        "content-type": "application/json",
        origin: "https://some.convex.site",
        cookie: [...this.#cookies].map((pair) => pair.join("=")).join("; "),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response.json();
  }

  /** Gets a token for Convex for the present session. */
  async exchange() {
    this.accessToken = (await this.call("/convex/token")).token;
  }

  /** @returns {() => void} Brings the session back that this one forgets. */
  forget() {
    const cookies = this.#cookies;
    this.#cookies = new Map();
    return () => {
      this.#cookies = cookies;
    };
  }
}
