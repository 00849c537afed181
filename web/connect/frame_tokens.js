// The tokens that auth.withToken gives to pages: signed by the host, kept until they are about to end.

const MARGIN = 120;  // seconds that a token handed out can still be used

/** How long the token is good for from the moment it was made, in seconds; 0 if it does not say. */
export function lifetime(jwt) {
  try {
    const body = jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const { iat, exp } = JSON.parse(atob(body));
    return Number.isFinite(exp - iat) ? exp - iat : 0;
  } catch {
    return 0;
  }
}

export class FrameTokens {
  #fetch;
  #now;
  #kept = new WeakMap();  // frame → {token: promise, until}

  /**
   * `fetch(frame)` promises a token for the frame's module, room and person. `now()` is in
   * milliseconds; the reader's clock may differ from the host's, so only its differences are used.
   */
  constructor(fetch, now = () => Date.now()) {
    this.#fetch = fetch;
    this.#now = now;
  }

  /** A token with more than two minutes left; one request at a time and frame. */
  of(frame) {
    const kept = this.#kept.get(frame);
    if (kept && (kept.until === null || kept.until - this.#now() >= MARGIN * 1000)) return kept.token;
    const asked = this.#now();
    const entry = { token: Promise.resolve(frame).then(this.#fetch), until: null };
    this.#kept.set(frame, entry);
    entry.token.then(
      (jwt) => { entry.until = asked + lifetime(jwt) * 1000; },
      () => { if (this.#kept.get(frame) === entry) this.#kept.delete(frame); },
    );
    return entry.token;
  }
}
