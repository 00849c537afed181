#include "storage/sqlite/tenants.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <utility>

#include "storage/removal_proof.hpp"
#include "storage/sqlite/schema.hpp"

namespace hipchat::storage {
namespace {

using sqlite::connection;
using sqlite::statement;

constexpr auto most_rows = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());

#define HIPCHAT_SELECT_TENANT                                                     \
    "SELECT oauth_id, generation, state, secret, group_id, group_name, room_id, " \
    "capabilities_url, api_url, token_url, homepage, authorization_url, since "   \
    "FROM tenants WHERE "

constexpr std::string_view find_sql = HIPCHAT_SELECT_TENANT "oauth_id = ?";
constexpr std::string_view list_all_sql =
    HIPCHAT_SELECT_TENANT "oauth_id > ? ORDER BY oauth_id LIMIT ?";
// The state is part of the text so that the suspended tenants are found by their index.
constexpr std::string_view list_active_sql =
    HIPCHAT_SELECT_TENANT "state = 0 AND oauth_id > ? ORDER BY oauth_id LIMIT ?";
constexpr std::string_view list_suspended_sql =
    HIPCHAT_SELECT_TENANT "state = 1 AND oauth_id > ? ORDER BY oauth_id LIMIT ?";

constexpr std::string_view list_in_group_sql =
    HIPCHAT_SELECT_TENANT "group_id = ? AND state = 0 AND oauth_id > ? ORDER BY oauth_id LIMIT ?";
constexpr std::string_view list_in_room_sql =
    HIPCHAT_SELECT_TENANT "room_id = ? AND state = 0 AND oauth_id > ? ORDER BY oauth_id LIMIT ?";

#undef HIPCHAT_SELECT_TENANT

int stored(tenant::status state) {
    return state == tenant::status::suspended ? 1 : 0;
}

tenant tenant_of(const statement& row) {
    tenant value;
    value.oauth_id = row.text(0);
    value.generation = row.integer(1);
    value.state = row.integer(2) == 1 ? tenant::status::suspended : tenant::status::active;
    value.secret = hipchat::secret(row.text(3));
    value.group_id = row.optional_integer(4);
    value.group_name = row.text(5);
    value.room_id = row.optional_integer(6);
    value.capabilities_url = row.text(7);
    value.api_url = row.text(8);
    value.token_url = row.text(9);
    value.homepage = row.text(10);
    value.authorization_url = row.text(11);
    value.since = row.integer(12);
    return value;
}

std::optional<std::int64_t> generation_in(connection& on, std::string_view sql,
                                          const std::string& oauth_id) {
    statement row = on.query(sql, oauth_id);
    if (!row.step()) return std::nullopt;
    return row.integer(0);
}

std::span<const std::byte> bytes_of(const protocol::sha256_digest& digest) {
    return std::as_bytes(std::span(digest));
}

// Gives `value` its generation and `since`; false if `expected` is not what is stored.
bool number(connection& on, tenant& value, std::int64_t expected) {
    const auto current =
        generation_in(on, "SELECT generation FROM tenants WHERE oauth_id = ?", value.oauth_id);
    if (current.value_or(0) != expected) return false;
    const auto removed = generation_in(
        on, "SELECT generation FROM removed_tenants WHERE oauth_id = ?", value.oauth_id);
    value.generation = std::max(current.value_or(0), removed.value_or(0)) + 1;
    if (current) {
        statement row = on.query("SELECT since FROM tenants WHERE oauth_id = ?", value.oauth_id);
        row.step();
        value.since = row.integer(0);
        return true;
    }
    const protocol::sha256_digest proof = removal_proof(value);
    statement back =
        on.query("DELETE FROM retired_data WHERE oauth_id = ? AND proof = ? RETURNING since",
                 value.oauth_id, bytes_of(proof));
    value.since = back.step() ? back.integer(0) : value.generation;
    return true;
}

// Remembers the generation of a tenant that was found stored, and that its author's data are to be
// purged. What the library keeps for it (space 1) is little and goes at once.
void retire(connection& on, const tenant& removed) {
    const protocol::sha256_digest proof = removal_proof(removed);
    on.run("INSERT INTO removed_tenants (oauth_id, generation) VALUES (?, ?)", removed.oauth_id,
           removed.generation);
    on.run("INSERT INTO retired_data (oauth_id, since, proof) VALUES (?, ?, ?)", removed.oauth_id,
           removed.since, bytes_of(proof));
    on.run("DELETE FROM tenant_data WHERE oauth_id = ? AND since = ? AND space = 1",
           removed.oauth_id, removed.since);
}

void store(connection& on, const tenant& value) {
    on.run("DELETE FROM removed_tenants WHERE oauth_id = ?", value.oauth_id);
    on.run(
        "REPLACE INTO tenants (oauth_id, generation, state, secret, group_id, group_name, room_id,"
        " capabilities_url, api_url, token_url, homepage, authorization_url, since)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        value.oauth_id, value.generation, stored(value.state), value.secret.reveal(),
        value.group_id, value.group_name, value.room_id, value.capabilities_url, value.api_url,
        value.token_url, value.homepage, value.authorization_url, value.since);
}

std::string_view list_sql(std::optional<tenant::status> state) {
    if (!state) return list_all_sql;
    return *state == tenant::status::suspended ? list_suspended_sql : list_active_sql;
}

}  // namespace

