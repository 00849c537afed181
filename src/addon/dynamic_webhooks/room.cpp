#include "hipchat/room.hpp"

#include <utility>

#include "addon/cores.hpp"
#include "addon/dynamic_webhooks/dynamic_webhooks.hpp"

// What a room offers of dynamic webhooks. The tasks own all that they need: a handle may be a
// temporary.

namespace hipchat {
namespace {

using access_ptr = std::shared_ptr<const detail::room_access>;

added_webhook shown(addons::registration what, std::int64_t room) {
    added_webhook made;
    made.id = std::move(what.id);
    made.name = std::move(what.name);
    made.pattern = std::move(what.pattern);
    made.room_id = room;
    return made;
}

task<std::vector<added_webhook>> list(access_ptr in) {
    task<std::vector<addons::registration>> listing = in->to.webhooks.list(in->tenant, in->id);
    std::vector<addons::registration> all = co_await listing;
    std::vector<added_webhook> found;
    found.reserve(all.size());
    for (addons::registration& one : all)
        found.push_back(shown(std::move(one), in->id));
    co_return found;
}

task<std::optional<added_webhook>> find(access_ptr in, std::string id) {
    task<std::optional<addons::registration>> finding =
        in->to.webhooks.find(in->tenant, in->id, std::move(id));
    std::optional<addons::registration> found = co_await finding;
    if (!found) co_return std::nullopt;
    co_return shown(std::move(*found), in->id);
}

}  // namespace

task<std::string> room::add_webhook(std::string name, std::string pattern) const {
    return access_->to.webhooks.add(access_->tenant, access_->id, std::move(name),
                                    std::move(pattern));
}

task<std::vector<added_webhook>> room::webhooks() const {
    return list(access_);
}

task<std::optional<added_webhook>> room::find_webhook(std::string id) const {
    return find(access_, std::move(id));
}

task<bool> room::remove_webhook(std::string id) const {
    return access_->to.webhooks.remove(access_->tenant, access_->id, std::move(id));
}

}  // namespace hipchat
