// A small menu beside a button: arrow keys move, Escape and a click elsewhere close it.

import { make } from './dom.js';

let close = () => {};

/** Opens a menu of [{label, icon?, run}] at the button. */
export function openMenu(button, items) {
  close();
  const entries = items.map(({ label, icon = null, run }) => {
    const item = make('button', { type: 'button', role: 'menuitem', tabIndex: -1 }, icon, ...[label].flat());
    item.addEventListener('click', () => {
      close();
      run();
    });
    return item;
  });
  const menu = make('div', { className: 'menu', role: 'menu', 'aria-label': button.getAttribute('aria-label') ?? '' }, ...entries);
  const outside = (event) => {
    if (!menu.contains(event.target) && !button.contains(event.target)) close();
  };
  close = () => {
    close = () => {};
    document.removeEventListener('pointerdown', outside, true);
    button.setAttribute('aria-expanded', 'false');
    menu.remove();
  };
  menu.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      const next = (entries.indexOf(document.activeElement) + step + entries.length) % entries.length;
      entries[next].focus();
      event.preventDefault();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      close();
      button.focus();
      event.stopPropagation();
    }
  });
  document.addEventListener('pointerdown', outside, true);
  document.body.append(menu);
  const { left, right, bottom, top } = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8, right))}px`;
  menu.style.top = `${bottom + height + 8 > window.innerHeight ? Math.max(8, top - height - 4) : bottom + 4}px`;
  button.setAttribute('aria-expanded', 'true');
  entries[0]?.focus();
}
