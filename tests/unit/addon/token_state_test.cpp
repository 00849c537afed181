// When a token is used as it is, renewed beside a call, or renewed before it (addon-side.md 3.2).

#include "addon/tokens/token_state.hpp"

#include <gtest/gtest.h>

namespace hipchat::addons {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds start{1'700'000'000};

kept_token granted(std::chrono::seconds expires_in, double jitter = 0) {
    protocol::token_grant grant;
    grant.access_token = secret("token");
    grant.expires_in = expires_in;
    return keep_token(grant, start, jitter);
}

// proves: addon 3.2 expires_in
TEST(kept_token, lives_as_long_as_the_host_says_and_not_an_hour) {
    EXPECT_EQ(granted(3599s).expires_at, start + 3599s);
    EXPECT_EQ(granted(8h).expires_at, start + 8h);
    EXPECT_EQ(granted(7s).expires_at, start + 7s);
}

TEST(kept_token, is_renewed_a_minute_early) {
    const kept_token token = granted(1h);
    EXPECT_EQ(use_of(token, start), token_use::as_is);
    EXPECT_EQ(use_of(token, start + 59min - 1s), token_use::as_is);
    EXPECT_EQ(use_of(token, start + 59min), token_use::renew_beside);
}

TEST(kept_token, is_renewed_after_three_quarters_of_a_short_life) {
    const kept_token token = granted(100s);
    EXPECT_EQ(use_of(token, start + 74s), token_use::as_is);
    EXPECT_EQ(use_of(token, start + 75s), token_use::renew_beside);
}

TEST(kept_token, is_not_used_in_its_last_five_seconds) {
    const kept_token token = granted(1h);
    EXPECT_EQ(use_of(token, start + 1h - 6s), token_use::renew_beside);
    EXPECT_EQ(use_of(token, start + 1h - 5s), token_use::renew_first);
    EXPECT_EQ(use_of(token, start + 2h), token_use::renew_first);
    EXPECT_EQ(use_of(granted(5s), start), token_use::renew_first);
}

TEST(kept_token, is_renewed_up_to_half_a_margin_earlier_so_that_a_fleet_spreads) {
    EXPECT_EQ(granted(1h, 0).renew_at, start + 1h - 60s);
    EXPECT_EQ(granted(1h, 0.5).renew_at, start + 1h - 75s);
    EXPECT_EQ(granted(1h, 1).renew_at, start + 1h - 90s);
}

TEST(kept_token, holds_the_hosts_token) {
    EXPECT_EQ(granted(1h).token.value(), secret("token"));
}

}  // namespace
}  // namespace hipchat::addons
