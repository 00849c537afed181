#include "host/core/people.hpp"

#include <algorithm>

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

person find_or_make(connection& on, const std::string& name) {
    statement found = on.query("SELECT id, name, mention_name FROM people WHERE name = ?", name);
    if (found.step()) return {found.integer(0), found.text(1), found.text(2)};

    const std::string wanted = mention_name_of(name);
    std::string mention = wanted;
    for (int next = 2;; ++next) {
        if (!on.query("SELECT 1 FROM people WHERE mention_name = ?", mention).step()) break;
        mention = wanted + std::to_string(next);
    }
    on.run("INSERT INTO people(name, mention_name) VALUES (?, ?)", name, mention);
    return {on.last_insert_id(), name, mention};
}

}  // namespace

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

people::people(storage::sqlite::database& store, connection& on) : store_(store) {
    statement rows = on.query("SELECT id, name, mention_name FROM people");
    while (rows.step())
        remember({rows.integer(0), rows.text(1), rows.text(2)});
}

task<person> people::named(std::string name) {
    const auto known = by_name_.find(lowered(name));
    if (known != by_name_.end()) co_return known->second;
    const auto make = [name](connection& on) { return find_or_make(on, name); };
    task<person> making = store_.write(make);
    person made = co_await making;
    remember(made);
    co_return made;
}

std::vector<person> people::mentioned_in(std::string_view text) const {
    std::vector<person> mentioned;
    for (std::size_t at = text.find('@'); at != std::string_view::npos;
         at = text.find('@', at + 1)) {
        const std::string_view rest = text.substr(at + 1);
        const auto length = std::ranges::find_if_not(rest, is_word) - rest.begin();
        const std::string name = lowered(rest.substr(0, static_cast<std::size_t>(length)));
        const auto found = by_mention_.find(name);
        const auto is_same = [&](const person& each) { return each.id == found->second.id; };
        if (found != by_mention_.end() && std::ranges::none_of(mentioned, is_same))
            mentioned.push_back(found->second);
    }
    return mentioned;
}

void people::remember(const person& each) {
    by_name_.insert_or_assign(lowered(each.name), each);
    by_mention_.insert_or_assign(lowered(each.mention_name), each);
}

}  // namespace hipchat::host
