// What authors hold of users' tokens.

#include "addon/handles.hpp"
#include "addon/access.hpp"
#include "addon/cores.hpp"
#include "addon/pages/page_core.hpp"
#include "addon/rest/rest_core.hpp"
#include "addon/users/authorization.hpp"
#include "addon/users/user_grants.hpp"
#include "hipchat/page.hpp"
#include "hipchat/rest/sessions.hpp"
#include "hipchat/user_tokens.hpp"

namespace hipchat {

std::string page_request::authorization_url() const {
    return core().site.to.authorization.url_for(*core().caller);
}

user_tokens tenant::users() const {
    return {*to_, stored_};
}

rest::client user_tokens::client(std::string user_id) const {
    return rest::client(std::make_shared<const detail::rest_core>(
        detail::rest_core{.rest = to_->rest, .tenant = stored_, .user_id = std::move(user_id)}));
}

task<std::optional<std::vector<scope>>> user_tokens::scopes(std::string user_id) const {
    task<std::optional<addons::user_grant>> finding = to_->grants.find(stored_, std::move(user_id));
    std::optional<addons::user_grant> found = co_await finding;
    if (!found) co_return std::nullopt;
    co_return std::move(found->scopes);
}

task<> user_tokens::forget(std::string user_id) const {
    // This may be gone before the task ends.
    const addons::access& to = *to_;
    const std::shared_ptr<const storage::tenant> of = stored_;
    task<std::optional<addons::user_grant>> finding = to.grants.find(of, user_id);
    const std::optional<addons::user_grant> known = co_await finding;
    if (!known) co_return;
    task<> erasing = to.grants.erase(of, user_id);
    co_await erasing;
    const rest::sessions sessions(
        rest::client(std::make_shared<const detail::rest_core>(detail::rest_core{to.rest, of})));
    try {
        task<> revoking = sessions.remove(known->token.value());
        co_await revoking;
    } catch (const error& failed) {
        to.log.warning("a user's token was forgotten, but not revoked",
                       {{"tenant", of->oauth_id}, {"user", user_id}, {"reason", failed.what()}});
    }
}

user_authorized::user_authorized(std::shared_ptr<const detail::user_core> core) noexcept
    : core_(std::move(core)) {
}

hipchat::tenant user_authorized::tenant() const {
    return detail::tenant_of(core_->to, core_->tenant);
}

const std::string& user_authorized::user_id() const noexcept {
    return core_->user_id;
}

}  // namespace hipchat
