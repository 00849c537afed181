#include "host/core/people.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "host/core/person_rows.hpp"
#include "protocol/utf8.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t longest_name = 50;

bool is_blank(char each) {
    return each == ' ' || each == '\t' || each == '\r' || each == '\n';
}

bool is_word(char each) {
    const auto byte = static_cast<unsigned char>(each);
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z')
           || (each >= '0' && each <= '9') || each == '_' || byte >= 0x80;
}

std::string lowered(std::string_view text) {
    std::string lower(text);
    for (char& each : lower)
        if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    return lower;
}

// What follows each '@', in lower case, in order of appearance.
std::vector<std::string> mention_names_in(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t at = text.find('@'); at != std::string_view::npos;
         at = text.find('@', at + 1)) {
        const std::string_view rest = text.substr(at + 1);
        const auto length = std::ranges::find_if_not(rest, is_word) - rest.begin();
        names.push_back(lowered(rest.substr(0, static_cast<std::size_t>(length))));
    }
    return names;
}

}  // namespace

bool mentions(const person& who, std::string_view text) {
    const std::string own = lowered(who.mention_name);
    return std::ranges::any_of(mention_names_in(text), [&](const std::string& name) {
        return name == own || name == "all" || name == "here";
    });
}

std::optional<std::string> tidy_name(std::string_view chosen) {
    while (!chosen.empty() && is_blank(chosen.front()))
        chosen.remove_prefix(1);
    while (!chosen.empty() && is_blank(chosen.back()))
        chosen.remove_suffix(1);
    const auto is_control = [](char each) {
        return static_cast<unsigned char>(each) < 0x20 || each == 0x7f;
    };
    const std::optional<std::size_t> length = protocol::count_characters(chosen);
    if (!length || *length == 0 || *length > longest_name) return std::nullopt;
    if (std::ranges::any_of(chosen, is_control)) return std::nullopt;
    return std::string(chosen);
}

std::string mention_name_of(std::string_view name) {
    std::string mention;
    std::ranges::copy_if(name, std::back_inserter(mention), is_word);
    return mention.empty() ? "person" : mention;
}

bool is_mention_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, is_word);
}

people::people(storage::sqlite::database& store, const clock& time, connection& on)
    : store_(store), time_(time) {
    for (const person& each : read_people(on))
        remember(each);
}

task<person> people::named(std::string name) {
    const auto known = by_name_.find(lowered(name));
    if (known != by_name_.end() && !by_id_.at(known->second).is_deleted)
        co_return by_id_.at(known->second);
    const auto make = [name, now = time_.now()](connection& on) {
        return find_or_make(on, name, now);
    };
    task<person> making = store_.write(make);
    person made = co_await making;
    remember(made);
    co_return made;
}

const person* people::find(std::int64_t id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &found->second;
}

const person* people::find(std::string_view id_email_or_mention) const {
    const std::string text(id_email_or_mention);
    const char* const end = text.data() + text.size();
    std::int64_t id = 0;
    const auto [stopped, flaw] = std::from_chars(text.data(), end, id);
    if (flaw == std::errc() && stopped == end) return find(id);
    std::string wanted = lowered(id_email_or_mention);
    const bool is_mention = wanted.starts_with('@');
    if (is_mention) wanted.erase(0, 1);
    const bool is_email = !is_mention && wanted.find('@') != std::string::npos;
    const index& known = is_email ? by_email_ : by_mention_;
    const auto found = known.find(wanted);
    return found == known.end() ? nullptr : find(found->second);
}

task<std::optional<person>> people::create(person made) {
    made.created = time_.now();
    const auto write = [made](connection& on) { return insert_person(on, made); };
    task<std::optional<person>> writing = store_.write(write);
    std::optional<person> stored = co_await writing;
    if (stored) remember(*stored);
    co_return stored;
}

task<bool> people::change(person changed) {
    const auto write = [changed](connection& on) { return update_person(on, changed); };
    task<bool> writing = store_.write(write);
    const bool stored = co_await writing;
    if (!stored) co_return false;
    if (const person* const known = find(changed.id)) changed.last_active = known->last_active;
    forget(changed.id);
    remember(changed);
    co_return true;
}

void people::seen(std::int64_t id, wall_time when) {
    const auto found = by_id_.find(id);
    if (found != by_id_.end() && found->second.last_active < when) found->second.last_active = when;
}

std::vector<person> people::mentioned_in(std::string_view text) const {
    std::vector<person> mentioned;
    for (const std::string& name : mention_names_in(text)) {
        const auto found = by_mention_.find(name);
        if (found == by_mention_.end()) continue;
        const person& who = by_id_.at(found->second);
        const auto is_same = [&](const person& each) { return each.id == who.id; };
        if (!who.is_deleted && std::ranges::none_of(mentioned, is_same)) mentioned.push_back(who);
    }
    return mentioned;
}

void people::remember(const person& each) {
    by_id_.insert_or_assign(each.id, each);
    by_name_.insert_or_assign(lowered(each.name), each.id);
    by_mention_.insert_or_assign(lowered(each.mention_name), each.id);
    if (!each.email.empty()) by_email_.insert_or_assign(lowered(each.email), each.id);
}

void people::forget(std::int64_t id) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return;
    by_name_.erase(lowered(found->second.name));
    by_mention_.erase(lowered(found->second.mention_name));
    by_email_.erase(lowered(found->second.email));
    by_id_.erase(found);
}

}  // namespace hipchat::host
