#include "host/core/personal_tokens.hpp"

#include <algorithm>
#include <utility>

#include "base/random.hpp"
#include "host/core/tokens.hpp"
#include "protocol/scopes.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t token_length = 40;

std::optional<std::int64_t> column(std::int64_t id) {
    return id == 0 ? std::nullopt : std::optional(id);
}

}  // namespace

personal_tokens::personal_tokens(storage::sqlite::database& store, const clock& time,
                                 connection& on)
    : store_(store), time_(time) {
    on.run("DELETE FROM personal_tokens WHERE expires <= ?", time.unix_time().count());
    statement rows = on.query(
        "SELECT hash, person_id, room_id, scopes, label, created, expires FROM personal_tokens");
    while (rows.step()) {
        personal_token each;
        each.person_id = rows.optional_integer(1).value_or(0);
        each.room_id = rows.optional_integer(2).value_or(0);
        each.scopes = split_scopes(rows.text(3));
        each.label = rows.text(4);
        each.created = std::chrono::seconds(rows.integer(5));
        each.expires = std::chrono::seconds(rows.integer(6));
        by_hash_.emplace(rows.text(0), std::move(each));
    }
}

task<secret> personal_tokens::issue_for_person(std::int64_t person_id, std::vector<scope> scopes,
                                               std::string label) {
    personal_token made;
    made.person_id = person_id;
    made.scopes = std::move(scopes);
    made.label = std::move(label);
    return issue(std::move(made));
}

task<secret> personal_tokens::issue_for_room(std::int64_t room_id, std::string label) {
    personal_token made;
    made.room_id = room_id;
    made.scopes = {scope::send_notification};
    made.label = std::move(label);
    return issue(std::move(made));
}

task<secret> personal_tokens::issue(personal_token made) {
    secret token(random_alphanumeric(token_length));
    const std::string hash = hash_of(token);
    made.created = time_.unix_time();
    made.expires = made.created + lifetime;
    const auto write = [hash, made](connection& on) {
        on.run(
            "INSERT INTO personal_tokens(hash, person_id, room_id, scopes, label, created, "
            "expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
            hash, column(made.person_id), column(made.room_id), protocol::join_scopes(made.scopes),
            made.label, made.created.count(), made.expires.count());
    };
    task<> writing = store_.write(write);
    co_await writing;
    by_hash_.emplace(hash, std::move(made));
    co_return token;
}

std::optional<personal_token> personal_tokens::find(const secret& token) const {
    const auto found = by_hash_.find(hash_of(token));
    if (found == by_hash_.end() || found->second.expires <= time_.unix_time()) return std::nullopt;
    return found->second;
}

template <class Belongs>
std::vector<listed_token> personal_tokens::list(Belongs belongs) const {
    std::vector<listed_token> found;
    for (const auto& [hash, each] : by_hash_)
        if (belongs(each) && each.expires > time_.unix_time()) found.push_back({hash, each});
    std::ranges::sort(found, {}, [](const listed_token& each) { return each.what.created; });
    return found;
}

std::vector<listed_token> personal_tokens::of_person(std::int64_t person_id) const {
    return list([person_id](const personal_token& each) { return each.person_id == person_id; });
}

std::vector<listed_token> personal_tokens::of_room(std::int64_t room_id) const {
    return list([room_id](const personal_token& each) { return each.room_id == room_id; });
}

task<> personal_tokens::revoke(std::string id) {
    const auto write = [id](connection& on) {
        on.run("DELETE FROM personal_tokens WHERE hash = ?", id);
    };
    task<> writing = store_.write(write);
    co_await writing;
    by_hash_.erase(id);
}

task<> personal_tokens::revoke(const secret& token) {
    return revoke(hash_of(token));
}

}  // namespace hipchat::host
