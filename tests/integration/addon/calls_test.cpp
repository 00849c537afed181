// Calls of the host: tokens are kept, renewed and asked for once; refusals are typed.

#include "addon/rest/client.hpp"
#include "addon/tokens/token_source.hpp"
#include "hipchat/errors.hpp"
#include "running_addon.hpp"
#include "storage/open.hpp"
#include "support/contains.hpp"
#include "support/manual_clock.hpp"
#include "support/spawn_beside.hpp"

namespace hipchat::testing {
namespace {

using namespace std::chrono_literals;

// Tokens and calls without an add-on around them, on the clock of the test.
class calls : public with_host {
protected:
    struct parts {
        parts(transport::io_loop& loop, const clock& time, logger& log)
            : http(loop, transport::destination_policy().allow_loopback()),
              tokens(http, time, spawn_beside, log),
              store(storage::open_store(loop, "memory:")),
              grants(http, *store.data, time, log),
              rest(loop, http, tokens, grants, time, {.declared = {scope::send_notification}}) {}

        transport::http_client http;
        addons::token_source tokens;
        storage::repositories store;
        addons::user_grants grants;
        addons::rest_client rest;
    };

    void SetUp() override {
        host_.add_client(id_, key_);
        storage::tenant stored;
        stored.oauth_id = id_;
        stored.secret = key_;
        stored.api_url = host_.base() + "/v2/";
        stored.token_url = host_.base() + "/v2/oauth/token";
        stored.generation = 1;
        tenant_ = std::make_shared<const storage::tenant>(std::move(stored));
        parts_ =
            thread_.call([this] { return std::make_unique<parts>(thread_.loop(), clock_, log_); });
    }
    void TearDown() override {
        thread_.call([this] { parts_.reset(); });
    }

    void notify(const std::string& text = "hello") {
        thread_.run(
            [&] { return parts_->rest.send_notification(tenant_, 4021, notification(text)); });
    }
    std::string get_token() {
        std::string value;
        const auto getting = [&]() -> task<> {
            const addons::access_token got = co_await parts_->tokens.get(tenant_, scopes_);
            value = got.value().reveal();
        };
        thread_.run(getting);
        return value;
    }
    std::size_t token_requests() const { return host_.count(scripted_host::token_path); }
    void host_says(int status, std::vector<std::pair<std::string, std::string>> headers = {}) {
        transport::http_response response = transport::http_response::of(
            status, "application/json",
            R"({"error":{"code":)" + std::to_string(status) + R"(,"message":"not now"}})");
        for (auto& one : headers)
            response.headers.push_back(std::move(one));
        host_.answer(scripted_host::notification_path, std::move(response));
    }

