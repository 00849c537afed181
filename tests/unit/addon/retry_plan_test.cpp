#include "addon/rest/retry_plan.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace hipchat::addons {
namespace {

using namespace std::chrono_literals;
using kind = attempt_outcome::kind;
using std::chrono::milliseconds;

// The pauses between attempts that all end so; at most 100.
std::vector<milliseconds> pauses(std::string_view method, const call_policy& policy,
                                 const attempt_outcome& outcome, double jitter = 1) {
    retry_plan plan(method, policy);
    std::vector<milliseconds> found;
    milliseconds elapsed{0};
    while (found.size() < 100) {
        const auto pause = plan.pause_after(outcome, elapsed, jitter);
        if (!pause) break;
        found.push_back(*pause);
        elapsed += *pause;
    }
    return found;
}

attempt_outcome answered(int status) {
    return {.status = status};
}

const std::vector<milliseconds> growing{100ms, 400ms, 1600ms};
const std::vector<milliseconds> none;

TEST(retry_plan, repeats_every_call_that_sent_nothing) {
    const attempt_outcome unconnected{.what = kind::unconnected};
    for (const char* method : {"GET", "PUT", "DELETE", "POST"})
        EXPECT_EQ(pauses(method, call_policy(), unconnected), growing) << method;
}

TEST(retry_plan, repeats_what_may_have_been_done_only_where_doing_it_twice_is_the_same) {
    for (const attempt_outcome& outcome :
         {answered(500), answered(503), attempt_outcome{.what = kind::broken}}) {
        for (const char* method : {"GET", "PUT", "DELETE"})
            EXPECT_EQ(pauses(method, call_policy(), outcome), growing) << method;
        EXPECT_EQ(pauses("POST", call_policy(), outcome), none);
    }
}

TEST(retry_plan, does_not_repeat_what_would_end_the_same_way) {
    EXPECT_EQ(pauses("GET", call_policy(), {.what = kind::hopeless}), none);
    for (const int status : {200, 204, 302, 400, 401, 403, 404})
        EXPECT_EQ(pauses("GET", call_policy(), answered(status)), none) << status;
}

TEST(retry_plan, spreads_pauses_by_jitter) {
    EXPECT_EQ(pauses("GET", call_policy(), answered(500), 0),
              (std::vector<milliseconds>{50ms, 200ms, 800ms}));
}

TEST(retry_plan, never_pauses_past_the_deadline) {
    EXPECT_EQ(pauses("GET", call_policy().within(501ms), answered(500)),
              (std::vector<milliseconds>{100ms, 400ms}));
    EXPECT_EQ(pauses("GET", call_policy().within(500ms), answered(500)),
              (std::vector<milliseconds>{100ms}));
    retry_plan plan("GET", call_policy().within(1000ms));
    EXPECT_FALSE(plan.pause_after(answered(500), 950ms, 1)) << "the attempts take time, too";
}

TEST(retry_plan, surfaces_a_request_to_slow_down_unless_told_to_wait) {
    attempt_outcome limited = answered(429);
    limited.asked_to_wait = 3s;
    EXPECT_EQ(pauses("POST", call_policy(), limited), none);
    const call_policy patient = call_policy().wait_when_limited();
    EXPECT_EQ(pauses("POST", patient, limited), (std::vector<milliseconds>{3s, 3s, 3s}))
        << "three waits fit into the ten seconds";
    limited.asked_to_wait = 10s;
    EXPECT_EQ(pauses("POST", patient, limited), none) << "the deadline comes first";
    EXPECT_EQ(pauses("POST", call_policy(patient).within(10001ms), limited),
              (std::vector<milliseconds>{10s}));
}

TEST(retry_plan, ends_although_the_host_asks_to_wait_for_no_time_for_ever) {
    attempt_outcome limited = answered(429);
    limited.asked_to_wait = 0s;
    const auto waits = pauses("GET", call_policy().wait_when_limited().within(1h), limited, 0);
    EXPECT_EQ(waits.size(), 20U);
    for (const milliseconds wait : waits)
        EXPECT_GE(wait, 50ms);
}

TEST(retry_plan, waits_as_an_unavailable_host_asks) {
    attempt_outcome busy = answered(503);
    busy.asked_to_wait = 2s;
    EXPECT_EQ(pauses("GET", call_policy(), busy), (std::vector<milliseconds>{2s, 2s, 2s}));
}

}  // namespace
}  // namespace hipchat::addons
