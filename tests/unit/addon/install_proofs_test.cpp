// What a host must prove of itself before an install is stored.

#include <array>

#include "install_flow_of.hpp"
#include "support/contains.hpp"

namespace hipchat::addons {
namespace {

using testing::contains;

TEST_F(install_flow_of, a_document_that_lies_about_its_own_address_is_refused) {
    for (const char* self :
         {"https://chat.example.com/v2/capabilities/", "https://CHAT.example.com/v2/capabilities",
          "https://chat.example.com:443/v2/capabilities", "https://victim.example.com/v2"}) {
        json::object lying = document();
        lying["links"].as_object()["self"] = self;
        const refuse_install said = refusal(with_document(lying));
        EXPECT_EQ(said.status, 400) << self;
        EXPECT_TRUE(contains(said.reason, "links.self", self));
    }
}

struct foreign_case {
    const char* object;
    const char* inner;
    const char* member;
};

void set_member(json::object& in, const foreign_case& where, const char* url) {
    json::object& outer = in[where.object].as_object();
    json::object& target = *where.inner ? outer[where.inner].as_object() : outer;
    target[where.member] = url;
}

constexpr std::array<foreign_case, 5> endpoints{{
    {"capabilities", "oauth2Provider", "tokenUrl"},
    {"capabilities", "oauth2Provider", "authorizationUrl"},
    {"capabilities", "hipchatApiProvider", "url"},
    {"links", "", "api"},
    {"links", "", "homepage"},
}};

TEST_F(install_flow_of, every_endpoint_at_another_origin_is_refused_by_name_and_setting) {
    for (const foreign_case& endpoint : endpoints) {
        json::object foreign = document();
        set_member(foreign, endpoint, "https://api.example.net/v2/");
        const refuse_install said = refusal(with_document(foreign));
        EXPECT_EQ(said.status, 400) << endpoint.member;
        EXPECT_TRUE(contains(said.reason, endpoint.member, "AC_ALLOWED_HOSTS",
                             "https://chat.example.com+https://api.example.net"));
    }
}

TEST_F(install_flow_of, endpoints_may_lie_on_origins_that_are_listed_together) {
    hosts_ = allowed_hosts("https://chat.example.com+https://api.example.net",
                           "https://addon.example.com");
    for (const foreign_case& endpoint : endpoints) {
        json::object split = document();
        set_member(split, endpoint, "https://api.example.net/v2/");
        const install_step step = with_document(split);
        EXPECT_TRUE(std::holds_alternative<ask_for_token>(step)) << refusal(step).reason;
    }
}

TEST_F(install_flow_of, endpoints_may_not_lie_on_origins_that_are_only_listed_apart) {
    hosts_ = allowed_hosts("https://chat.example.com https://api.example.net",
                           "https://addon.example.com");
    json::object split = document();
    set_member(split, endpoints[0], "https://api.example.net/v2/oauth/token");
    EXPECT_EQ(refusal(with_document(split)).status, 400);
}

TEST_F(install_flow_of, an_endpoint_that_is_no_web_address_is_refused) {
    json::object odd = document();
    set_member(odd, endpoints[4], "javascript:alert(1)");
    EXPECT_EQ(refusal(with_document(odd)).status, 400);
}

TEST_F(install_flow_of, a_redirect_is_refused) {
    for (const int status : {301, 302, 303, 307, 308}) {
        judge();
        const refuse_install said = refusal(flow_->on_capabilities(answer_of({}, status)));
        EXPECT_EQ(said.status, 400);
        EXPECT_TRUE(contains(said.reason, "redirect"));
    }
}

TEST_F(install_flow_of, a_document_that_cannot_be_had_is_refused) {
    for (const int status : {204, 401, 404, 500}) {
        judge();
        const refuse_install said = refusal(flow_->on_capabilities(answer_of(document(), status)));
        EXPECT_EQ(said.status, 400);
        EXPECT_TRUE(contains(said.reason, std::to_string(status)));
    }
}

TEST_F(install_flow_of, a_document_that_cannot_be_read_is_refused_by_its_member) {
    judge();
    transport::http_answer garbled;
    garbled.status = 200;
    garbled.body = "<html>";
    EXPECT_EQ(refusal(flow_->on_capabilities(garbled)).status, 400);

    json::object incomplete = document();
    incomplete["capabilities"].as_object()["oauth2Provider"].as_object().erase("tokenUrl");
    EXPECT_TRUE(contains(refusal(with_document(incomplete)).reason,
                         "capabilities.oauth2Provider.tokenUrl"));
}

TEST_F(install_flow_of, limits_of_the_document_are_named) {
    using reason = transport_error::reason;
    judge();
    const auto said = [&](reason why) {
        return refusal(flow_->on_capabilities_failure(transport_error(why, "it failed")));
    };
    EXPECT_EQ(said(reason::timeout).status, 400);
    EXPECT_TRUE(contains(said(reason::timeout).reason, "5 s"));
    EXPECT_TRUE(contains(said(reason::too_large).reason, "64 KiB"));
    EXPECT_TRUE(contains(said(reason::refused_destination).reason, "AC_ALLOWED_HOSTS"));
    EXPECT_EQ(said(reason::connect).status, 400);
    EXPECT_TRUE(contains(said(reason::connect).reason, capabilities_url));
}

TEST_F(install_flow_of, credentials_that_yield_no_token_are_refused) {
    with_document(document());
    token_answer no;
    no.meaning = token_answer::verdict::refused;
    no.status = 401;
    no.why = "the host does not know these credentials";
    const refuse_install said = refusal(flow_->on_token(no));
    EXPECT_EQ(said.status, 400);
    EXPECT_TRUE(contains(said.reason, no.why));
}

TEST_F(install_flow_of, who_comes_second_is_409) {
    EXPECT_EQ(refusal(flow_.emplace(rules()).on_stored(false)).status, 409);
}

TEST_F(install_flow_of, no_refusal_shows_the_secret) {
    with_document(document());
    token_answer no;
    no.why = "HTTP 500";
    EXPECT_FALSE(contains(refusal(flow_->on_token(no)).reason, "first secret"));
}

}  // namespace
}  // namespace hipchat::addons
