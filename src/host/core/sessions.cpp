#include "host/core/sessions.hpp"

#include <algorithm>
#include <utility>

#include "base/random.hpp"
#include "host/core/tokens.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t shown_length = 43;  // 256 bits
constexpr std::size_t longest_browser = 300;

}  // namespace

sessions::sessions(storage::sqlite::database& store, const clock& time, connection& on)
    : store_(store), time_(time) {
    on.run("DELETE FROM sessions WHERE expires <= ?", time.unix_time().count());
    statement rows = on.query("SELECT hash, person_id, browser, created, expires FROM sessions");
    while (rows.step()) {
        session each{rows.text(0), rows.integer(1), rows.text(2),
                     std::chrono::seconds(rows.integer(3)), std::chrono::seconds(rows.integer(4))};
        by_id_.emplace(each.id, each);
    }
}

task<secret> sessions::begin(std::int64_t person_id, std::string browser,
                             std::chrono::seconds good_for) {
    secret shown(random_alphanumeric(shown_length));
    browser.resize(std::min(browser.size(), longest_browser));
    const std::chrono::seconds now = time_.unix_time();
    session made{hash_of(shown), person_id, std::move(browser), now, now + good_for};
    const auto write = [made](connection& on) {
        on.run(
            "INSERT INTO sessions(hash, person_id, browser, created, expires) "
            "VALUES (?, ?, ?, ?, ?)",
            made.id, made.person_id, made.browser, made.created.count(), made.expires.count());
    };
    task<> writing = store_.write(write);
    co_await writing;
    by_id_.emplace(made.id, std::move(made));
    co_return shown;
}

std::optional<session> sessions::find(const secret& shown) const {
    const auto found = by_id_.find(hash_of(shown));
    if (found == by_id_.end() || found->second.expires <= time_.unix_time()) return std::nullopt;
    return found->second;
}

bool sessions::is_open(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found != by_id_.end() && found->second.expires > time_.unix_time();
}

std::vector<session> sessions::of_person(std::int64_t person_id) const {
    std::vector<session> own;
    for (const auto& [id, each] : by_id_)
        if (each.person_id == person_id && is_open(id)) own.push_back(each);
    std::ranges::sort(own, std::greater<>(), &session::created);
    return own;
}

task<> sessions::end(std::string id) {
    const auto write = [id](connection& on) { on.run("DELETE FROM sessions WHERE hash = ?", id); };
    by_id_.erase(id);
    task<> writing = store_.write(write);
    co_await writing;
}

task<> sessions::end_all(std::int64_t person_id, std::string kept) {
    const auto write = [person_id, kept](connection& on) {
        on.run("DELETE FROM sessions WHERE person_id = ? AND hash <> ?", person_id, kept);
    };
    std::erase_if(by_id_, [&](const auto& each) {
        return each.second.person_id == person_id && each.first != kept;
    });
    task<> writing = store_.write(write);
    co_await writing;
}

}  // namespace hipchat::host
