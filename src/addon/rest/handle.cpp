#include "addon/rest/handle.hpp"

#include "addon/access.hpp"
#include "hipchat/rest/client.hpp"
#include "hipchat/tenant.hpp"

namespace hipchat {

rest::client detail::client_of(addons::rest_client& calls,
                               std::shared_ptr<const storage::tenant> stored) {
    return rest::client(std::make_shared<const rest_core>(rest_core{calls, std::move(stored)}));
}

rest::client tenant::rest() const {
    return detail::client_of(to_->rest, stored_);
}

namespace rest {

client::client(std::shared_ptr<const detail::rest_core> core) noexcept : core_(std::move(core)) {
}

client client::with(call_policy policy) const {
    detail::rest_core changed = *core_;
    changed.policy = policy;
    return client(std::make_shared<const detail::rest_core>(std::move(changed)));
}

client client::expanding(std::string titles) const {
    detail::rest_core changed = *core_;
    changed.expand = std::move(titles);
    return client(std::make_shared<const detail::rest_core>(std::move(changed)));
}

client client::as_user(secret access_token) const {
    detail::rest_core changed = *core_;
    changed.user_token = std::move(access_token);
    return client(std::make_shared<const detail::rest_core>(std::move(changed)));
}

}  // namespace rest
}  // namespace hipchat