task<std::optional<tenant>> sqlite_tenants::find(std::string oauth_id) {
    auto look_up = [&oauth_id](connection& on) {
        statement row = on.query(find_sql, oauth_id);
        return row.step() ? std::optional(tenant_of(row)) : std::nullopt;
    };
    task<std::optional<tenant>> reading = database_->read(look_up);
    co_return co_await reading;
}

task<std::optional<tenant>> sqlite_tenants::put(tenant value, std::int64_t expected) {
    auto replace = [&value, expected](connection& on) {
        if (!number(on, value, expected)) return false;
        store(on, value);
        return true;
    };
    task<bool> writing = database_->write(replace);
    const bool stored = co_await writing;
    if (!stored) co_return std::nullopt;
    co_return std::move(value);
}

task<bool> sqlite_tenants::set_state(std::string oauth_id, std::int64_t generation,
                                     tenant::status state) {
    auto update = [&oauth_id, generation, state](connection& on) {
        return on.run("UPDATE tenants SET state = ? WHERE oauth_id = ? AND generation = ?",
                      stored(state), oauth_id, generation)
               == 1;
    };
    task<bool> writing = database_->write(update);
    co_return co_await writing;
}

task<bool> sqlite_tenants::remove(std::string oauth_id, std::int64_t generation) {
    auto bury = [&oauth_id, generation](connection& on) {
        std::optional<tenant> removed;
        {
            statement row = on.query(find_sql, oauth_id);
            if (row.step()) removed = tenant_of(row);
        }
        if (!removed || removed->generation != generation) return false;
        on.run("DELETE FROM tenants WHERE oauth_id = ?", oauth_id);
        on.run("DELETE FROM deliveries WHERE oauth_id = ?", oauth_id);
        retire(on, *removed);
        return true;
    };
    task<bool> writing = database_->write(bury);
    co_return co_await writing;
}

task<std::vector<tenant>> sqlite_tenants::list(std::optional<tenant::status> state,
                                               std::string after, std::size_t limit) {
    const std::size_t rows = std::min(limit, most_rows);
    auto collect = [&after, state, rows](connection& on) {
        std::vector<tenant> found;
        statement row = on.query(list_sql(state), after, rows);
        while (row.step())
            found.push_back(tenant_of(row));
        return found;
    };
    task<std::vector<tenant>> reading = database_->read(collect);
    co_return co_await reading;
}

task<std::vector<tenant>> sqlite_tenants::list_in(tenant_place place, std::int64_t id,
                                                  std::string after, std::size_t limit) {
    const std::size_t rows = std::min(limit, most_rows);
    auto collect = [&after, place, id, rows](connection& on) {
        std::vector<tenant> found;
        statement row = on.query(
            place == tenant_place::group ? list_in_group_sql : list_in_room_sql, id, after, rows);
        while (row.step())
            found.push_back(tenant_of(row));
        return found;
    };
    task<std::vector<tenant>> reading = database_->read(collect);
    co_return co_await reading;
}

std::unique_ptr<tenant_repository> open_sqlite_tenants(event_loop& loop, std::string path) {
    return std::make_unique<sqlite_tenants>(sqlite::open_addon_database(loop, std::move(path)));
}

}  // namespace hipchat::storage
