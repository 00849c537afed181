#include "host/api/v1/v1.hpp"
#include "host/api/v2/shapes.hpp"

namespace hipchat::host {
namespace {

std::string status_of(const services& on, const person& who) {
    if (!on.here.is_here(who.id)) return "offline";
    const std::string& show = who.status.show;
    if (show == "dnd") return "dnd";
    return show == "away" || show == "xa" ? "away" : "available";
}

json::object user_entry(const services& on, const person& who) {
    const json::object whole = person_document(on, who);
    json::object entry;
    entry["user_id"] = who.id;
    entry["name"] = who.name;
    entry["mention_name"] = who.mention_name;
    for (const char* const same : {"email", "title", "photo_url", "timezone"})
        entry[same] = whole.at(same);
    entry["last_active"] = v1::unix_time(who.last_active);
    entry["created"] = v1::unix_time(who.created);
    entry["status"] = status_of(on, who);
    entry["status_message"] = who.status.status;
    entry["is_group_admin"] = who.is_admin() ? 1 : 0;
    entry["is_deleted"] = who.is_deleted ? 1 : 0;
    return entry;
}

task<http_response> list_users(services& on, const request& asked) {
    const bool with_deleted = v1::parameter(asked, "include_deleted") == "1";
    json::object body;
    json::array& list = body["users"].emplace_array();
    for (const auto& [id, each] : on.persons.all())
        if (!each.is_deleted || with_deleted) list.push_back(user_entry(on, each));
    co_return json_response(200, body);
}

}  // namespace

void add_v1_user_routes(router& to, services& on) {
    to.for_bearer("GET", "/v1/users/list", {scope::view_group},
                  [&on](const request& asked, const access&) { return list_users(on, asked); });
}

}  // namespace hipchat::host
