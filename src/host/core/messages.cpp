#include "host/core/messages.hpp"

#include <utility>

namespace hipchat::host {
namespace {

constexpr const char* shown =
    "SELECT seq, room_id, actor, content FROM changes WHERE room_id = ? AND is_message = 1 "
    "AND at <= ? AND at >= ? AND is_deleted = 0 ORDER BY at DESC, seq DESC LIMIT ? OFFSET ?";
constexpr const char* shown_and_deleted =
    "SELECT seq, room_id, actor, content FROM changes WHERE room_id = ? AND is_message = 1 "
    "AND at <= ? AND at >= ? ORDER BY at DESC, seq DESC LIMIT ? OFFSET ?";

constexpr const char* later_than_all = "9999";

}  // namespace

std::vector<change_ptr> read_history(connection& on, const history_part& wanted) {
    const std::string latest = wanted.latest.empty() ? later_than_all : wanted.latest;
    return read_changes(on.query(wanted.include_deleted ? shown_and_deleted : shown, wanted.room_id,
                                 latest, wanted.earliest, wanted.most, wanted.start));
}

change_ptr find_message(connection& on, std::int64_t room_id, const std::string& id) {
    const std::vector<change_ptr> found =
        read_changes(on.query("SELECT seq, room_id, actor, content FROM changes "
                              "WHERE id = ? AND room_id = ? AND is_message = 1",
                              id, room_id));
    return found.empty() ? nullptr : found.front();
}

room_activity read_activity(connection& on, std::int64_t room_id) {
    statement found = on.query(
        "SELECT count(*), max(at) FROM changes WHERE room_id = ? AND is_message = 1", room_id);
    if (!found.step()) return {};
    return {found.integer(0), found.optional_text(1).value_or("")};
}

edit_result edit_message(connection& on, std::int64_t room_id, const std::string& id,
                         const person& author, const std::optional<std::string>& text,
                         const std::string& earliest, change_draft entry) {
    const change_ptr found = find_message(on, room_id, id);
    if (!found || found->content.contains("deleted")) return edit_result::unknown;
    const json::value* const who = found->content.if_contains("person");
    if (who == nullptr || !who->is_object()
        || who->get_object().at("id").to_number<std::int64_t>() != author.id)
        return edit_result::not_the_author;
    if (std::string_view(found->content.at("at").as_string()) < earliest)
        return edit_result::too_old;
    json::object content = found->content;
    content.erase("seq");
    content.erase("room_id");
    if (text) {
        content["text"] = *text;
        content["edited"] = entry.content.at("at");
    } else {
        content["text"] = nullptr;
        content["deleted"] = entry.content.at("at");
        for (const char* const attached : {"file", "link"})
            content.erase(attached);
    }
    on.run("UPDATE changes SET content = ?, is_deleted = ? WHERE seq = ?", json::serialize(content),
           text ? 0 : 1, found->seq);
    append_change(on, std::move(entry));
    return edit_result::done;
}

}  // namespace hipchat::host
