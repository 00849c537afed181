#include "host/core/tables.hpp"

#include <array>

namespace hipchat::host {
namespace {

// changes.content and clients.descriptor are JSON. changes is the feed: rows are only added; what
// of them is searched for is in columns of its own as well.
constexpr std::array scripts = {
    R"sql(
CREATE TABLE groups (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE rooms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL REFERENCES groups(id),
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    topic TEXT NOT NULL DEFAULT '',
    privacy TEXT NOT NULL DEFAULT 'public',
    is_archived INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    mention_name TEXT NOT NULL COLLATE NOCASE UNIQUE
) STRICT;

CREATE TABLE presence (
    room_id INTEGER NOT NULL REFERENCES rooms(id),
    person_id INTEGER NOT NULL REFERENCES people(id),
    PRIMARY KEY (room_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    room_id INTEGER NOT NULL REFERENCES rooms(id),
    network TEXT NOT NULL,
    external_id TEXT,
    actor TEXT NOT NULL DEFAULT '',
    content TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX changes_by_origin ON changes(network, external_id)
    WHERE external_id IS NOT NULL;
CREATE INDEX changes_by_room ON changes(room_id, seq);

CREATE TABLE clients (
    oauth_id TEXT PRIMARY KEY,
    secret TEXT NOT NULL,
    room_id INTEGER REFERENCES rooms(id),
    addon_key TEXT NOT NULL,
    descriptor_url TEXT NOT NULL,
    descriptor TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('offered', 'installed', 'revoked')),
    since INTEGER NOT NULL DEFAULT 0,
    installed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX clients_by_room ON clients(ifnull(room_id, 0), addon_key)
    WHERE state <> 'revoked';

CREATE TABLE hooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    oauth_id TEXT NOT NULL REFERENCES clients(oauth_id) ON DELETE CASCADE,
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX hooks_by_client ON hooks(oauth_id);

CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    oauth_id TEXT NOT NULL REFERENCES clients(oauth_id) ON DELETE CASCADE,
    scopes TEXT NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_by_client ON tokens(oauth_id);

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    seq INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    oauth_id TEXT NOT NULL REFERENCES clients(oauth_id) ON DELETE CASCADE,
    hook_id INTEGER NOT NULL,
    jti TEXT NOT NULL,
    user_id TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (seq, hook_id)
) STRICT;
CREATE INDEX deliveries_by_client ON deliveries(oauth_id);

CREATE TABLE cursors (
    name TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql",
    // A room that was deleted keeps its row, because the feed refers to it; its name is one that no
    // room can be given, so that the old one is free. The text of a message is replaced in the feed
    // when its author edits or deletes it; nothing else in it changes.
    R"sql(
ALTER TABLE rooms ADD COLUMN owner_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN is_guest_accessible INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN guest_token TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN delegate_admin_visibility INTEGER;
ALTER TABLE rooms ADD COLUMN avatar TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN is_deleted INTEGER NOT NULL DEFAULT 0;

ALTER TABLE people ADD COLUMN email TEXT NOT NULL DEFAULT '' COLLATE NOCASE;
ALTER TABLE people ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN timezone TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE people ADD COLUMN is_group_admin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN is_deleted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN photo TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN presence_show TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN presence_status TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX people_by_email ON people(email) WHERE email <> '';

CREATE TABLE members (
    room_id INTEGER NOT NULL REFERENCES rooms(id),
    person_id INTEGER NOT NULL REFERENCES people(id),
    is_admin INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (room_id, person_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE changes ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN at TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN is_message INTEGER NOT NULL DEFAULT 0;
ALTER TABLE changes ADD COLUMN is_deleted INTEGER NOT NULL DEFAULT 0;
UPDATE changes SET id = json_extract(content, '$.id'), at = json_extract(content, '$.at'),
    is_message = json_extract(content, '$.kind') IN ('message', 'notification');
CREATE UNIQUE INDEX changes_by_id ON changes(id);
CREATE INDEX messages ON changes(room_id, at, seq) WHERE is_message = 1;

CREATE TABLE personal_tokens (
    hash TEXT PRIMARY KEY,
    person_id INTEGER REFERENCES people(id),
    room_id INTEGER REFERENCES rooms(id),
    scopes TEXT NOT NULL,
    label TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    CHECK ((person_id IS NULL) <> (room_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE private_messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    from_id INTEGER NOT NULL REFERENCES people(id),
    to_id INTEGER NOT NULL REFERENCES people(id),
    content TEXT NOT NULL
) STRICT;
CREATE INDEX private_messages_from ON private_messages(from_id, to_id, seq);
)sql",
    // hooks.position: place in the descriptor, or -1 of one that was added through the REST API.
    R"sql(
ALTER TABLE hooks ADD COLUMN room_id INTEGER;
ALTER TABLE hooks ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE hooks ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE hooks ADD COLUMN event TEXT NOT NULL DEFAULT '';
ALTER TABLE hooks ADD COLUMN url TEXT NOT NULL DEFAULT '';
ALTER TABLE hooks ADD COLUMN pattern TEXT NOT NULL DEFAULT '';
ALTER TABLE hooks ADD COLUMN is_signed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hooks ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hooks ADD COLUMN created INTEGER NOT NULL DEFAULT 0;

CREATE TABLE modules (
    oauth_id TEXT NOT NULL REFERENCES clients(oauth_id) ON DELETE CASCADE,
    room_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (oauth_id, room_id, kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE glances (
    oauth_id TEXT NOT NULL REFERENCES clients(oauth_id) ON DELETE CASCADE,
    room_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (oauth_id, room_id, person_id, key)
) STRICT, WITHOUT ROWID;
)sql",
    // files.id names the file in the data folder. A conversation of two people is found whoever of
    // them speaks.
    R"sql(
CREATE TABLE files (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    is_dropped INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX files_dropped ON files(is_dropped) WHERE is_dropped = 1;

ALTER TABLE people ADD COLUMN last_active TEXT NOT NULL DEFAULT '';

DROP INDEX private_messages_from;
CREATE INDEX private_messages_of_two
    ON private_messages(min(from_id, to_id), max(from_id, to_id), at, seq);
)sql",
    // Of sessions and invitations only the SHA-256 of what their holder has is kept.
    R"sql(
ALTER TABLE people ADD COLUMN role TEXT NOT NULL DEFAULT 'member'
    CHECK (role IN ('guest', 'member', 'admin', 'owner'));
ALTER TABLE people ADD COLUMN guest_room INTEGER NOT NULL DEFAULT 0;
UPDATE people SET role = 'admin' WHERE is_group_admin = 1;
ALTER TABLE people DROP COLUMN is_group_admin;

CREATE TABLE accounts (
    person_id INTEGER PRIMARY KEY REFERENCES people(id),
    password TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people(id),
    browser TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
    hash TEXT PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people(id),
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX invitations_by_person ON invitations(person_id);
)sql",
    // search.rowid is the seq of a message.
    R"sql(
CREATE VIRTUAL TABLE search USING fts5(words, sender, tokenize = "unicode61 remove_diacritics 2");
INSERT INTO search(rowid, words, sender)
    SELECT seq, ifnull(json_extract(content, '$.text'), ''),
        ifnull(json_extract(content, '$.person.name'), ifnull(json_extract(content, '$.from'), ''))
    FROM changes WHERE is_message = 1 AND is_deleted = 0;

CREATE TABLE read_marks (
    person_id INTEGER NOT NULL REFERENCES people(id),
    room_id INTEGER NOT NULL REFERENCES rooms(id),
    seq INTEGER NOT NULL,
    PRIMARY KEY (person_id, room_id)
) STRICT, WITHOUT ROWID;
)sql",
    // What retention looks for. The age of a file that was kept before counts from here on.
    R"sql(
CREATE INDEX changes_by_age ON changes(at, seq);
CREATE INDEX private_messages_by_age ON private_messages(at);
ALTER TABLE files ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
UPDATE files SET created = unixepoch() * 1000000;
CREATE INDEX files_by_age ON files(created) WHERE is_dropped = 0;
)sql",
    // Which of ours the people and rooms of an import are.
    R"sql(
CREATE TABLE imported (
    source TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'room')),
    their_id TEXT NOT NULL,
    our_id INTEGER NOT NULL,
    PRIMARY KEY (source, kind, their_id)
) STRICT, WITHOUT ROWID;
)sql",
};

}  // namespace

std::span<const char* const> migrations() {
    return scripts;
}

void seed(connection& on, wall_time now) {
    on.run("INSERT OR IGNORE INTO groups(id, name) VALUES (1, 'HipChat')");
    on.run(
        "INSERT INTO rooms(group_id, name, created) SELECT 1, 'Lobby', ? "
        "WHERE NOT EXISTS (SELECT 1 FROM rooms)",
        to_column(now));
}

std::int64_t to_column(wall_time when) {
    return when.time_since_epoch().count();
}

wall_time from_column(std::int64_t microseconds) {
    return wall_time(std::chrono::microseconds(microseconds));
}

}  // namespace hipchat::host
