#include "hipchat/rest/groups.hpp"

#include "addon/rest/call.hpp"
#include "addon/rest/shapes.hpp"

namespace hipchat::rest {
namespace {

group_details read_group(const protocol::members& from) {
    group_details made;
    static_cast<resource&>(made) = read_resource(from);
    made.id = required_id(from);
    made.name = text_in(from, "name");
    made.domain = text_in(from, "domain");
    made.subdomain = text_in(from, "subdomain");
    made.created = text_in(from, "created");
    made.avatar_url = text_in(from, "avatar_url");
    if (const auto owner = object_in(from, "owner")) made.owner = read_user_summary(*owner);
    if (const auto plan = object_in(from, "plan")) made.plan = text_in(*plan, "type");
    return made;
}

rest_request ask_of(std::int64_t id, const std::string& path) {
    return ask("GET", "group/" + std::to_string(id) + path, {scope::view_group});
}

}  // namespace

task<group_details> groups::get(std::int64_t id) const {
    return fetch_as<read_group>(host_.core(), ask_of(id, ""));
}

task<std::string> groups::avatar(std::int64_t id) const {
    return locate(host_.core(), ask_of(id, "/avatar"));
}

task<resource> groups::statistics(std::int64_t id) const {
    return fetch_as<read_resource>(host_.core(), ask_of(id, "/statistics"));
}

}  // namespace hipchat::rest
