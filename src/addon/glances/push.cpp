#include "addon/cores.hpp"
#include "addon/rest/handle.hpp"
#include "hipchat/rest/glances.hpp"
#include "hipchat/room.hpp"
#include "hipchat/tenant.hpp"

namespace hipchat {

task<> tenant::push_glance(std::string key, glance content) const {
    const rest::glances to(detail::client_of(to_->rest, stored_));
    rest::glance_updates what(std::move(key), std::move(content));
    return stored_->room_id ? to.push_to_room(*stored_->room_id, std::move(what))
                            : to.push_to_group(std::move(what));
}

task<> room::push_glance(std::string key, glance content) const {
    const rest::glances to(detail::client_of(access_->to.rest, access_->tenant));
    return to.push_to_room(access_->id, rest::glance_updates(std::move(key), std::move(content)));
}

}  // namespace hipchat
