// Forms that are sent as JSON, and say what the host did not like.

import { byId } from './dom.js';

/** Shows text in the element of that id; empty text hides it. */
export function tell(id, message) {
  byId(id).textContent = message;
  byId(id).hidden = message === '';
}

/** What the form's fields hold, by their names. */
export const valuesOf = (form) => Object.fromEntries(
  [...new FormData(form)].filter(([, value]) => typeof value === 'string').map(([name, value]) => [name, value.trim()]));

/** Calls `send(values)` when the form is sent; what it throws is shown in #problemId. */
export function onSubmit(formId, problemId, send) {
  const form = byId(formId);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    tell(problemId, '');
    const button = form.querySelector('button[type="submit"]');
    button.disabled = true;
    try {
      await send(valuesOf(form));
    } catch (error) {
      tell(problemId, error.message);
      if (error.field) form.elements.namedItem(error.field)?.focus?.();
    } finally {
      button.disabled = false;
    }
  });
}

/** A path of this host that was asked for before; "/" for anything else. */
export function nextPage() {
  const asked = new URLSearchParams(location.search).get('next') ?? '/';
  const target = new URL(asked, location.origin);
  return target.origin === location.origin && /^\/(?![/\\])/u.test(asked) ? target.pathname + target.search : '/';
}
