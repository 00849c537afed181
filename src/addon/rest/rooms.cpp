#include "hipchat/rest/rooms.hpp"

#include "addon/rest/call.hpp"
#include "addon/rest/shapes.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/base64url.hpp"
#include "protocol/limits.hpp"

namespace hipchat::rest {
namespace {

constexpr std::size_t longest_name = 50;
constexpr std::size_t longest_topic = 250;
constexpr std::size_t longest_reason = 250;

const std::vector<scope> to_view{scope::view_room, scope::view_group};

std::string_view privacy_of(bool hidden) {
    return hidden ? "private" : "public";
}

room_details read_room(const protocol::members& from) {
    room_details made;
    static_cast<room_summary&>(made) = read_room_summary(from);
    made.topic = text_in(from, "topic");
    if (const auto owner = object_in(from, "owner")) made.owner = read_user_summary(*owner);
    made.participants = objects_in(from, "participants", read_user_summary);
    made.created = text_in(from, "created");
    made.last_active = text_in(from, "last_active");
    made.xmpp_jid = text_in(from, "xmpp_jid");
    made.is_guest_accessible = flag_in(from, "is_guest_accessible");
    made.guest_access_url = text_in(from, "guest_access_url");
    made.avatar_url = text_in(from, "avatar_url");
    if (from.find("delegate_admin_visibility") != nullptr)
        made.delegate_admin_visibility = flag_in(from, "delegate_admin_visibility");
    return made;
}

room_statistics read_statistics(const protocol::members& from) {
    room_statistics made;
    static_cast<resource&>(made) = read_resource(from);
    made.messages_sent = number_in(from, "messages_sent");
    made.last_active = text_in(from, "last_active");
    return made;
}

json::object write(const new_room& what) {
    protocol::check_text("name", what.name(), 1, longest_name);
    protocol::check_text("topic", what.topic(), 0, longest_topic);
    json::object body;
    body["name"] = what.name();
    if (!what.topic().empty()) body["topic"] = what.topic();
    body["privacy"] = privacy_of(what.hidden());
    body["guest_access"] = what.guests();
    if (what.owned_by()) {
        if (const auto* id = std::get_if<std::int64_t>(&what.owned_by()->value()))
            body["owner_user_id"] = *id;
        else
            body["owner_user_id"] = std::get<std::string>(what.owned_by()->value());
    }
    if (what.delegated()) body["delegate_admin_visibility"] = *what.delegated();
    return body;
}

json::object write(const room_update& changed) {
    protocol::check_text("name", changed.name(), 1, longest_name);
    protocol::check_text("topic", changed.topic(), 0, longest_topic);
    if (changed.owned_by() == 0) throw config_error("owner.id is not known; set it with owner(id)");
    json::object body;
    body["name"] = changed.name();
    body["topic"] = changed.topic();
    body["privacy"] = privacy_of(changed.hidden());
    body["is_archived"] = changed.archived();
    body["is_guest_accessible"] = changed.guests();
    body["owner"].emplace_object()["id"] = changed.owned_by();
    if (changed.delegated()) body["delegate_admin_visibility"] = *changed.delegated();
    return body;
}

}  // namespace

paged<room_summary> rooms::list(room_filter which) const {
    const std::string filter = query({{"include-private", which.has_private() ? "" : "false"},
                                      {"include-archived", which.has_archived() ? "true" : ""}});
    return list_of<read_room_summary>(host_.core(),
                                      ask("GET", "room" + filter, {scope::view_group}));
}

task<created> rooms::create(new_room what) const {
    return fetch_as<read_created>(host_.core(),
                                  ask("POST", "room", {scope::manage_rooms}, write(what)));
}

task<room_details> rooms::get(room_ref which) const {
    return fetch_as<read_room>(host_.core(), ask_in(which, "GET", "", to_view));
}

task<room_statistics> rooms::statistics(room_ref which) const {
    return fetch_as<read_statistics>(host_.core(), ask_in(which, "GET", "/statistics", to_view));
}

task<> rooms::update(room_ref which, room_update changed) const {
    return perform(host_.core(), ask_in(which, "PUT", "", {scope::admin_room}, write(changed)));
}

task<> rooms::remove(room_ref which) const {
    return perform(host_.core(), ask_in(which, "DELETE", "", {scope::manage_rooms}));
}

task<> rooms::set_topic(room_ref which, std::string text) const {
    protocol::check_text("topic", text, 0, longest_topic);
    json::object body;
    body["topic"] = text;
    return perform(host_.core(), ask_in(which, "PUT", "/topic", {scope::admin_room}, body));
}

task<std::string> rooms::avatar(room_ref which) const {
    return locate(host_.core(), ask_in(which, "GET", "/avatar", {scope::view_group}));
}

task<> rooms::set_avatar(room_ref which, std::string image) const {
    if (image.empty()) throw config_error("avatar is empty; give it the bytes of a picture");
    json::object body;
    body["avatar"] = protocol::base64_encode(image);
    return perform(host_.core(), ask_in(which, "PUT", "/avatar", {scope::admin_room}, body));
}

task<> rooms::remove_avatar(room_ref which) const {
    return perform(host_.core(), ask_in(which, "DELETE", "/avatar", {scope::admin_room}));
}

paged<participant> rooms::members(room_ref which) const {
    return list_of<read_participant>(host_.core(), ask_in(which, "GET", "/member", to_view));
}

task<> rooms::add_member(room_ref which, user_ref who, std::vector<std::string> roles) const {
    json::object body;
    if (!roles.empty()) {
        json::array& all = body["room_roles"].emplace_array();
        for (const std::string& role : roles)
            all.emplace_back(role);
    }
    return perform(host_.core(),
                   ask_in(which, "PUT", "/member/" + segment(who), {scope::admin_room}, body));
}

task<> rooms::remove_member(room_ref which, user_ref who) const {
    return perform(host_.core(),
                   ask_in(which, "DELETE", "/member/" + segment(who), {scope::admin_room}));
}

task<> rooms::invite(room_ref which, user_ref who, std::string reason) const {
    protocol::check_text("reason", reason, 0, longest_reason);
    json::object body;
    if (!reason.empty()) body["reason"] = reason;
    return perform(host_.core(),
                   ask_in(which, "POST", "/invite/" + segment(who), {scope::admin_room}, body));
}

paged<participant> rooms::participants(room_ref which, bool include_offline) const {
    const std::string filter = query({{"include-offline", include_offline ? "true" : ""}});
    return list_of<read_participant>(host_.core(),
                                     ask_in(which, "GET", "/participant" + filter, to_view));
}

}  // namespace hipchat::rest
