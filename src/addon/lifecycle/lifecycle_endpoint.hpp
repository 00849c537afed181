#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "addon/access.hpp"
#include "addon/background/start_beside.hpp"
#include "addon/declaration.hpp"
#include "addon/dispatch.hpp"
#include "addon/lifecycle/install_flow.hpp"
#include "addon/tenant_directory.hpp"
#include "addon/tokens/token_source.hpp"
#include "base/clock.hpp"
#include "base/keyed_lock.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"
#include "base/lru_map.hpp"

namespace hipchat::addons {

/// Called with the name of each step of an install or uninstall, just before it is done: for tests
/// that end the process there.
using step_observer = std::function<void(std::string_view step)>;

/// What a browser that the host redirected tells about (addon-side.md 2.4).
enum class redirect_kind { installed, updated, uninstalled };

/// A GET for a document that is part of an install: 5 s, 64 KiB, no redirects.
transport::http_call document_call(std::string url);

/// Accepts installs and uninstalls. Requests for one oauthId are served one after another; at most
/// 16 install requests are under way at a time, more are answered 503. Loop thread only; references
/// must outlive it.
class lifecycle_endpoint {
public:
    struct parts {
        event_loop& loop;
        transport::http_client& http;
        tenant_directory& tenants;
        token_source& tokens;
        const access& to;
        const clock& time;
        logger& log;
        const detail::declaration& declared;
        install_rules rules;
        step_observer observer;
        start_beside beside;
    };
    explicit lifecycle_endpoint(parts given) : parts_(std::move(given)) {}

    /// POST /addon/installable (addon-side.md 2.2, 2.5).
    answer install(const inbound& request);
    /// DELETE /addon/installable/{oauthId} (addon-side.md 2.3).
    answer uninstall(const inbound& request);

    /// GET of installedUrl, updatedUrl or uninstalledUrl by a browser (addon-side.md 2.4).
    answer redirected(redirect_kind kind, const inbound& request);

    /// Goes on asking about the tenants whose uninstall could not be verified before.
    task<> resume_suspended();

private:
    using entry = tenant_directory::entry;

    static constexpr int most_installs_under_way = 16;

    // Counts an install as under way for as long as it lives.
    class count_one {
    public:
        explicit count_one(int& counter) : counter_(counter) { ++counter_; }
        count_one(const count_one&) = delete;
        count_one& operator=(const count_one&) = delete;
        ~count_one() { --counter_; }

    private:
        int& counter_;
    };

    // An install on its way.
    struct progress {
        install_flow flow;
        entry stored = {};
        std::optional<protocol::token_grant> grant = {};
    };

    // install.cpp
    task<reply> accept_counted(std::string token, protocol::installation body, request_id by);
    task<reply> accept(std::string token, protocol::installation body, std::string relay_state,
                       request_id by);
    task<install_step> perform(progress& made, install_step step);
    bool proved_by_old_secret(const std::string& token, const entry& known) const;

    // redirect.cpp
    struct redirection {
        std::string installable_url = {};
        std::string redirect_url = {};
        std::string relay_state = {};
        request_id by = request_id::none;
    };
    task<reply> follow(redirect_kind kind, redirection from);
    task<reply> install_by_redirect(protocol::installation body, redirection from);
    task<reply> uninstall_by_redirect(std::string oauth_id, std::string redirect_url,
                                      request_id by);

    // uninstall.cpp
    task<reply> verify_uninstall(std::string oauth_id, request_id by);
    task<token_answer::verdict> ask(const entry& tenant);
    task<bool> ask_again(entry tenant);
    task<> ask_until_settled(entry tenant, std::chrono::seconds waited);
    void ask_later(entry tenant, std::chrono::seconds delay);

    void observe(std::string_view step) const {
        if (parts_.observer) parts_.observer(step);
    }
    // Runs the author's handlers of that event. `by`: the request, for the log.
    task<> announce(std::string event,
                    const std::vector<detail::erased_handler<detail::lifecycle_core>>& handlers,
                    entry tenant, request_id by, std::string relay_state = {});
    void forget(const entry& gone, request_id by);

    parts parts_;
    keyed_lock turns_;
    lru_map<std::string, entry> departed_{1000};  // where browsers may go on after an uninstall
    int under_way_ = 0;
};

}  // namespace hipchat::addons
