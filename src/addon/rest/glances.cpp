#include "hipchat/rest/glances.hpp"

#include "addon/rest/call.hpp"
#include "protocol/glance.hpp"

namespace hipchat::rest {
namespace {

rest_request push(const std::string& path, scope needed, const glance_updates& what) {
    return ask("POST", "addon/ui" + path, {needed}, protocol::write_glance_push(what.all()));
}

rest_request push_in(const room_ref& where, const std::string& path, const glance_updates& what) {
    rest_request request = push("/room/" + segment(where) + path, scope::view_room, what);
    if (const auto* id = std::get_if<std::int64_t>(&where.value())) request.room = *id;
    return request;
}

}  // namespace

task<> glances::push_to_group(glance_updates what) const {
    return perform(host_.core(), push("", scope::view_group, what));
}

task<> glances::push_to_room(room_ref where, glance_updates what) const {
    return perform(host_.core(), push_in(where, "", what));
}

task<> glances::push_to_user(user_ref who, glance_updates what) const {
    return perform(host_.core(), push("/user/" + segment(who), scope::view_group, what));
}

task<> glances::push_to_user_in_room(room_ref where, user_ref who, glance_updates what) const {
    return perform(host_.core(), push_in(where, "/user/" + segment(who), what));
}

}  // namespace hipchat::rest
