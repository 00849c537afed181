#include "storage/sqlite/schema.hpp"

#include <array>
#include <utility>

namespace hipchat::storage::sqlite {
namespace {

constexpr std::array migrations = {
    // The generation of an oauthId is in `tenants` while it is installed and in `removed_tenants`
    // afterwards, never in both. state: 0 active, 1 suspended. The few suspended tenants have an
    // index because they are asked for at every start.
    R"sql(
    CREATE TABLE tenants (
        oauth_id TEXT NOT NULL PRIMARY KEY,
        generation INTEGER NOT NULL CHECK (generation > 0),
        state INTEGER NOT NULL CHECK (state IN (0, 1)),
        secret TEXT NOT NULL,
        group_id INTEGER,
        group_name TEXT NOT NULL,
        room_id INTEGER,
        capabilities_url TEXT NOT NULL,
        api_url TEXT NOT NULL,
        token_url TEXT NOT NULL,
        homepage TEXT NOT NULL,
        authorization_url TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX suspended_tenants ON tenants(oauth_id) WHERE state = 1;
    CREATE TABLE removed_tenants (
        oauth_id TEXT NOT NULL PRIMARY KEY,
        generation INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    )sql",
    // Data belong to (oauth_id, since). space: 0 the author's, 1 the library's. While a row is in
    // `retired_data`, the tenant is removed and its data wait to be purged: `at` is the time that
    // the first purge noted, `proof` an HMAC of the capabilities URL under the tenant's secret,
    // NULL once the purge has begun.
    R"sql(
    ALTER TABLE tenants ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
    UPDATE tenants SET since = generation;
    CREATE INDEX tenants_by_group ON tenants(group_id, oauth_id);
    CREATE INDEX tenants_by_room ON tenants(room_id, oauth_id);
    CREATE TABLE tenant_data (
        oauth_id TEXT NOT NULL,
        since INTEGER NOT NULL,
        space INTEGER NOT NULL CHECK (space IN (0, 1)),
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (oauth_id, since, space, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE retired_data (
        oauth_id TEXT NOT NULL,
        since INTEGER NOT NULL,
        proof BLOB,
        at INTEGER,
        PRIMARY KEY (oauth_id, since)
    ) STRICT, WITHOUT ROWID;
    )sql",
    // Deliveries of durable handlers. due: milliseconds since 1970; NULL while one is under way,
    // and
    // of the dead. repeated_as: see replay_window::key_of; NULL where repetitions are not
    // recognised. The triggers keep the number of those that are not dead, so that refusing one too
    // many costs the same however many there are.
    R"sql(
    CREATE TABLE deliveries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        repeated_as BLOB UNIQUE,
        oauth_id TEXT NOT NULL,
        since INTEGER NOT NULL,
        route TEXT NOT NULL,
        body TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        due INTEGER,
        dead INTEGER NOT NULL DEFAULT 0 CHECK (dead IN (0, 1))
    ) STRICT;
    CREATE INDEX deliveries_of_tenant ON deliveries(oauth_id);
    CREATE INDEX due_deliveries ON deliveries(due, id) WHERE dead = 0;
    CREATE INDEX dead_deliveries ON deliveries(id) WHERE dead = 1;
    CREATE TABLE delivery_count (live INTEGER NOT NULL) STRICT;
    INSERT INTO delivery_count (live) VALUES (0);
    CREATE TRIGGER count_kept_delivery AFTER INSERT ON deliveries WHEN new.dead = 0 BEGIN
        UPDATE delivery_count SET live = live + 1;
    END;
    CREATE TRIGGER count_removed_delivery AFTER DELETE ON deliveries WHEN old.dead = 0 BEGIN
        UPDATE delivery_count SET live = live - 1;
    END;
    CREATE TRIGGER count_changed_delivery AFTER UPDATE OF dead ON deliveries BEGIN
        UPDATE delivery_count SET live = live + old.dead - new.dead;
    END;
    )sql",
};

}  // namespace

std::shared_ptr<database> open_addon_database(event_loop& loop, std::string path) {
    database_options options;
    options.path = std::move(path);
    return std::make_shared<database>(loop, options, migrations);
}

}  // namespace hipchat::storage::sqlite
