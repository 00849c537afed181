// What the tab's title says while nobody looks: how much is new, and a mark when an add-on asked
// for attention.

export class Attention {
  #title;
  #unread = 0;
  #marked = false;
  #elsewhere = 0;

  constructor() {
    this.#title = document.title;
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) return;
      this.#unread = 0;
      this.#marked = false;
      this.#show();
    });
  }

  set title(text) {
    this.#title = text;
    this.#show();
  }

  /** How many messages in other rooms mention one. */
  set elsewhere(mentions) {
    this.#elsewhere = mentions;
    this.#show();
  }

  /** A change arrived; `own` if this tab's person made it. */
  notice(change, own) {
    const says = change.kind === 'message' || change.kind === 'notification';
    if (!says || own || !document.hidden) return;
    this.#unread += 1;
    this.#marked ||= change.notify === true;
    this.#show();
  }

  #show() {
    const mark = this.#marked ? '● ' : '';
    const total = this.#unread + this.#elsewhere;
    const count = total === 0 ? '' : `(${total}) `;
    document.title = mark + count + this.#title;
  }
}
