#include "host/api/v2/shapes.hpp"

#include <chrono>
#include <optional>
#include <utility>

#include "host/core/dates.hpp"
#include "host/core/plan.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {
namespace {

constexpr const char* unchanged = "00000000";

json::object self_links(const std::string& url) {
    json::object links;
    links["self"] = url;
    return links;
}

std::string host_name(const services& on) {
    const auto url = protocol::parse_web_url(on.self.base_url());
    return url ? url->host : "localhost";
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(json::string(text));
}

// Seconds since 1970 as text, as the protocol has it for people.
json::value seconds_or_null(wall_time when) {
    if (when == wall_time()) return nullptr;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(when.time_since_epoch());
    return json::string(std::to_string(seconds.count()));
}

json::value file_or_null(const services& on, const std::string& path) {
    if (path.empty()) return nullptr;
    return json::string(on.self.base_url() + path);
}

// host-side.md 5 knows no guests among the roles.
std::string_view rest_role(role value) {
    return value >= role::admin ? to_string(value) : "user";
}

json::value presence_of(const services& on, const person& value) {
    if (!on.here.is_here(value.id)) return nullptr;
    json::object client;
    client["type"] = "http://hipchat.com/client/web";
    client["version"] = "1";
    json::object presence;
    presence["show"] = text_or_null(value.status.show);
    presence["status"] = value.status.status;
    presence["idle"] = 0;
    presence["is_online"] = true;
    presence["client"] = std::move(client);
    return presence;
}

}  // namespace

json::object person_item(const person& value, const std::string& base_url) {
    json::object item = to_json(value);
    item["version"] = unchanged;
    item["links"] = self_links(base_url + "/v2/user/" + std::to_string(value.id));
    return item;
}

json::object person_document(const services& on, const person& value) {
    const std::string& base = on.self.base_url();
    json::object group;
    group["id"] = on.places.group_id();
    group["name"] = on.places.group_name();
    group["links"] = self_links(base + "/v2/group/" + std::to_string(on.places.group_id()));
    json::array roles;
    roles.emplace_back(rest_role(value.standing));
    json::object document = person_item(value, base);
    document["email"] = text_or_null(value.email);
    document["title"] = value.title;
    document["timezone"] = value.timezone;
    document["is_group_admin"] = value.is_admin();
    document["is_guest"] = value.is_guest();
    document["is_deleted"] = value.is_deleted;
    document["roles"] = std::move(roles);
    document["photo_url"] = file_or_null(on, value.photo);
    document["presence"] = presence_of(on, value);
    document["created"] = write_date(value.created);
    document["last_active"] = seconds_or_null(value.last_active);
    document["xmpp_jid"] = std::to_string(on.places.group_id()) + "_" + std::to_string(value.id)
                           + "@chat." + host_name(on);
    document["group"] = std::move(group);
    return document;
}

json::object room_document(const services& on, const room& value, const room_activity& activity) {
    const std::string& base = on.self.base_url();
    const std::string self = base + "/v2/room/" + std::to_string(value.id);
    const person* const owner = on.persons.find(value.owner_id);
    json::object document = room_item(value, base);
    document["topic"] = value.topic;
    document["created"] = write_date(value.created);
    document["last_active"] = text_or_null(activity.last);
    document["xmpp_jid"] =
        std::to_string(value.group_id) + "_" + jid_slug(value.name) + "@conf." + host_name(on);
    document["is_guest_accessible"] = value.is_guest_accessible;
    document["guest_access_url"] =
        value.is_guest_accessible ? json::value(json::string(base + "/guest/" + value.guest_token))
                                  : json::value(nullptr);
    document["avatar_url"] = file_or_null(on, value.avatar);
    document["delegate_admin_visibility"] = value.delegate_admin_visibility
                                                ? json::value(*value.delegate_admin_visibility)
                                                : json::value(nullptr);
    // A room without an owner is the group's; add-ons read the owner all the same.
    document["owner"] =
        person_item(owner != nullptr ? *owner : person{0, on.places.group_name(), "HipChat"}, base);
    json::array participants;
    for (const person& each : on.here.people_in(value.id))
        participants.push_back(person_item(each, base));
    document["participants"] = std::move(participants);
    document["statistics"].emplace_object()["links"] = self_links(self + "/statistics");
    return document;
}

json::object message_document(const services& on, const change& said) {
    const json::value* const text = said.content.if_contains("text");
    const bool has_text = text != nullptr && text->is_string();
    const auto mentioned =
        has_text ? on.persons.mentioned_in(text->get_string()) : std::vector<person>();
    return message_item(said, on.self.base_url(), mentioned);
}

std::string jid_slug(std::string_view name) {
    std::string slug;
    for (const char each : name) {
        if (each >= 'A' && each <= 'Z')
            slug += static_cast<char>(each - 'A' + 'a');
        else if ((each >= 'a' && each <= 'z') || (each >= '0' && each <= '9'))
            slug += each;
        else if (each == ' ' || each == '_')
            slug += '_';
    }
    return slug;
}

}  // namespace hipchat::host