    const std::vector<scope> scopes_{scope::send_notification};
    std::shared_ptr<const storage::tenant> tenant_;
    manual_clock clock_;
    recording_log log_;
    loop_thread thread_;
    std::unique_ptr<parts> parts_;
};

// proves: addon 3.2 expires_in
TEST_F(calls, share_one_token_while_it_lasts) {
    notify();
    notify();
    EXPECT_EQ(token_requests(), 1U);
    const auto said = host_.requests(scripted_host::notification_path);
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(said[0].authorization, said[1].authorization);
}

TEST_F(calls, a_thousand_at_once_on_a_cold_token_ask_for_one) {
    host_.hold(scripted_host::token_path);
    std::vector<std::string> values(1000);
    const auto get_one = [&](std::string& into) -> task<> {
        const addons::access_token got = co_await parts_->tokens.get(tenant_, scopes_);
        into = got.value().reveal();
    };
    std::promise<void> all;
    std::size_t ended = 0;
    thread_.call([&] {
        for (std::string& value : values)
            spawn(get_one(value), [&](const std::exception_ptr& failure) {
                EXPECT_FALSE(failure);
                if (++ended == values.size()) all.set_value();
            });
    });
    ASSERT_TRUE(host_.wait_for(scripted_host::token_path, 1));
    host_.release(scripted_host::token_path);
    all.get_future().get();
    EXPECT_EQ(token_requests(), 1U);
    for (const std::string& value : values)
        EXPECT_EQ(value, "token-1");
}

TEST_F(calls, all_learn_of_one_failure_and_the_next_asks_again) {
    host_.remove_client(id_);
    host_.hold(scripted_host::token_path);
    std::promise<void> all;
    int refused = 0;
    int ended = 0;
    thread_.call([&] {
        for (int i = 0; i < 50; ++i) {
            auto getting = [](addons::token_source& tokens,
                              std::shared_ptr<const storage::tenant> who,
                              std::vector<scope> wanted) -> task<> {
                co_await tokens.get(std::move(who), std::move(wanted));
            };
            spawn(getting(parts_->tokens, tenant_, scopes_),
                  [&](const std::exception_ptr& failure) {
                      try {
                          if (failure) std::rethrow_exception(failure);
                      } catch (const api_error& error) {
                          refused += error.status() == 401 ? 1 : 0;
                      }
                      if (++ended == 50) all.set_value();
                  });
        }
    });
    ASSERT_TRUE(host_.wait_for(scripted_host::token_path, 1));
    host_.release(scripted_host::token_path);
    all.get_future().get();
    EXPECT_EQ(refused, 50);
    EXPECT_EQ(token_requests(), 1U);
    host_.add_client(id_, key_);
    EXPECT_EQ(get_token(), "token-1");
    EXPECT_EQ(token_requests(), 2U);
}

TEST_F(calls, renew_a_token_that_the_host_no_longer_takes_once) {
    notify();
    host_.revoke_tokens();
    notify();
    EXPECT_EQ(token_requests(), 2U);
    EXPECT_EQ(host_.count(scripted_host::notification_path), 3U);
    notify();
    EXPECT_EQ(token_requests(), 2U);
}

TEST_F(calls, do_not_renew_for_ever) {
    host_says(401);
    try {
        notify();
        FAIL() << "it was accepted";
    } catch (const api_error& refused) {
        EXPECT_EQ(refused.status(), 401);
    }
    EXPECT_EQ(host_.count(scripted_host::notification_path), 2U);
    EXPECT_EQ(token_requests(), 2U);
}

TEST_F(calls, use_a_token_to_the_end_that_its_host_gave_it) {
    host_.grant_for(8h);
    EXPECT_EQ(get_token(), "token-1");
    clock_.advance(7h);
    EXPECT_EQ(get_token(), "token-1");
    clock_.advance(1h);
    EXPECT_EQ(get_token(), "token-2");
}

TEST_F(calls, renew_beside_a_call_while_the_old_token_is_good) {
    host_.grant_for(1000s);
    EXPECT_EQ(get_token(), "token-1");
    clock_.advance(950s);
    host_.hold(scripted_host::token_path);
    EXPECT_EQ(get_token(), "token-1");
    EXPECT_EQ(get_token(), "token-1");
    ASSERT_TRUE(host_.wait_for(scripted_host::token_path, 2));
    host_.release(scripted_host::token_path);
    // The next that is not served from memory comes from the renewal.
    clock_.advance(46s);
    EXPECT_EQ(get_token(), "token-2");
    EXPECT_EQ(token_requests(), 2U);
}

TEST_F(calls, go_on_with_the_old_token_when_an_early_renewal_fails) {
    host_.grant_for(1000s);
    EXPECT_EQ(get_token(), "token-1");
    clock_.advance(950s);
    host_.answer(scripted_host::token_path,
                 transport::http_response::of(503, "text/plain", "down"));
    counter failed;
    log_.on_line([&](const std::string&) { failed.add(); });
    EXPECT_EQ(get_token(), "token-1");
    EXPECT_TRUE(failed.wait_for(1));
    EXPECT_EQ(log_.count("renewal failed"), 1);
    EXPECT_EQ(token_requests(), 2U);
}

TEST_F(calls, of_another_tenant_or_generation_have_a_token_of_their_own) {
    EXPECT_EQ(get_token(), "token-1");
    storage::tenant again = *tenant_;
    again.generation = 2;
    tenant_ = std::make_shared<const storage::tenant>(again);
    EXPECT_EQ(get_token(), "token-2");
    host_.add_client("other", key_);
    again.oauth_id = "other";
    tenant_ = std::make_shared<const storage::tenant>(again);
    EXPECT_EQ(get_token(), "token-3");
}

TEST_F(calls, say_when_a_token_endpoint_answers_nonsense) {
    host_.answer(scripted_host::token_path,
                 transport::http_response::of(200, "text/html", "<html>"));
    EXPECT_THROW(get_token(), protocol_error);
    host_.answer(scripted_host::token_path, {.status = 204});
    EXPECT_THROW(get_token(), protocol_error);
    host_.answer(scripted_host::token_path,
                 transport::http_response::of(503, "text/plain", "down"));
    EXPECT_THROW(get_token(), api_error);
}

// proves: host 3.5 limits
TEST_F(calls, fail_typed_when_the_host_asks_to_slow_down) {
    const auto wait_after = [&](std::vector<std::pair<std::string, std::string>> headers) {
        host_says(429, std::move(headers));
        try {
            notify();
        } catch (const rate_limited& limited) {
            EXPECT_TRUE(contains(limited.what(), "not now"));
            return limited.retry_after();
        }
        return std::chrono::seconds(-1);
    };
    const auto at = [&](std::chrono::seconds later) {
        return std::to_string((clock_.unix_time() + later).count());
    };
    EXPECT_EQ(wait_after({{"Retry-After", "30"}}), 30s);
    EXPECT_EQ(wait_after({{"X-Ratelimit-Reset", at(45s)}}), 45s);
    EXPECT_EQ(wait_after({{"X-FloodControl-Reset", at(20s)}, {"X-Ratelimit-Reset", at(45s)}}), 20s);
    EXPECT_EQ(wait_after({{"X-Ratelimit-Reset", at(-5s)}}), 0s);
    EXPECT_EQ(wait_after({{"Retry-After", "soon"}}), 0s);
    EXPECT_EQ(wait_after({}), 0s);
    EXPECT_EQ(token_requests(), 1U);
}

// proves: host 3.4 errors
TEST_F(calls, fail_typed_when_the_host_says_no) {
    host_says(403);
    try {
        notify();
        FAIL() << "it was accepted";
    } catch (const api_error& refused) {
        EXPECT_EQ(refused.status(), 403);
        EXPECT_TRUE(contains(refused.what(), "not now"));
        EXPECT_FALSE(contains(refused.what(), "token-1"));
    }
}

TEST_F(calls, fail_typed_when_the_host_is_gone) {
    storage::tenant lost = *tenant_;
    {
        const scripted_host gone;
        lost.api_url = gone.base() + "/v2/";
    }
    tenant_ = std::make_shared<const storage::tenant>(lost);
    try {
        notify();
        FAIL() << "it was accepted";
    } catch (const transport_error& failed) {
        EXPECT_EQ(failed.why(), transport_error::reason::connect);
    }
}

TEST_F(calls, are_checked_against_the_protocols_limits_before_they_are_sent) {
    EXPECT_THROW(notify(""), config_error);
    EXPECT_THROW(notify(std::string(10'001, 'x')), config_error);
    EXPECT_EQ(host_.count(scripted_host::notification_path), 0U);
}

// proves: addon 3.3 missing scope
TEST_F(calls, without_their_scope_in_the_descriptor_fail_at_once) {
    std::unique_ptr<addons::rest_client> poor = thread_.call([this] {
        return std::make_unique<addons::rest_client>(
            thread_.loop(), parts_->http, parts_->tokens, parts_->grants, clock_,
            addons::call_rules{.declared = {scope::view_room}});
    });
    try {
        thread_.run([&] { return poor->send_notification(tenant_, 4021, notification("x")); });
        FAIL() << "it was accepted";
    } catch (const config_error& refused) {
        EXPECT_TRUE(contains(refused.what(), "send_notification"));
    }
    EXPECT_EQ(token_requests(), 0U);
}

}  // namespace
}  // namespace hipchat::testing
