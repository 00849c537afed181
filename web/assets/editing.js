// Editing a message where it stands: Enter saves, Escape gives up.

import { make } from './dom.js';

/** Puts a box in the place of the entry's text; `save(text)` takes what it has become. */
export function editInPlace(entry, save) {
  const text = entry.querySelector('.text');
  if (entry.querySelector('.editing')) return;
  const box = make('textarea', { className: 'editing', rows: 2, maxLength: 10000, value: entry.change.text, 'aria-label': 'Edit your message' });
  const close = () => {
    box.remove();
    text.hidden = false;
  };
  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const changed = box.value.trim();
      if (changed !== '' && changed !== entry.change.text) save(changed);
      close();
    }
  });
  text.hidden = true;
  text.after(box);
  box.focus();
}
