#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "addon/rest/client.hpp"
#include "addon/rest/rest_core.hpp"
#include "addon/tokens/token_source.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "hipchat/rest/client.hpp"
#include "storage/open.hpp"
#include "support/loop_thread.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_log.hpp"
#include "support/scripted_host.hpp"
#include "support/spawn_beside.hpp"

namespace hipchat::testing {

/// The loop of another, whose clock jumps instead of waiting: what is due in a while happens at
/// once, and is noted.
class hasty_loop final : public event_loop {
public:
    explicit hasty_loop(event_loop& real) : real_(real) {}
    void post(std::function<void()> work) override { real_.post(std::move(work)); }
    timer call_after(std::chrono::nanoseconds delay, std::function<void()> work) override {
        waits.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(delay));
        real_.post(std::move(work));
        return ++last_;
    }
    void cancel(timer) override {}

    /// On the loop thread, or after a call has ended.
    std::vector<std::chrono::milliseconds> waits;

private:
    event_loop& real_;
    timer last_ = 0;
};

/// The REST client of an add-on with some scopes, installed for a group (or in room 4021) of a
/// host that says what the test tells it.
class rest_calls : public ::testing::Test {
protected:
    void SetUp() override;
    void TearDown() override;

    /// Begins again with these rules; without this, the add-on has every scope.
    void with_rules(addons::call_rules rules);
    void with_scopes(std::vector<scope> declared) { with_rules({.declared = std::move(declared)}); }
    void installed_in_room();
    /// The API is elsewhere; tokens still come from the host.
    void installed_at(const std::string& base);

    rest::client client() const;

    /// Runs the task that `make` makes, and returns what it gives.
    template <class Make>
    auto result_of(Make make) {
        using value_type = typename std::invoke_result_t<Make&>::value_type;
        if constexpr (std::is_void_v<value_type>) {
            thread_.run([&] { return wait_for(make); });
        } else {
            std::optional<value_type> value;
            thread_.run([&] { return keep(make, value); });
            return std::move(value).value();
        }
    }
    /// The error that it ends with; fails the test if it has none of that type.
    template <class Error, class Make>
    std::string error_of(Make make) {
        try {
            result_of(std::move(make));
        } catch (const Error& error) {
            return error.what();
        }
        ADD_FAILURE() << "no such error";
        return {};
    }

    /// What the host says at /v2/PATH: a sample of the documents, some text, or a status.
    void host_has(const std::string& path, const std::string& sample, int status = 200);
    void host_says(const std::string& path, std::string text, int status = 200);
    void host_says(const std::string& path, int status);
    void host_redirects(const std::string& path, const std::string& place);

    /// The only request at /v2/PATH. Fails the test if there are others or none.
    seen_request request_at(const std::string& path) const;
    /// Expects "METHOD /v2/PATH" to have been called once, with a token of that scope (empty: of
    /// any), and gives its body as JSON (null if it was empty).
    json::value called(const std::string& method, const std::string& path,
                       const std::string& wanted_scope) const;
    /// The scope of the only token that was asked for.
    std::string token_scope() const;

    const std::string id_ = "5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7";
    const secret key_{"q7Rk2VtXw9LmZp4Ns8YbHd3Gf6JcQa1EuTo5Ki0B"};
    scripted_host host_;
    manual_clock clock_;
    recording_log log_;
    loop_thread thread_;
    hasty_loop hasty_{thread_.loop()};

private:
    struct parts {
        parts(transport::io_loop& loop, event_loop& timers, const clock& time, logger& log,
              addons::call_rules rules)
            : http(loop, transport::destination_policy().allow_loopback()),
              tokens(http, time, spawn_beside, log),
              store(storage::open_store(loop, "memory:")),
              grants(http, *store.data, time, log),
              rest(timers, http, tokens, grants, time, std::move(rules)) {}

        transport::http_client http;
        addons::token_source tokens;
        storage::repositories store;
        addons::user_grants grants;
        addons::rest_client rest;
    };

    template <class Make, class Value>
    static task<> keep(Make& make, std::optional<Value>& value) {
        auto running = make();
        value.emplace(co_await running);
    }

    // What `make` throws before there is a task is an error of the call as well.
    template <class Make>
    static task<> wait_for(Make& make) {
        auto running = make();
        co_await running;
    }

    std::shared_ptr<const storage::tenant> tenant_;
    std::unique_ptr<parts> parts_;
};

}  // namespace hipchat::testing
