// What pages of add-ons can call in a room: the script API of host-side.md 6.

import { NotPlain, isObject, plain } from './frame_values.js';

/** What a page is told when it is refused: an error text, or an object where the protocol has one. */
export class Refusal extends Error {
  constructor(message, answer = message) {
    super(message);
    this.answer = answer;
  }
}

// Arguments are "name kind"; a kind with "?" may be left out. Callbacks travel as `mid` and are not
// listed here.
const FUNCTIONS = {
  auth: { withToken: {} },
  dialog: {
    open: { args: ['options object'] },
    update: { args: ['options object'] },
    updatePrimaryAction: { args: ['options object'] },
    close: {},
  },
  sidebar: {
    openView: { args: ['options object'] },
    closeView: {},
  },
  room: {
    open: { args: ['options object'] },
    create: { args: ['name text?', 'topic text?', 'privacy text?'] },
    invite: { args: ['ids any'] },
    getRoomDetails: { scope: 'view_room' },
    getParticipants: { scope: 'view_room' },
  },
  user: {
    getCurrentUser: { scope: 'view_room' },
    open: { args: ['options object'] },
  },
  chat: {
    appendMessage: { args: ['text text'] },
    focus: {},
    addFileForUploadWithBase64: { args: ['dataUrl text', 'name text'] },
  },
  file: {
    openInFileViewer: { args: ['file object', 'list list?'] },
  },
};

const KINDS = {
  any: { is: () => true, words: 'anything' },
  list: { is: Array.isArray, words: 'a list' },
  object: { is: isObject, words: 'an object' },
  text: { is: (value) => typeof value === 'string', words: 'text' },
};

function argument(text) {
  const [name, kind] = text.split(' ');
  const optional = kind.endsWith('?');
  return { name, optional, ...KINDS[optional ? kind.slice(0, -1) : kind] };
}

/** The functions that one host offers: those of the protocol for which it has a behaviour. */
export class FrameApi {
  #modules = new Map();  // module → function → {args, scope, run}

  /**
   * `behaviours`: {module: {function: (frame, ...args) => value or promise}}. The arguments have the
   * kinds of the table above, or are null where they may be left out. A behaviour refuses by
   * throwing a Refusal. A name that the protocol does not have is an error of the caller.
   */
  constructor(behaviours) {
    for (const [mod, functions] of Object.entries(behaviours)) {
      const offered = new Map();
      for (const [fn, run] of Object.entries(functions)) {
        if (!Object.hasOwn(FUNCTIONS, mod) || !Object.hasOwn(FUNCTIONS[mod], fn)) {
          throw new Error(`the protocol has no function ${mod}.${fn}`);
        }
        const { args = [], scope = null } = FUNCTIONS[mod][fn];
        offered.set(fn, { args: args.map(argument), scope, run });
      }
      this.#modules.set(mod, offered);
    }
  }

  /** As `api` in the name of a frame. */
  announcement() {
    const named = ([fn, { args }]) => [fn, { args: args.map(({ name }) => name) }];
    return Object.fromEntries([...this.#modules].map(([mod, functions]) => [mod, Object.fromEntries([...functions].map(named))]));
  }

  /** Calls what the page asked for; throws a Refusal with what to tell it. */
  async call(frame, mod, fn, args) {
    const found = this.#modules.get(mod)?.get(fn);
    if (!found) throw new Refusal('This host has no such function.');
    const name = `${mod}.${fn}`;
    if (found.scope !== null && !frame.scopes.has(found.scope)) {
      throw new Refusal(`${name} requires the scope ${found.scope}: declare it in the descriptor and install the add-on again.`);
    }
    const checked = check(name, found.args, args);
    return found.run(frame, ...checked);
  }
}

function check(name, expected, given) {
  if (!Array.isArray(given)) throw new Refusal(`${name}: the arguments are not a list.`);
  let values;
  try {
    values = plain(given.slice(0, expected.length));
  } catch (error) {
    if (error instanceof NotPlain) throw new Refusal(`${name}: ${error.message}`);
    throw error;
  }
  return expected.map(({ name: part, optional, is, words }, index) => {
    const value = values[index] ?? null;
    if (value === null ? optional : is(value)) return value;
    throw new Refusal(`${name}: ${part} must be ${words}.`);
  });
}
