// The middle column: entries in order, a separator for each day, messages of one person together.
// It follows the newest entry while the reader is at the bottom, and otherwise says what is new. What
// was said earlier is loaded when the reader gets near the top; a part of the past can be shown alone.

import { dayName, dayNumber, fullDate } from './dates.js';
import { make } from './dom.js';
import { amend, entryFor } from './entries.js';

const TOGETHER = 5 * 60 * 1000;  // milliseconds within which messages of one person are grouped
const MOST = 1000;               // entries kept in the page
const NEAR = 40;                 // pixels from the bottom that still count as the bottom
const EARLY = 600;               // pixels from the top at which what was earlier is loaded

/** Entries one after the other. */
class Sequence {
  #into;
  #day = null;
  #last = null;  // { kind, person, at } of the newest entry

  constructor(into) {
    this.#into = into;
  }

  get isEmpty() {
    return this.#last === null;
  }

  /** False for a kind that this page does not show. */
  append(change) {
    const at = new Date(change.at);
    const entry = entryFor(change, at, this.#belongsToLast(change, at));
    if (entry === null) return false;
    if (dayNumber(at) !== this.#day) this.#separate(at);
    this.#into.append(entry);
    this.#last = { kind: change.kind, person: change.person?.id, at };
    return true;
  }

  #belongsToLast(change, at) {
    const last = this.#last;
    return last !== null && change.kind === 'message' && last.kind === 'message' && !change.parent_id &&
      last.person === change.person.id && at - last.at < TOGETHER && dayNumber(at) === this.#day;
  }

  #separate(at) {
    this.#day = dayNumber(at);
    this.#into.append(make('h2', { className: 'day', data: { day: this.#day } },
      make('time', { dateTime: at.toISOString().slice(0, 10), title: fullDate(at) }, dayName(at))));
  }
}

export class Timeline {
  #view;
  #entries;
  #empty;
  #newer;
  #load;
  #sequence;
  #unread = 0;
  #follows = true;
  #oldest = null;      // seq of the first change that was shown, or left out as of no kind
  #isBegin = false;    // nothing was said earlier
  #isLoading = false;
  #isPast = false;     // a part of the past is shown: what comes is counted only

  /**
   * `view` scrolls, `entries` is inside it, `newer` is the button that leads to the bottom. `load` asks the
   * host: load.before(seq) and load.around(seq) promise {changes, is_begin, is_end}, load.now() the newest.
   */
  constructor({ view, entries, empty, newer, load }) {
    this.#view = view;
    this.#entries = entries;
    this.#empty = empty;
    this.#newer = newer;
    this.#load = load;
    this.#sequence = new Sequence(entries);
    view.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    newer.addEventListener('click', () => this.toBottom());
    // Pictures that load late, a composer that grows, a phone's keyboard: stay at the bottom.
    const watch = new ResizeObserver(() => this.#follows && this.#pin());
    watch.observe(view);
    for (const child of view.children) watch.observe(child);
  }

  /** Whether the reader sees what is newest. */
  get follows() {
    return this.#follows && !this.#isPast;
  }

  /** Adds what was said before the page was opened, unannounced to screen readers. */
  fill(changes) {
    this.#quietly(() => {
      for (const change of changes) this.#sequence.append(change);
      if (this.#oldest === null && changes.length > 0) this.#oldest = changes[0].seq;
    });
    this.#empty.hidden = !this.#sequence.isEmpty;
  }

  add(change) {
    if (change.kind === 'message_edited' || change.kind === 'message_deleted') {
      const entry = this.find(change.message_id);
      if (entry) amend(entry, { text: change.text ?? null, edited: change.at });
      return;
    }
    const isSaid = change.kind === 'message' || change.kind === 'notification';
    if (this.#isPast) {
      if (isSaid) this.#count(this.#unread + 1);
      return;
    }
    this.#oldest ??= change.seq;
    if (!this.#sequence.append(change)) return;
    this.#empty.hidden = true;
    if (this.#follows) this.#trim();
    if (this.#follows) this.#pin();
    else if (isSaid) this.#count(this.#unread + 1);
  }

  /** The entry of that message; null if it is not shown. */
  find(messageId) {
    return this.#entries.querySelector(`[data-id="${CSS.escape(messageId)}"]`);
  }

  /** Brings the message of a change into view, whenever it was. */
  async jump({ seq, id }) {
    if (!this.find(id)) {
      const part = await this.#load.around(seq);
      this.#replace(part.changes, part);
    }
    const entry = this.find(id);
    if (!entry) return;
    this.#follows = false;
    entry.scrollIntoView({ block: 'center' });
    entry.classList.remove('found');
    requestAnimationFrame(() => entry.classList.add('found'));
    entry.tabIndex = -1;
    entry.focus({ preventScroll: true });
  }

  async toBottom() {
    if (this.#isPast) {
      const part = await this.#load.now();
      this.#replace(part.changes, { ...part, is_end: true });
    }
    this.#follows = true;
    this.#pin();
    this.#count(0);
  }

  #replace(changes, { is_begin: isBegin, is_end: isEnd }) {
    this.#entries.replaceChildren();
    this.#sequence = new Sequence(this.#entries);
    this.#oldest = null;
    this.#isBegin = isBegin;
    this.#isPast = !isEnd;
    this.fill(changes);
    this.#count(0);
  }

  async #loadEarlier() {
    if (this.#isLoading || this.#isBegin || this.#oldest === null) return;
    this.#isLoading = true;
    try {
      const { changes, is_begin: isBegin } = await this.#load.before(this.#oldest);
      this.#isBegin = isBegin;
      if (changes.length > 0) this.#prepend(changes);
    } catch {
      // The next scroll tries again.
    } finally {
      this.#isLoading = false;
    }
  }

  #prepend(changes) {
    const part = document.createDocumentFragment();
    const sequence = new Sequence(part);
    for (const change of changes) sequence.append(change);
    this.#oldest = changes[0].seq;
    const first = this.#entries.firstElementChild;
    const lastDay = [...part.children].filter((each) => each.matches('.day')).at(-1);
    const { scrollHeight, scrollTop } = this.#view;
    this.#quietly(() => {
      if (first?.matches('.day') && first.dataset.day === lastDay?.dataset.day) first.remove();
      this.#entries.prepend(part);
    });
    this.#view.scrollTop = scrollTop + this.#view.scrollHeight - scrollHeight;
  }

  #quietly(change) {
    const speaks = this.#view.getAttribute('aria-live');
    this.#view.setAttribute('aria-live', 'off');
    change();
    requestAnimationFrame(() => this.#view.setAttribute('aria-live', speaks === 'off' || speaks === null ? 'polite' : speaks));
  }

  #trim() {
    while (this.#entries.childElementCount > MOST) {
      this.#entries.firstElementChild.remove();
      this.#oldest = Number(this.#entries.querySelector('[data-seq]').dataset.seq);
      this.#isBegin = false;
    }
  }

  #pin() {
    this.#view.scrollTop = this.#view.scrollHeight;
  }

  #scrolled() {
    const left = this.#view.scrollHeight - this.#view.scrollTop - this.#view.clientHeight;
    this.#follows = left <= NEAR;
    if (this.#follows && !this.#isPast) this.#count(0);
    if (this.#view.scrollTop < EARLY) this.#loadEarlier();
  }

  #count(unread) {
    this.#unread = unread;
    this.#newer.hidden = unread === 0 && !this.#isPast;
    if (unread > 0) this.#newer.textContent = unread === 1 ? '1 new message' : `${unread} new messages`;
    else if (this.#isPast) this.#newer.textContent = 'Back to now';
  }
}
