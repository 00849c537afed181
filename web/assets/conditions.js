// Whether a module is shown: the conditions of its descriptor (addon-side.md 1.10).

const at = (value, path) => path.split('.').reduce((inner, name) => inner?.[name], value);

const COMPARE = {
  eq: (found, wanted) => found === wanted,
  lt: (found, wanted) => found < wanted,
  gt: (found, wanted) => found > wanted,
};

function matches(data, wanted) {
  if (!Array.isArray(wanted)) return true;
  if (data === undefined || data === null) return false;
  return wanted.every((rule) => Object.entries(COMPARE).every(([name, holds]) =>
    !Object.hasOwn(rule, name) || holds(at(data, String(rule.attr)), rule[name])));
}

function expression({ pattern = '', flags = '' }) {
  try {
    return new RegExp(pattern, flags.replaceAll(/[^dimsu]/gu, ''));
  } catch {
    return null;  // what is no pattern is found in nothing
  }
}

function messageMatches(message, { type, sender, regex, file_type: fileType }) {
  if (!message) return false;
  if (type !== undefined && type !== message.type) return false;
  if (sender !== undefined && sender !== message.sender.id && sender !== message.sender.name) return false;
  if (fileType !== undefined && (fileType === 'image' ? 'img' : fileType) !== message.media?.type) return false;
  return regex === undefined || expression(regex)?.test(message.body) === true;
}

const LEAVES = {
  room_is_public: ({ room }) => room.privacy === 'public',
  user_is_admin: ({ user }) => user.is_admin,
  user_is_guest: ({ user }) => user.is_guest,
  user_is_room_owner: ({ user }) => user.is_room_owner,
  glance_matches: ({ glance }, { metadata }) => matches(glance?.metadata, metadata),
  message_contains_link: ({ message }) => /\bhttps?:\/\//iu.test(message?.body ?? ''),
  message_sent_by_current_user: ({ message, user }) => message !== undefined && message.sender.id === user.id,
  message_matches: ({ message }, params) => messageMatches(message, params),
  card_matches: ({ message }, { style, metadata }) => message?.card !== undefined &&
    (style === undefined || style === message.card.style) && matches(message.metadata, metadata),
};

function holdsOne(condition, facts) {
  if (Array.isArray(condition.conditions)) {
    const all = String(condition.type).toLowerCase() !== 'or';
    return all ? condition.conditions.every((each) => holdsOne(each, facts))
      : condition.conditions.some((each) => holdsOne(each, facts));
  }
  const leaf = Object.hasOwn(LEAVES, condition.condition) ? LEAVES[condition.condition] : () => false;
  return leaf(facts, condition.params ?? {}) !== (condition.invert === true);
}

/** `facts`: {room, user, glance?, message?}. No conditions hold. */
export const hold = (conditions, facts) => (conditions ?? []).every((each) => holdsOne(each, facts));

/** Whether one of them asks what is in the glance. */
export const asksGlance = (conditions) => (conditions ?? []).some((each) =>
  each.condition === 'glance_matches' || asksGlance(each.conditions));
