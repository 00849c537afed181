// Where a request may carry its token, and what the token must be (addon-side.md 4.2, 4.3).

#include "addon/signed_request.hpp"

#include <gtest/gtest.h>

namespace hipchat::addons {
namespace {

std::string found(std::string_view authorization, std::string_view query = "",
                  std::string_view x_acpt = "", std::string_view form = "") {
    return std::string(find_token(authorization, query, x_acpt, form).text());
}

TEST(find_token, reads_both_header_forms) {
    EXPECT_EQ(found("JWT a.b.c"), "a.b.c");
    EXPECT_EQ(found("JWT token=a.b.c"), "a.b.c");
    EXPECT_EQ(found("JWT   a.b.c"), "a.b.c");
}

TEST(find_token, does_not_mind_the_case_of_the_scheme) {
    EXPECT_EQ(found("jwt a.b.c"), "a.b.c");
    EXPECT_EQ(found("Jwt token=a.b.c"), "a.b.c");
}

TEST(find_token, ignores_other_schemes) {
    EXPECT_EQ(found("Bearer a.b.c"), "");
    EXPECT_EQ(found("Basic YTpi"), "");
    EXPECT_EQ(found("JWTa.b.c"), "");
    EXPECT_EQ(found("JWT"), "");
    EXPECT_EQ(found("JWT "), "");
    EXPECT_EQ(found("JWT token="), "");
    EXPECT_EQ(found("a.b.c"), "");
}

TEST(find_token, reads_the_query_decoded) {
    EXPECT_EQ(found("", "signed_request=a.b.c"), "a.b.c");
    EXPECT_EQ(found("", "theme=dark&signed_request=a%2Eb.c&x=1"), "a.b.c");
    EXPECT_EQ(found("", "signed_requests=a.b.c"), "");
    EXPECT_EQ(found("", "signed_request="), "");
}

TEST(find_token, reads_the_refreshed_token_of_a_page) {
    EXPECT_EQ(found("", "", "a.b.c"), "a.b.c");
}

// proves: addon 4.2 form
TEST(find_token, reads_a_posted_form) {
    EXPECT_EQ(found("", "", "", "name=x&signed_request=a.b.c"), "a.b.c");
}

TEST(find_token, takes_the_first_carrier_that_holds_one) {
    EXPECT_EQ(found("JWT header", "signed_request=query", "acpt", "signed_request=form"), "header");
    EXPECT_EQ(found("Bearer other", "signed_request=query", "acpt", "signed_request=form"),
              "query");
    EXPECT_EQ(found("", "a=b", "acpt", "signed_request=form"), "acpt");
    EXPECT_EQ(found("", "a=b", "", "signed_request=form"), "form");
}

class verified : public ::testing::Test {
protected:
    static constexpr std::chrono::seconds now{1'700'000'000};

    verified() {
        storage::tenant stored;
        stored.oauth_id = "tenant-1";
        stored.secret = secret("the shared secret");
        tenant_ = std::make_shared<const storage::tenant>(std::move(stored));
        claims_.issuer = "tenant-1";
        claims_.user_id = "117";
        claims_.issued_at = now;
        claims_.expires_at = now + std::chrono::hours(1);
    }

    auto verify(const secret& key, std::chrono::seconds at = now) const {
        auto token = protocol::unverified_token::parse(protocol::sign(claims_, key));
        return verify_signed_request(std::move(token.value()), tenant_, at);
    }
    protocol::jwt_flaw flaw(const secret& key, std::chrono::seconds at = now) const {
        return std::get<protocol::jwt_flaw>(verify(key, at));
    }

    std::shared_ptr<const storage::tenant> tenant_;
    protocol::jwt_claims claims_;
    secret key_{"the shared secret"};
};

TEST_F(verified, carries_its_tenant_and_claims) {
    const auto checked = verify(key_);
    const auto& request = std::get<signed_request>(checked);
    EXPECT_EQ(request.tenant(), tenant_);
    EXPECT_EQ(request.claims().user_id, "117");
}

TEST_F(verified, needs_the_tenants_own_secret) {
    EXPECT_EQ(flaw(secret("another secret")), protocol::jwt_flaw::bad_signature);
}

// proves: addon 4.3 expired
TEST_F(verified, allows_clocks_to_differ_by_a_minute_and_no_more) {
    EXPECT_TRUE(std::holds_alternative<signed_request>(verify(key_, now + std::chrono::hours(1))));
    EXPECT_TRUE(std::holds_alternative<signed_request>(
        verify(key_, now + std::chrono::hours(1) + std::chrono::seconds(59))));
    EXPECT_EQ(flaw(key_, now + std::chrono::hours(1) + std::chrono::seconds(61)),
              protocol::jwt_flaw::expired);
    EXPECT_TRUE(
        std::holds_alternative<signed_request>(verify(key_, now - std::chrono::seconds(59))));
    EXPECT_EQ(flaw(key_, now - std::chrono::seconds(61)), protocol::jwt_flaw::not_yet_valid);
}

TEST_F(verified, needs_an_expiry) {
    claims_.expires_at.reset();
    EXPECT_EQ(flaw(key_), protocol::jwt_flaw::expired);
}

TEST_F(verified, is_never_possible_with_an_empty_secret) {
    storage::tenant broken = *tenant_;
    broken.secret = secret();
    tenant_ = std::make_shared<const storage::tenant>(std::move(broken));
    EXPECT_EQ(flaw(secret("x")), protocol::jwt_flaw::bad_signature);
}

}  // namespace
}  // namespace hipchat::addons
