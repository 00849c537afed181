// A delivery that comes again is recognised for as long as its token could be accepted.

#include "addon/replay_window.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hipchat::addons {
namespace {

using namespace std::chrono_literals;
using verdict = replay_window::verdict;

constexpr std::chrono::seconds start{1'700'000'000};

protocol::jwt_claims delivery(std::string jti, std::chrono::seconds issued = start) {
    protocol::jwt_claims claims;
    claims.issuer = "tenant-1";
    claims.jti = std::move(jti);
    claims.issued_at = issued;
    claims.expires_at = issued + 1h;
    return claims;
}

class window : public ::testing::Test {
protected:
    verdict admit(const protocol::jwt_claims& claims, std::chrono::seconds now,
                  const std::string& route = "/event/room_enter", const std::string& body = "{}") {
        return seen_.admit(claims, replay_window::key_of(claims, route, body), now);
    }

    replay_window seen_{300s};
};

using replay_window_of_300_s = window;

TEST_F(replay_window_of_300_s, recognises_a_repeated_delivery) {
    const auto claims = delivery("a");
    EXPECT_EQ(admit(claims, start), verdict::first);
    EXPECT_EQ(admit(claims, start), verdict::repeated);
    EXPECT_EQ(admit(claims, start + 300s), verdict::repeated);
    EXPECT_EQ(admit(claims, start + 360s), verdict::repeated);
}

TEST_F(replay_window_of_300_s, is_not_changed_by_an_expectation) {
    const auto claims = delivery("a");
    const auto key = replay_window::key_of(claims, "/event/room_enter", "{}");
    seen_.expect(key);
    EXPECT_EQ(seen_.size(), 0U);
    EXPECT_EQ(admit(claims, start), verdict::first);
    seen_.expect(key);
    EXPECT_EQ(admit(claims, start), verdict::repeated);
    replay_window(0s).expect(key);
}

TEST_F(replay_window_of_300_s, tells_deliveries_apart_by_issuer_route_token_and_body) {
    const auto claims = delivery("a");
    EXPECT_EQ(admit(claims, start), verdict::first);
    EXPECT_EQ(admit(delivery("b"), start), verdict::first);
    EXPECT_EQ(admit(claims, start, "/event/room_exit"), verdict::first);
    EXPECT_EQ(admit(claims, start, "/event/room_enter", "{ }"), verdict::first);
    auto other = claims;
    other.issuer = "tenant-2";
    EXPECT_EQ(admit(other, start), verdict::first);
}

TEST_F(replay_window_of_300_s, does_not_let_parts_of_a_key_run_into_each_other) {
    auto one = delivery("b");
    one.issuer = "tenant";
    auto other = delivery("");
    other.issuer = "tenant";
    EXPECT_NE(replay_window::key_of(one, "/a", "c"), replay_window::key_of(other, "/a", "bc"));
    EXPECT_NE(replay_window::key_of(one, "/a", ""), replay_window::key_of(other, "/ab", ""));
}

TEST_F(replay_window_of_300_s, finds_a_token_too_old_after_the_window_and_a_minute) {
    EXPECT_EQ(admit(delivery("a"), start + 360s), verdict::first);
    EXPECT_EQ(admit(delivery("b"), start + 361s), verdict::too_old);
}

TEST_F(replay_window_of_300_s, forgets_what_is_too_old_to_come_again) {
    admit(delivery("a"), start);
    EXPECT_EQ(seen_.size(), 1U);
    admit(delivery("b", start + 361s), start + 361s);
    EXPECT_EQ(seen_.size(), 1U);
    EXPECT_EQ(seen_.dropped(), 0U);
}

TEST_F(replay_window_of_300_s, remembers_a_token_without_a_date_until_it_expires) {
    auto claims = delivery("a");
    claims.issued_at.reset();
    EXPECT_EQ(admit(claims, start), verdict::first);
    // The token is accepted for as long as its expiry and the leeway of the clocks say.
    EXPECT_EQ(admit(claims, start + 1h), verdict::repeated);
    EXPECT_EQ(admit(claims, start + 1h + 60s), verdict::repeated);
    admit(delivery("b", start + 1h + 61s), start + 1h + 61s);
    EXPECT_EQ(seen_.size(), 1U);
}

TEST_F(replay_window_of_300_s, lets_a_delivery_come_again_whose_handling_failed) {
    const auto claims = delivery("a");
    EXPECT_EQ(admit(claims, start), verdict::first);
    seen_.forget(replay_window::key_of(claims, "/event/room_enter", "{}"));
    EXPECT_EQ(admit(claims, start + 1s), verdict::first);
    EXPECT_EQ(admit(claims, start + 2s), verdict::repeated);
}

TEST_F(replay_window_of_300_s, protects_a_second_attempt_as_long_as_the_first) {
    // The host signs the same delivery again, with a later date and the same jti.
    EXPECT_EQ(admit(delivery("a"), start), verdict::first);
    seen_.forget(replay_window::key_of(delivery("a"), "/event/room_enter", "{}"));
    const auto again = delivery("a", start + 200s);
    EXPECT_EQ(admit(again, start + 200s), verdict::first);
    EXPECT_EQ(admit(again, start + 500s), verdict::repeated);
}

TEST(replay_window, drops_and_counts_the_oldest_when_it_is_full) {
    replay_window seen(300s, 3);
    const auto admit = [&](const std::string& jti) {
        const auto claims = delivery(jti);
        return seen.admit(claims, replay_window::key_of(claims, "/", ""), start);
    };
    for (const char* jti : {"a", "b", "c"})
        EXPECT_EQ(admit(jti), verdict::first);
    EXPECT_EQ(seen.dropped(), 0U);
    EXPECT_EQ(admit("d"), verdict::first);
    EXPECT_EQ(seen.size(), 3U);
    EXPECT_EQ(seen.dropped(), 1U);
    EXPECT_EQ(admit("b"), verdict::repeated);
    EXPECT_EQ(admit("d"), verdict::repeated);
    EXPECT_EQ(admit("a"), verdict::first);
}

TEST(replay_window, does_not_count_a_forgotten_delivery_as_dropped) {
    replay_window seen(300s, 2);
    const auto key = [](const std::string& jti) {
        return replay_window::key_of(delivery(jti), "/", "");
    };
    const auto admit = [&](const std::string& jti) {
        return seen.admit(delivery(jti), key(jti), start);
    };
    admit("a");
    admit("b");
    seen.forget(key("a"));
    EXPECT_EQ(seen.size(), 1U);
    EXPECT_EQ(admit("c"), verdict::first);
    EXPECT_EQ(seen.dropped(), 0U);
    EXPECT_EQ(admit("b"), verdict::repeated);
    EXPECT_EQ(admit("c"), verdict::repeated);
    EXPECT_EQ(seen.size(), 2U);
}

TEST(replay_window, goes_round_its_ring_many_times) {
    replay_window seen(300s, 7);
    for (int i = 0; i < 1000; ++i) {
        const std::chrono::seconds now = start + std::chrono::seconds(i * 60);
        const auto claims = delivery(std::to_string(i), now);
        const auto key = replay_window::key_of(claims, "/", "");
        ASSERT_EQ(seen.admit(claims, key, now), verdict::first) << i;
        ASSERT_EQ(seen.admit(claims, key, now + 360s), verdict::repeated) << i;
    }
    EXPECT_EQ(seen.dropped(), 0U);
}

TEST(replay_window, takes_everything_when_it_is_off) {
    replay_window seen(0s);
    EXPECT_FALSE(seen.enabled());
    const auto claims = delivery("a");
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(seen.admit(claims, {}, start + 50min), verdict::first);
    EXPECT_EQ(seen.size(), 0U);
}

}  // namespace
}  // namespace hipchat::addons
