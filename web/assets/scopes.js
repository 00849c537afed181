// What personal tokens may do, in words (host-side.md 2).

export const SCOPES = {
  send_message: 'Send messages as you',
  send_notification: 'Send notifications',
  view_messages: 'Read messages',
  view_room: 'See rooms and who is there',
  view_group: 'See the group, its people and rooms',
  admin_room: 'Change rooms that are yours',
  manage_rooms: 'Make and delete rooms',
  admin_group: 'Make and change people, if you are an admin',
};
