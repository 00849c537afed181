// What a call does when the host asks to slow down, or fails.

#include "hipchat/rest/messages.hpp"
#include "hipchat/rest/rooms.hpp"
#include "rest_fixture.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace hipchat::rest;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using transport::http_response;
using headers = std::vector<std::pair<std::string, std::string>>;

class policies : public rest_calls {
protected:
    void limited_once(headers more) {
        http_response response = http_response::of(
            429, "application/json",
            R"({"error":{"code":429,"message":"Rate limit exceeded","type":"Too Many Requests"}})");
        for (auto& one : more)
            response.headers.push_back(std::move(one));
        host_.answer_next("/v2/room/4021/notification", std::move(response));
        host_says("room/4021/notification", 204);
    }
    void notify(const rest::client& as) {
        result_of([&] { return room_messages(as).notify(4021, notification("x")); });
    }
    std::size_t attempts() const { return host_.count("/v2/room/4021/notification"); }
    std::string in(std::chrono::seconds later) const {
        return std::to_string((clock_.unix_time() + later).count());
    }
};

// proves: host 3.5 limits
TEST_F(policies, surfaces_the_time_to_wait_by_default) {
    const std::vector<std::pair<headers, std::chrono::seconds>> cases = {
        {{{"X-FloodControl-Limit", "30"},
          {"X-FloodControl-Remaining", "0"},
          {"X-FloodControl-Reset", in(20s)},
          {"X-Ratelimit-Reset", in(200s)}},
         20s},
        {{{"X-Ratelimit-Limit", "500"},
          {"X-Ratelimit-Remaining", "0"},
          {"X-Ratelimit-Reset", in(200s)}},
         200s},
        {{{"Retry-After", "7"}}, 7s}};
    for (const auto& [said, wait] : cases) {
        limited_once(said);
        try {
            notify(client());
            FAIL() << "it was accepted";
        } catch (const rate_limited& limited) {
            EXPECT_EQ(limited.retry_after(), wait);
            EXPECT_TRUE(contains(limited.what(), "Rate limit exceeded"));
        }
    }
    EXPECT_EQ(attempts(), 3U);
    EXPECT_TRUE(hasty_.waits.empty());
}

// proves: host 3.5 limits
TEST_F(policies, waits_for_that_time_where_the_add_on_says_so) {
    with_rules(
        {.declared = {scope::send_notification}, .policy = call_policy().wait_when_limited()});
    limited_once({{"X-FloodControl-Reset", in(3s)}});
    notify(client());
    EXPECT_EQ(attempts(), 2U);
    EXPECT_EQ(hasty_.waits, std::vector<milliseconds>{3s});
}

TEST_F(policies, of_one_call_come_before_the_add_ons) {
    limited_once({{"Retry-After", "3"}});
    notify(client().with(call_policy().wait_when_limited()));
    EXPECT_EQ(hasty_.waits, std::vector<milliseconds>{3s});
    with_rules(
        {.declared = {scope::send_notification}, .policy = call_policy().wait_when_limited()});
    limited_once({{"Retry-After", "3"}});
    EXPECT_THROW(notify(client().with(call_policy())), rate_limited);
    EXPECT_EQ(hasty_.waits.size(), 1U);
}

TEST_F(policies, do_not_wait_past_the_deadline) {
    limited_once({{"Retry-After", "30"}});
    EXPECT_THROW(notify(client().with(call_policy().wait_when_limited())), rate_limited);
    EXPECT_TRUE(hasty_.waits.empty());
    limited_once({{"Retry-After", "30"}});
    notify(client().with(call_policy().wait_when_limited().within(31s)));
    EXPECT_EQ(hasty_.waits, std::vector<milliseconds>{30s});
}

TEST_F(policies, repeat_a_lookup_that_the_host_failed_to_answer) {
    host_.answer_next("/v2/room/4021", {.status = 503});
    host_.answer_next("/v2/room/4021", {.status = 500});
    host_has("room/4021", "room.get.json");
    EXPECT_EQ(result_of([&] { return rooms(client()).get(4021); }).id, 4021);
    EXPECT_EQ(host_.count("/v2/room/4021"), 3U);
    ASSERT_EQ(hasty_.waits.size(), 2U);
    EXPECT_GE(hasty_.waits[0], 50ms);
    EXPECT_LE(hasty_.waits[0], 100ms);
    EXPECT_GE(hasty_.waits[1], 200ms);
    EXPECT_LE(hasty_.waits[1], 400ms);
}

TEST_F(policies, give_up_a_lookup_after_some_failures) {
    host_says("room/4021", 502);
    try {
        result_of([&] { return rooms(client()).get(4021); });
        FAIL() << "it was accepted";
    } catch (const api_error& failed) {
        EXPECT_EQ(failed.status(), 502);
    }
    EXPECT_EQ(host_.count("/v2/room/4021"), 4U);
}

TEST_F(policies, never_post_twice_what_may_have_been_done) {
    host_says("room/4021/notification", 503);
    EXPECT_THROW(notify(client()), api_error);
    EXPECT_EQ(attempts(), 1U);
}

TEST_F(policies, post_again_what_never_left) {
    std::string gone;
    {
        const scripted_host closed;
        gone = closed.base();
    }
    installed_at(gone);
    try {
        notify(client());
        FAIL() << "it was accepted";
    } catch (const transport_error& failed) {
        EXPECT_EQ(failed.why(), transport_error::reason::connect);
    }
    EXPECT_EQ(hasty_.waits.size(), 3U);
}

TEST_F(policies, bound_the_whole_call_by_its_deadline) {
    host_.hold("/v2/room/4021");
    const rest::client hurried = client().with(call_policy().within(1000ms));
    try {
        result_of([&] { return rooms(hurried).get(4021); });
        FAIL() << "it was accepted";
    } catch (const transport_error& failed) {
        EXPECT_EQ(failed.why(), transport_error::reason::timeout);
    }
    EXPECT_EQ(host_.count("/v2/room/4021"), 1U);
    host_.release("/v2/room/4021");
}

}  // namespace
}  // namespace hipchat::testing
