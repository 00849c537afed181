#include "host/core/accounts.hpp"

#include <utility>

#include "host/core/passwords.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t at_once = 2;
constexpr std::size_t waiting = 64;

}  // namespace

accounts::accounts(event_loop& loop, storage::sqlite::database& store, connection& on)
    : loop_(loop), store_(store), hashing_(at_once, waiting) {
    statement rows = on.query("SELECT person_id, password FROM accounts");
    while (rows.step())
        by_person_.emplace(rows.integer(0), rows.text(1));
}

task<> accounts::set(std::int64_t person_id, secret password) {
    const auto make = [password = std::move(password)] { return hash_password(password); };
    task<std::string> hashing = hashing_.run(loop_, make);
    const std::string hash = co_await hashing;
    const auto write = [person_id, hash](connection& on) {
        on.run("INSERT OR REPLACE INTO accounts(person_id, password) VALUES (?, ?)", person_id,
               hash);
    };
    task<> writing = store_.write(write);
    co_await writing;
    by_person_.insert_or_assign(person_id, hash);
}

task<> accounts::drop(std::int64_t person_id) {
    const auto write = [person_id](connection& on) {
        on.run("DELETE FROM accounts WHERE person_id = ?", person_id);
    };
    task<> writing = store_.write(write);
    co_await writing;
    by_person_.erase(person_id);
}

task<bool> accounts::is_password_of(std::int64_t person_id, secret password) {
    const auto found = by_person_.find(person_id);
    const std::string hash = found == by_person_.end() ? "" : found->second;
    const auto check = [hash, password = std::move(password)] {
        return is_password(hash, password);
    };
    task<bool> checking = hashing_.run(loop_, check);
    const bool is_right = co_await checking;
    co_return is_right;
}

}  // namespace hipchat::host
