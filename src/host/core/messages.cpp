#include "host/core/messages.hpp"

#include <utility>

#include "host/core/file_rows.hpp"
#include "host/core/search_rows.hpp"

namespace hipchat::host {
namespace {

constexpr const char* shown =
    "SELECT seq, room_id, actor, content FROM changes WHERE room_id = ? AND is_message = 1 "
    "AND at <= ? AND at >= ? AND is_deleted = 0 ORDER BY at DESC, seq DESC LIMIT ? OFFSET ?";
constexpr const char* shown_and_deleted =
    "SELECT seq, room_id, actor, content FROM changes WHERE room_id = ? AND is_message = 1 "
    "AND at <= ? AND at >= ? ORDER BY at DESC, seq DESC LIMIT ? OFFSET ?";

constexpr const char* between_two =
    "SELECT seq, 0, '', content FROM private_messages "
    "WHERE min(from_id, to_id) = ? AND max(from_id, to_id) = ? "
    "AND at <= ? AND at >= ? ORDER BY at DESC, seq DESC LIMIT ? OFFSET ?";

constexpr const char* later_than_all = "9999";

// The id of the file that was shared with a message; empty: none was.
std::string shared_file_of(const json::object& content) {
    const json::value* const file = content.if_contains("file");
    if (file == nullptr || !file->is_object()) return {};
    return file_id_in(file->get_object().at("url").as_string());
}

change_ptr first_of(const std::vector<change_ptr>& found) {
    return found.empty() ? nullptr : found.front();
}

}  // namespace

std::vector<change_ptr> read_history(connection& on, const message_log& from,
                                     const history_part& wanted) {
    const std::string latest = wanted.latest.empty() ? later_than_all : wanted.latest;
    if (from.room_id == 0)
        return read_changes(on.query(between_two, from.one, from.other, latest, wanted.earliest,
                                     wanted.most, wanted.start));
    return read_changes(on.query(wanted.include_deleted ? shown_and_deleted : shown, from.room_id,
                                 latest, wanted.earliest, wanted.most, wanted.start));
}

change_ptr find_message(connection& on, const message_log& from, const std::string& id) {
    if (from.room_id == 0)
        return first_of(
            read_changes(on.query("SELECT seq, 0, '', content FROM private_messages WHERE id = ? "
                                  "AND min(from_id, to_id) = ? AND max(from_id, to_id) = ?",
                                  id, from.one, from.other)));
    return first_of(
        read_changes(on.query("SELECT seq, room_id, actor, content FROM changes "
                              "WHERE id = ? AND room_id = ? AND is_message = 1",
                              id, from.room_id)));
}

void append_private_message(connection& on, std::int64_t from_id, std::int64_t to_id,
                            const change_draft& entry) {
    on.run("INSERT INTO private_messages(id, at, from_id, to_id, content) VALUES (?, ?, ?, ?, ?)",
           std::string_view(entry.content.at("id").as_string()),
           std::string_view(entry.content.at("at").as_string()), from_id, to_id,
           json::serialize(entry.content));
}

room_activity read_activity(connection& on, std::int64_t room_id) {
    statement found = on.query(
        "SELECT count(*), max(at) FROM changes WHERE room_id = ? AND is_message = 1", room_id);
    if (!found.step()) return {};
    return {found.integer(0), found.optional_text(1).value_or("")};
}

std::string last_said(connection& on, std::int64_t room_id) {
    statement found =
        on.query("SELECT max(at) FROM changes WHERE room_id = ? AND is_message = 1", room_id);
    return found.step() ? found.optional_text(0).value_or("") : "";
}

edit_result edit_message(connection& on, std::int64_t room_id, const std::string& id,
                         const person& author, const std::optional<std::string>& text,
                         const std::string& earliest, change_draft entry) {
    const change_ptr found = find_message(on, message_log::in_room(room_id), id);
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
        drop_file(on, shared_file_of(content));
        for (const char* const attached : {"file", "link"})
            content.erase(attached);
    }
    on.run("UPDATE changes SET content = ?, is_deleted = ? WHERE seq = ?", json::serialize(content),
           text ? 0 : 1, found->seq);
    index_message(on, found->seq, content);
    append_change(on, std::move(entry));
    return edit_result::done;
}

}  // namespace hipchat::host
