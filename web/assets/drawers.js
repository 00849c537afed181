// On narrow screens the side columns slide over the conversation, one at a time.

/** `drawers` are [button, column] pairs; `shade` covers the rest of the page. */
export function watchDrawers(drawers, shade) {
  let open = null;

  const close = () => {
    if (open === null) return;
    const [button, column] = open;
    open = null;
    button.setAttribute('aria-expanded', 'false');
    column.classList.remove('open');
    shade.hidden = true;
    button.focus();
  };

  for (const drawer of drawers) {
    const [button, column] = drawer;
    button.addEventListener('click', () => {
      const wasOpen = open === drawer;
      close();
      if (wasOpen) return;
      open = drawer;
      button.setAttribute('aria-expanded', 'true');
      column.classList.add('open');
      shade.hidden = false;
      column.tabIndex = -1;
      column.focus();
    });
  }
  shade.addEventListener('click', close);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
}
