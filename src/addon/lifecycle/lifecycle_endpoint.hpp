#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "addon/access.hpp"
#include "addon/declaration.hpp"
#include "addon/dispatch.hpp"
#include "addon/lifecycle/install_flow.hpp"
#include "addon/tenant_directory.hpp"
#include "base/clock.hpp"
#include "base/keyed_lock.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"

namespace hipchat::addons {

/// Called with the name of each step of an install or uninstall, just before it is done: for tests
/// that end the process there.
using step_observer = std::function<void(std::string_view step)>;

/// Accepts installs and uninstalls. Requests for one oauthId are served one after another; at most
/// 16 install requests are under way at a time, more are answered 503. Loop thread only; references
/// must outlive it.
class lifecycle_endpoint {
public:
    struct parts {
        event_loop& loop;
        transport::http_client& http;
        tenant_directory& tenants;
        const access& to;
        const clock& time;
        logger& log;
        const detail::declaration& declared;
        install_rules rules;
        step_observer observer;
    };
    explicit lifecycle_endpoint(parts given) : parts_(std::move(given)) {}

    /// POST /addon/installable (addon-side.md 2.2, 2.5).
    answer install(const inbound& request);
    /// DELETE /addon/installable/{oauthId} (addon-side.md 2.3).
    answer uninstall(const inbound& request);

    /// Goes on asking about the tenants whose uninstall could not be verified before.
    task<> resume_suspended();

private:
    using entry = tenant_directory::entry;

    // install.cpp
    task<reply> accept(const inbound& request, protocol::installation body);
    task<install_step> perform(install_flow& flow, install_step step, entry& stored);
    bool proved_by_old_secret(const inbound& request, const entry& known) const;

    // uninstall.cpp
    task<reply> verify_uninstall(std::string oauth_id);
    task<token_answer::verdict> ask(const entry& tenant);
    task<bool> ask_again(entry tenant);
    void ask_later(entry tenant, std::chrono::seconds delay);

    void observe(std::string_view step) const {
        if (parts_.observer) parts_.observer(step);
    }
    task<> announce(const std::vector<detail::erased_handler<detail::lifecycle_core>>& handlers,
                    entry tenant);

    parts parts_;
    keyed_lock turns_;
    int under_way_ = 0;
};

}  // namespace hipchat::addons
