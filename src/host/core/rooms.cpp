#include "host/core/rooms.hpp"

#include <algorithm>
#include <charconv>

namespace hipchat::host {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

rooms::rooms(connection& on) {
    statement groups = on.query("SELECT name FROM groups WHERE id = ?", group_id());
    if (groups.step()) group_name_ = groups.text(0);
    statement rows =
        on.query("SELECT id, group_id, name, topic, privacy, is_archived, created FROM rooms");
    while (rows.step()) {
        room read;
        read.id = rows.integer(0);
        read.group_id = rows.integer(1);
        read.name = rows.text(2);
        read.topic = rows.text(3);
        read.privacy = rows.text(4);
        read.is_archived = rows.integer(5) != 0;
        read.created = from_column(rows.integer(6));
        const std::int64_t id = read.id;
        by_id_.emplace(id, std::make_shared<const room>(std::move(read)));
    }
}

room_ptr rooms::find(std::int64_t id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
}

room_ptr rooms::find(std::string_view id_or_name) const {
    const std::string text(id_or_name);
    const char* const end = text.data() + text.size();
    std::int64_t id = 0;
    const auto [stopped, flaw] = std::from_chars(text.data(), end, id);
    if (flaw == std::errc() && stopped == end) return find(id);
    const auto found = std::ranges::find_if(
        by_id_, [&](const auto& each) { return same_name(each.second->name, id_or_name); });
    return found == by_id_.end() ? nullptr : found->second;
}

}  // namespace hipchat::host
