// What a page sends is a structured clone: it may hold cycles, maps, files, ports, or members named
// __proto__. The host works with plain data only.

const DEEPEST = 20;
const MOST = 20000;
const HARMFUL = new Set(['__proto__', 'constructor', 'prototype']);

/** The value cannot be taken; `message` is a sentence for the author of the page. */
export class NotPlain extends Error {}

/**
 * A copy that consists of null, booleans, finite numbers, text, arrays and objects only, each object
 * with the members a JSON text could have given it. Members that are undefined, and members whose
 * names could reach a prototype, are left out; undefined on its own, or in an array, is null.
 * Throws NotPlain for anything else, for more than 20 levels (thus for cycles) and 20000 values.
 */
export function plain(value) {
  let left = MOST;

  const list = (values, depth) => Array.from(values, (each) => copy(each, depth + 1));

  const object = (members, depth) => {
    const result = {};
    for (const [name, member] of Object.entries(members)) {
      if (member !== undefined && !HARMFUL.has(name)) result[name] = copy(member, depth + 1);
    }
    return result;
  };

  const copy = (each, depth) => {
    left -= 1;
    if (left < 0) throw new NotPlain(`A message may hold ${MOST} values at most.`);
    if (depth > DEEPEST) throw new NotPlain(`A message may be ${DEEPEST} levels deep at most.`);
    if (each === null || each === undefined) return null;
    if (typeof each === 'string' || typeof each === 'boolean' || Number.isFinite(each)) return each;
    if (Array.isArray(each)) return list(each, depth);
    if (isObject(each)) return object(each, depth);
    throw new NotPlain(`A message may hold what JSON can hold, and not ${nameOf(each)}.`);
  };

  return copy(value, 0);
}

/** An object as `{}` makes it: no array, map, date, file or anything else with a kind of its own. */
export function isObject(value) {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function nameOf(value) {
  return typeof value === 'object' ? Object.prototype.toString.call(value).slice(8, -1) : String(value);
}
