#include "hipchat/addon.hpp"

#include "addon/declaration.hpp"

namespace hipchat {

addon::addon(descriptor about) : declared_(std::make_unique<detail::declaration>()) {
    declared_->about = std::move(about);
}

addon::addon(addon&&) noexcept = default;
addon& addon::operator=(addon&&) noexcept = default;
addon::~addon() = default;

addon& addon::at(std::string path) {
    declared_->path = std::move(path);
    return *this;
}

addon& addon::glance(glance_module about) {
    declared_->about.glances.push_back(std::move(about));
    return *this;
}

addon& addon::calls(call_policy policy) {
    declared_->calls = policy;
    return *this;
}

void addon::add_glance(glance_module about,
                       detail::erased_handler<detail::query_core, hipchat::glance> handler) {
    declared_->glances.push_back({about.key, std::move(handler)});
    glance(std::move(about));
}

void addon::add_middleware(detail::middleware link) {
    declared_->middlewares.push_back(std::move(link));
}

void addon::add_error_handler(std::function<task<>(failure)> handler) {
    declared_->on_error.push_back(std::move(handler));
}

void addon::add_installed(detail::erased_handler<detail::lifecycle_core> handler) {
    declared_->on_installed.push_back(std::move(handler));
}

void addon::add_updated(detail::erased_handler<detail::lifecycle_core> handler) {
    declared_->on_updated.push_back(std::move(handler));
}

addon& addon::allow_groups(std::vector<std::int64_t> ids) {
    declared_->allowed_groups = std::move(ids);
    return *this;
}

void addon::add_uninstalled(detail::erased_handler<detail::lifecycle_core> handler) {
    declared_->on_uninstalled.push_back(std::move(handler));
}

}  // namespace hipchat
