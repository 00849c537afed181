#include "host/core/invitations.hpp"

#include <utility>

#include "base/random.hpp"
#include "host/core/tokens.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t code_length = 32;

}  // namespace

invitations::invitations(storage::sqlite::database& store, const clock& time, connection& on)
    : store_(store), time_(time) {
    on.run("DELETE FROM invitations WHERE expires <= ?", time.unix_time().count());
    statement rows = on.query("SELECT hash, person_id, expires FROM invitations");
    while (rows.step())
        by_hash_.emplace(rows.text(0),
                         invitation{rows.integer(1), std::chrono::seconds(rows.integer(2))});
}

task<secret> invitations::invite(std::int64_t person_id) {
    secret code(random_alphanumeric(code_length));
    const std::string hash = hash_of(code);
    const invitation made{person_id, time_.unix_time() + lifetime};
    const auto write = [hash, made](connection& on) {
        on.run("INSERT OR REPLACE INTO invitations(hash, person_id, expires) VALUES (?, ?, ?)",
               hash, made.person_id, made.expires.count());
    };
    task<> writing = store_.write(write);
    co_await writing;
    std::erase_if(by_hash_,
                  [person_id](const auto& each) { return each.second.person_id == person_id; });
    by_hash_.emplace(hash, made);
    co_return code;
}

std::optional<std::int64_t> invitations::find(const secret& code) const {
    const auto found = by_hash_.find(hash_of(code));
    if (found == by_hash_.end() || found->second.expires <= time_.unix_time()) return std::nullopt;
    return found->second.person_id;
}

task<bool> invitations::take(secret code) {
    const std::string hash = hash_of(code);
    if (by_hash_.erase(hash) == 0) co_return false;
    const auto write = [hash](connection& on) {
        on.run("DELETE FROM invitations WHERE hash = ?", hash);
    };
    task<> writing = store_.write(write);
    co_await writing;
    co_return true;
}

task<> invitations::cancel(std::int64_t person_id) {
    std::erase_if(by_hash_,
                  [person_id](const auto& each) { return each.second.person_id == person_id; });
    const auto write = [person_id](connection& on) {
        on.run("DELETE FROM invitations WHERE person_id = ?", person_id);
    };
    task<> writing = store_.write(write);
    co_await writing;
}

std::optional<std::chrono::seconds> invitations::of_person(std::int64_t person_id) const {
    for (const auto& [hash, each] : by_hash_)
        if (each.person_id == person_id && each.expires > time_.unix_time()) return each.expires;
    return std::nullopt;
}

}  // namespace hipchat::host
