#include "host/core/plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hipchat::host {
namespace {

using protocol::event_kind;

constexpr std::array<std::pair<std::string_view, event_kind>, 9> events{
    {{"enter", event_kind::room_enter},
     {"exit", event_kind::room_exit},
     {"message", event_kind::room_message},
     {"notification", event_kind::room_notification},
     {"topic", event_kind::room_topic_change},
     {"room_created", event_kind::room_created},
     {"room_archived", event_kind::room_archived},
     {"room_unarchived", event_kind::room_unarchived},
     {"room_deleted", event_kind::room_deleted}}};

std::string_view text_at(const json::object& content, std::string_view name) {
    const json::value* const found = content.if_contains(name);
    return found != nullptr && found->is_string() ? std::string_view(found->get_string())
                                                  : std::string_view();
}

}  // namespace

bool tells_of(const change& made, event_kind event) {
    const std::string_view kind = text_at(made.content, "kind");
    if (event == event_kind::room_file_upload)
        return kind == "message" && made.content.contains("file");
    return std::ranges::find(events, std::pair(kind, event)) != events.end();
}

bool is_told(const change& made) {
    const std::string_view kind = text_at(made.content, "kind");
    return std::ranges::any_of(events, [&](const auto& each) { return each.first == kind; });
}

bool concerns(const change& made, const client& owner, const hook& wanted) {
    return tells_of(made, wanted.event) && owner.state == client::status::installed
           && owner.reaches(made.room_id) && (!wanted.room_id || *wanted.room_id == made.room_id)
           && made.seq > std::max(owner.since, wanted.since) && made.actor != owner.oauth_id;
}

std::optional<std::string_view> subject_of(const change& made) {
    if (text_at(made.content, "kind") != "message") return std::nullopt;
    return text_at(made.content, "text");
}

std::string user_of(const change& made) {
    const json::value* const who = made.content.if_contains("person");
    if (who == nullptr || !who->is_object()) return {};
    return std::to_string(who->as_object().at("id").to_number<std::int64_t>());
}

}  // namespace hipchat::host
