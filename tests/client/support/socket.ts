interface ClientMessage {
  type: string;
  baseVersion: number;
  newVersion: number;
  tokenType?: string;
  value?: string;
  modifications?: { type: string; queryId: number; udfPath?: string }[];
}

/** What a socket asks the deployment that it belongs to. */
interface TokenJudge {
  /** Whether tokens are taken; `null`: they are left unanswered. */
  readonly acceptsTokens: boolean | null;
  /** Whether the session of a token goes on. */
  isLive(token: string | null): boolean;
}

/**
 * The server's end of Convex's sync protocol, as far as authentication and the
 * query `isAuthenticated` go.
 */
export class FakeSocket {
  binaryType = "blob";
  readyState = 0;
  bufferedAmount = 0;
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  private readonly deployment: TokenJudge;
  private readonly queries = new Set<number>();
  private version = { querySet: 0, identity: 0, ts: 0 };
  private token: string | null = null;

  constructor(deployment: TokenJudge) {
    this.deployment = deployment;
    queueMicrotask(() => {
      this.readyState = 1;
      this.onopen?.();
    });
  }

  send(text: string): void {
    const message = JSON.parse(text) as ClientMessage;
    queueMicrotask(() => this.handle(message));
  }

  close(): void {
    if (this.readyState < 2) {
      this.readyState = 3;
      queueMicrotask(() => this.onclose?.({ code: 1000, reason: "" }));
    }
  }

  /** Sends the present results of all queries. */
  publish(): void {
    this.transition({});
  }

  /** Answers an Authenticate that was left unanswered. */
  confirmLate(): void {
    this.transition({ identity: this.version.identity + 1 });
  }

  private handle(message: ClientMessage): void {
    if (this.readyState !== 1) {
      return;
    }
    if (message.type === "ModifyQuerySet") {
      for (const change of message.modifications ?? []) {
        if (change.type === "Add") {
          this.queries.add(change.queryId);
        } else {
          this.queries.delete(change.queryId);
        }
      }
      this.transition({ querySet: message.newVersion });
    } else if (message.type === "Authenticate") {
      this.authenticate(message);
    }
  }

  private authenticate(message: ClientMessage): void {
    if (message.tokenType === "None") {
      this.token = null;
      this.transition({ identity: message.baseVersion + 1 });
      return;
    }
    if (this.deployment.acceptsTokens === null) {
      this.token = message.value ?? null;
      return;
    }
    if (!this.deployment.acceptsTokens) {
      this.emit({
        type: "AuthError",
        error: "Could not verify the token",
        baseVersion: message.baseVersion,
        authUpdateAttempted: true,
      });
      this.close();
      return;
    }
    this.token = message.value ?? null;
    this.transition({ identity: message.baseVersion + 1 });
  }

  private transition(change: { querySet?: number; identity?: number }): void {
    const startVersion = this.encodeVersion();
    this.version = {
      ...this.version,
      ...change,
      ts: this.version.ts + 1,
    };
    this.emit({
      type: "Transition",
      startVersion,
      endVersion: this.encodeVersion(),
      modifications: [...this.queries].map((queryId) => ({
        type: "QueryUpdated",
        queryId,
        value: this.deployment.isLive(this.token),
        logLines: [],
        journal: null,
      })),
    });
  }

  private encodeVersion() {
    const ts = Buffer.alloc(8);
    ts.writeBigUInt64LE(BigInt(this.version.ts));
    return { ...this.version, ts: ts.toString("base64") };
  }

  private emit(message: unknown): void {
    if (this.readyState === 1) {
      this.onmessage?.({ data: JSON.stringify(message) });
    }
  }
}
