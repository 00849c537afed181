#include "storage/sqlite/tenant_data.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace hipchat::storage {
namespace {

using sqlite::connection;
using sqlite::statement;

// Entries removed in one transaction, so that a large partition does not keep other writes waiting.
constexpr int purged_at_once = 500;

int stored(data_space space) {
    return space == data_space::library ? 1 : 0;
}

bool installed(connection& on, const data_partition& where) {
    statement row = on.query("SELECT 1 FROM tenants WHERE oauth_id = ? AND since = ?",
                             where.oauth_id, where.since);
    return row.step();
}

std::optional<std::string> value_in(connection& on, const data_partition& where,
                                    const std::string& key) {
    statement row = on.query(
        "SELECT value FROM tenant_data WHERE oauth_id = ? AND since = ? AND space = ? AND key = ?",
        where.oauth_id, where.since, stored(where.space), key);
    return row.step() ? std::optional(row.text(0)) : std::nullopt;
}

void store(connection& on, const data_partition& where, const std::string& key,
           const std::string& value) {
    on.run("REPLACE INTO tenant_data (oauth_id, since, space, key, value) VALUES (?, ?, ?, ?, ?)",
           where.oauth_id, where.since, stored(where.space), key, value);
}

}  // namespace

task<std::optional<std::string>> sqlite_tenant_data::get(data_partition where, std::string key) {
    auto look_up = [&where, &key](connection& on) { return value_in(on, where, key); };
    task<std::optional<std::string>> reading = database_->read(look_up);
    co_return co_await reading;
}

task<data_change> sqlite_tenant_data::set(data_partition where, std::string key,
                                          std::string value) {
    auto put = [&where, &key, &value](connection& on) {
        if (!installed(on, where)) return data_change::gone;
        store(on, where, key, value);
        return data_change::done;
    };
    task<data_change> writing = database_->write(put);
    co_return co_await writing;
}

task<data_change> sqlite_tenant_data::replace(data_partition where, std::string key,
                                              std::optional<std::string> expected,
                                              std::string value) {
    auto put = [&where, &key, &expected, &value](connection& on) {
        if (!installed(on, where)) return data_change::gone;
        if (value_in(on, where, key) != expected) return data_change::differs;
        store(on, where, key, value);
        return data_change::done;
    };
    task<data_change> writing = database_->write(put);
    co_return co_await writing;
}

task<data_change> sqlite_tenant_data::erase(data_partition where, std::string key) {
    auto take_out = [&where, &key](connection& on) {
        if (!installed(on, where)) return data_change::gone;
        const auto gone = on.run(
            "DELETE FROM tenant_data WHERE oauth_id = ? AND since = ? AND space = ? AND key = ?",
            where.oauth_id, where.since, stored(where.space), key);
        return gone == 1 ? data_change::done : data_change::differs;
    };
    task<data_change> writing = database_->write(take_out);
    co_return co_await writing;
}

task<std::vector<data_entry>> sqlite_tenant_data::list(data_partition where, std::string prefix,
                                                       std::string after, std::size_t limit) {
    auto collect = [&where, &prefix, &after, limit](connection& on) {
        std::vector<data_entry> found;
        statement row = on.query(
            "SELECT key, value FROM tenant_data WHERE oauth_id = ? AND since = ? AND space = ?"
            " AND key >= ? ORDER BY key",
            where.oauth_id, where.since, stored(where.space), std::max(prefix, after));
        while (found.size() < limit && row.step()) {
            std::string key = row.text(0);
            if (!key.starts_with(prefix)) break;
            if (after.empty() || key != after) found.push_back({std::move(key), row.text(1)});
        }
        return found;
    };
    task<std::vector<data_entry>> reading = database_->read(collect);
    co_return co_await reading;
}

task<std::size_t> sqlite_tenant_data::purge(std::chrono::seconds now, std::chrono::seconds grace) {
    const std::chrono::seconds before = now - grace;
    // From here on nobody can come back to data of which a part may be gone.
    auto note = [now, before](connection& on) {
        on.run("UPDATE retired_data SET at = ? WHERE at IS NULL", now.count());
        on.run("UPDATE retired_data SET proof = NULL WHERE at <= ?", before.count());
    };
    task<> noting = database_->write(note);
    co_await noting;
    std::size_t removed = 0;
    while (true) {
        task<std::size_t> purging = purge_some(before);
        const std::size_t some = co_await purging;
        if (some == 0) co_return removed;
        removed += some;
    }
}

// Zero when nothing was left; then the tenants themselves are forgotten too.
task<std::size_t> sqlite_tenant_data::purge_some(std::chrono::seconds before) {
    auto take_out = [before](connection& on) {
        const std::int64_t removed = on.run(
            "DELETE FROM tenant_data WHERE (oauth_id, since, space, key) IN ("
            " SELECT d.oauth_id, d.since, d.space, d.key FROM retired_data r"
            " JOIN tenant_data d ON d.oauth_id = r.oauth_id AND d.since = r.since"
            " WHERE r.at <= ? LIMIT ?)",
            before.count(), purged_at_once);
        if (removed == 0) on.run("DELETE FROM retired_data WHERE at <= ?", before.count());
        return static_cast<std::size_t>(removed);
    };
    task<std::size_t> writing = database_->write(take_out);
    co_return co_await writing;
}

}  // namespace hipchat::storage
