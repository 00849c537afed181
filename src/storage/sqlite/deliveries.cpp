#include "storage/sqlite/deliveries.hpp"

#include <span>
#include <string_view>

namespace hipchat::storage {
namespace {

using sqlite::connection;
using sqlite::statement;

bool installed(connection& on, const kept_delivery& value) {
    statement row = on.query("SELECT 1 FROM tenants WHERE oauth_id = ? AND since = ?",
                             value.oauth_id, value.since);
    return row.step();
}

bool known(connection& on, std::span<const std::byte> key) {
    statement row = on.query("SELECT 1 FROM deliveries WHERE repeated_as = ?", key);
    return row.step();
}

std::size_t live_count(connection& on) {
    statement row = on.query("SELECT live FROM delivery_count");
    return row.step() ? static_cast<std::size_t>(row.integer(0)) : 0;
}

kept_delivery delivery_of(const statement& row) {
    kept_delivery value;
    value.id = row.integer(0);
    value.oauth_id = row.text(1);
    value.since = row.integer(2);
    value.route = row.text(3);
    value.body = row.text(4);
    value.attempt = static_cast<int>(row.integer(5)) + 1;
    return value;
}

std::vector<kept_delivery> due_by(connection& on, std::chrono::milliseconds now,
                                  std::size_t limit) {
    std::vector<kept_delivery> found;
    statement row = on.query(
        "SELECT id, oauth_id, since, route, body, attempt FROM deliveries"
        " WHERE dead = 0 AND due <= ? ORDER BY due, id LIMIT ?",
        now.count(), limit);
    while (row.step())
        found.push_back(delivery_of(row));
    return found;
}

}  // namespace

task<keep_result> sqlite_deliveries::keep(kept_delivery value,
                                          std::optional<protocol::sha256_digest> key,
                                          std::size_t most) {
    auto insert = [&value, &key, most](connection& on) -> keep_result {
        std::optional<std::span<const std::byte>> bytes;
        if (key) bytes = std::as_bytes(std::span(*key));
        if (!installed(on, value)) return {keeping::gone};
        if (bytes && known(on, *bytes)) return {keeping::known};
        if (live_count(on) >= most) return {keeping::full};
        on.run(
            "INSERT INTO deliveries (repeated_as, oauth_id, since, route, body, attempt)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            bytes, value.oauth_id, value.since, value.route, value.body, value.attempt);
        return {keeping::kept, on.last_insert_id()};
    };
    task<keep_result> writing = database_->write(insert);
    co_return co_await writing;
}

task<std::size_t> sqlite_deliveries::revive() {
    auto update = [](connection& on) {
        on.run("UPDATE deliveries SET due = 0 WHERE due IS NULL AND dead = 0");
        return live_count(on);
    };
    task<std::size_t> writing = database_->write(update);
    co_return co_await writing;
}

task<std::vector<kept_delivery>> sqlite_deliveries::take(std::chrono::milliseconds now,
                                                         std::size_t limit) {
    auto mark = [now, limit](connection& on) {
        std::vector<kept_delivery> taken = due_by(on, now, limit);
        for (const kept_delivery& one : taken)
            on.run("UPDATE deliveries SET due = NULL, attempt = ? WHERE id = ?", one.attempt,
                   one.id);
        return taken;
    };
    task<std::vector<kept_delivery>> writing = database_->write(mark);
    co_return co_await writing;
}

task<std::optional<std::chrono::milliseconds>> sqlite_deliveries::next_due() {
    using found = std::optional<std::chrono::milliseconds>;
    auto look = [](connection& on) -> found {
        statement row = on.query(
            "SELECT due FROM deliveries WHERE dead = 0 AND due IS NOT NULL ORDER BY due LIMIT 1");
        if (!row.step()) return std::nullopt;
        return std::chrono::milliseconds(row.integer(0));
    };
    task<found> reading = database_->read(look);
    co_return co_await reading;
}

task<> sqlite_deliveries::remove(std::int64_t id) {
    auto take_out = [id](connection& on) { on.run("DELETE FROM deliveries WHERE id = ?", id); };
    task<> writing = database_->write(take_out);
    co_await writing;
}

task<> sqlite_deliveries::postpone(std::int64_t id, std::chrono::milliseconds due) {
    auto update = [id, due](connection& on) {
        on.run("UPDATE deliveries SET due = ? WHERE id = ?", due.count(), id);
    };
    task<> writing = database_->write(update);
    co_await writing;
}

task<> sqlite_deliveries::bury(std::int64_t id) {
    auto update = [id](connection& on) {
        on.run("UPDATE deliveries SET dead = 1, due = NULL WHERE id = ?", id);
        on.run(
            "DELETE FROM deliveries WHERE dead = 1 AND id <= (SELECT id FROM deliveries"
            " WHERE dead = 1 ORDER BY id DESC LIMIT 1 OFFSET ?)",
            most_dead);
    };
    task<> writing = database_->write(update);
    co_await writing;
}

}  // namespace hipchat::storage
