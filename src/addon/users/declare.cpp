#include "addon/declaration.hpp"
#include "addon/users/authorization.hpp"
#include "hipchat/addon.hpp"

namespace hipchat {

addon& addon::user_tokens(std::vector<scope> scopes) {
    if (scopes.empty()) throw config_error("user_tokens: name the scopes that users are asked for");
    if (!declared_->user_scopes.empty())
        throw config_error("user_tokens: said twice; name all scopes at once");
    declared_->user_scopes = std::move(scopes);
    declared_->about.redirection_urls.emplace_back(addons::authorized_path);
    return *this;
}

void addon::add_user_authorized(detail::erased_handler<detail::user_core> handler) {
    declared_->on_user_authorized.push_back(std::move(handler));
}

}  // namespace hipchat
