// Files that are shared: chosen, dropped onto the room, or pasted. Each shows how far it is.

import { roomPath } from './api.js';
import { byId, make } from './dom.js';

const MOST = 50 * 1024 * 1024;  // bytes, as the host allows

/** Sends the bytes; resolves when they are in the room. `progress(share)` goes from 0 to 1. */
function send(path, file, progress, started) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', path);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 1));
    request.addEventListener('load', () => {
      if (request.status === 201) return resolve();
      let why = `The host answered ${request.status}.`;
      try {
        why = JSON.parse(request.responseText).error.message;
      } catch {
        // Not the host's own answer.
      }
      return reject(new Error(why));
    });
    request.addEventListener('error', () => reject(new Error('The host could not be reached.')));
    request.addEventListener('abort', () => reject(new Error('You stopped it.')));
    started(request);
    request.send(file);
  });
}

export class Uploads {
  #room;
  #list;
  #name;

  /** `list` shows those under way; `name()` is who shares, null while nobody is in the room. */
  constructor(room, list, name) {
    this.#room = room;
    this.#list = list;
    this.#name = name;
    const input = byId('file');
    byId('choose-file').addEventListener('click', () => input.click());
    input.addEventListener('change', () => {
      this.share([...input.files]);
      input.value = '';
    });
    byId('draft').addEventListener('paste', (event) => {
      const files = [...event.clipboardData.files];
      if (files.length === 0) return;
      event.preventDefault();
      this.share(files);
    });
    this.#watchDrops(document.querySelector('.conversation'));
  }

  /** Shares files, one after the other; true for each that arrived. */
  async share(files, message = '') {
    const arrived = [];
    for (const file of files) arrived.push(await this.#share(file, message));
    return arrived;
  }

  async #share(file, message) {
    const name = this.#name();
    if (name === null) return false;
    const bar = make('progress', { max: 1, value: 0, 'aria-label': `Sending ${file.name}` });
    const note = make('p', { className: 'note' }, 'Sending…');
    const stop = make('button', { type: 'button', className: 'linklike' }, 'Stop');
    const entry = make('div', { className: 'pending upload' }, make('b', {}, file.name), bar, note, stop);
    this.#list.append(entry);
    try {
      if (file.size > MOST) throw new Error('A file may have 50 MB.');
      const query = new URLSearchParams({ as: name, message });
      const path = `${roomPath(this.#room)}/files/${encodeURIComponent(file.name || 'file')}?${query}`;
      await send(path, file, (share) => { bar.value = share; }, (request) => { stop.onclick = () => request.abort(); });
      entry.remove();
      return true;
    } catch (error) {
      entry.classList.add('failed');
      note.textContent = `Not sent: ${error.message}`;
      bar.remove();
      stop.textContent = 'Discard';
      stop.onclick = () => entry.remove();
      return false;
    }
  }

  #watchDrops(target) {
    let depth = 0;
    const holdsFiles = (event) => this.#name() !== null && event.dataTransfer.types.includes('Files');
    const show = (on) => target.classList.toggle('drop', on);
    target.addEventListener('dragenter', (event) => {
      if (!holdsFiles(event)) return;
      depth += 1;
      show(true);
    });
    target.addEventListener('dragleave', (event) => {
      if (!holdsFiles(event)) return;
      depth -= 1;
      show(depth > 0);
    });
    target.addEventListener('dragover', (event) => holdsFiles(event) && event.preventDefault());
    target.addEventListener('drop', (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      show(false);
      this.share([...event.dataTransfer.files]);
    });
  }
}
