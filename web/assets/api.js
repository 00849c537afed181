// Requests to the host's own JSON routes (docs/host-web.md).

// Where one is when nobody is signed in.
const DOORS = new Set(['/sign-in', '/setup', '/join']);

/** What the host refused; `message` is its sentence, `status` is 0 when it could not be reached. */
export class Refused extends Error {
  constructor(status, message, field) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

async function request(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refused(0, 'The host could not be reached. Is it still running?');
  }
  const text = await answer.text();
  let value = null;
  try {
    value = text === '' ? null : JSON.parse(text);
  } catch {
    // Not the host's own answer; the status below says what there is to say.
  }
  if (!answer.ok) {
    if (answer.status === 401 && !DOORS.has(location.pathname)) {
      location.replace(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
    }
    const error = value?.error;
    throw new Refused(answer.status, error?.message ?? `The host answered ${answer.status}.`, error?.field);
  }
  return value;
}

export const get = (path) => request('GET', path);
export const post = (path, body) => request('POST', path, body);
export const put = (path, body) => request('PUT', path, body);
export const remove = (path) => request('DELETE', path);

/** The room this page is about, as its address says: an id or a name. */
export function roomOfPage() {
  return decodeURIComponent(location.pathname.split('/')[2] ?? '');
}

export const roomPath = (room) => `/api/rooms/${encodeURIComponent(room)}`;
export const roomPage = (room) => `/rooms/${encodeURIComponent(room)}`;
