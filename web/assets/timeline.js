// The middle column: entries in order, a separator for each day, messages of one person together.
// It follows the newest entry while the reader is at the bottom, and otherwise says what is new.

import { dayName, dayNumber, fullDate } from './dates.js';
import { make } from './dom.js';
import { amend, entryFor } from './entries.js';

const TOGETHER = 5 * 60 * 1000;  // milliseconds within which messages of one person are grouped
const MOST = 1000;               // entries kept in the page
const NEAR = 40;                 // pixels from the bottom that still count as the bottom

export class Timeline {
  #view;
  #entries;
  #empty;
  #newer;
  #unread = 0;
  #follows = true;
  #day = null;
  #last = null;  // { kind, person, at } of the newest entry

  /** `view` scrolls, `entries` is inside it, `newer` is the button that leads to the bottom. */
  constructor({ view, entries, empty, newer }) {
    this.#view = view;
    this.#entries = entries;
    this.#empty = empty;
    this.#newer = newer;
    view.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    newer.addEventListener('click', () => this.toBottom());
    // Pictures that load late, a composer that grows, a phone's keyboard: stay at the bottom.
    const watch = new ResizeObserver(() => this.#follows && this.#pin());
    watch.observe(view);
    for (const child of view.children) watch.observe(child);
  }

  /** Adds what was said before the page was opened, unannounced to screen readers. */
  fill(changes) {
    const speaks = this.#view.getAttribute('aria-live');
    this.#view.setAttribute('aria-live', 'off');
    for (const change of changes) this.#append(change);
    requestAnimationFrame(() => this.#view.setAttribute('aria-live', speaks ?? 'polite'));
    this.#empty.hidden = this.#last !== null;
  }

  add(change) {
    if (change.kind === 'message_edited' || change.kind === 'message_deleted') {
      const entry = this.#entries.querySelector(`[data-id="${CSS.escape(change.message_id)}"]`);
      if (entry) amend(entry, { text: change.text ?? null, edited: change.at });
      return;
    }
    if (!this.#append(change)) return;
    this.#empty.hidden = true;
    if (this.#follows) this.#pin();
    else if (change.kind === 'message' || change.kind === 'notification') this.#count(this.#unread + 1);
  }

  toBottom() {
    this.#follows = true;
    this.#pin();
    this.#count(0);
  }

  #append(change) {
    const at = new Date(change.at);
    const follows = this.#belongsToLast(change, at);
    const entry = entryFor(change, at, follows);
    if (entry === null) return false;
    if (dayNumber(at) !== this.#day) this.#separate(at);
    this.#entries.append(entry);
    this.#last = { kind: change.kind, person: change.person?.id, at };
    while (this.#follows && this.#entries.childElementCount > MOST) this.#entries.firstElementChild.remove();
    return true;
  }

  #belongsToLast(change, at) {
    const last = this.#last;
    return last !== null && change.kind === 'message' && last.kind === 'message' &&
      last.person === change.person.id && at - last.at < TOGETHER && dayNumber(at) === this.#day;
  }

  #separate(at) {
    this.#day = dayNumber(at);
    this.#entries.append(make('h2', { className: 'day' },
      make('time', { dateTime: at.toISOString().slice(0, 10), title: fullDate(at) }, dayName(at))));
  }

  #pin() {
    this.#view.scrollTop = this.#view.scrollHeight;
  }

  #scrolled() {
    const left = this.#view.scrollHeight - this.#view.scrollTop - this.#view.clientHeight;
    this.#follows = left <= NEAR;
    if (this.#follows) this.#count(0);
  }

  #count(unread) {
    this.#unread = unread;
    this.#newer.hidden = unread === 0;
    this.#newer.textContent = unread === 1 ? '1 new message' : `${unread} new messages`;
  }
}
