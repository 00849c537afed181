#include "host/core/tables.hpp"

#include <array>

namespace hipchat::host {
namespace {

// changes.content and clients.descriptor are JSON. changes is the feed: rows are only added.
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
