// What an install must prove, step by step, and with which words it is refused.

#include "addon/lifecycle/install_flow.hpp"

#include <gtest/gtest.h>

#include <array>

#include "hipchat/errors.hpp"
#include "support/contains.hpp"

namespace hipchat::addons {
namespace {

using testing::contains;

constexpr const char* capabilities_url = "https://chat.example.com/v2/capabilities";

json::object document() {
    return protocol::write_host_capabilities("https://chat.example.com");
}

transport::http_answer answer_of(const json::object& body, int status = 200) {
    transport::http_answer answer;
    answer.status = status;
    answer.body = json::serialize(body);
    return answer;
}

token_answer granted() {
    token_answer answer;
    answer.meaning = token_answer::verdict::granted;
    answer.status = 200;
    answer.grant.emplace();
    answer.grant->access_token = secret("token");
    answer.grant->expires_in = std::chrono::seconds(3599);
    answer.grant->group_id = 1;
    answer.grant->group_name = "Example Group";
    return answer;
}

refuse_install refusal(const install_step& step) {
    const auto* refused = std::get_if<refuse_install>(&step);
    return refused ? *refused : refuse_install{0, "was not refused"};
}

class install : public ::testing::Test {
protected:
    install() {
        request_.oauth_id = "tenant-1";
        request_.oauth_secret = secret("first secret");
        request_.capabilities_url = capabilities_url;
        request_.group_id = 1;
        request_.room_id = 4021;
    }

    install_rules rules() const {
        return {allow_room_, allow_global_, {scope::send_notification}, groups_, hosts_};
    }

    install_step judge(bool proved = false) {
        flow_.emplace(rules());
        return flow_->judge(request_, known_, proved);
    }

    // Up to the capabilities document, which is `body`.
    install_step with_document(const json::object& body) {
        const install_step step = judge();
        EXPECT_TRUE(std::holds_alternative<fetch_capabilities>(step)) << refusal(step).reason;
        return flow_->on_capabilities(answer_of(body));
    }

    void is_known() {
        storage::tenant stored;
        stored.oauth_id = "tenant-1";
        stored.secret = secret("first secret");
        stored.group_id = 1;
        stored.room_id = 4021;
        stored.capabilities_url = capabilities_url;
        stored.generation = 7;
        known_ = std::make_shared<const storage::tenant>(std::move(stored));
    }
    void is_suspended() {
        storage::tenant stored = *known_;
        stored.state = storage::tenant::status::suspended;
        known_ = std::make_shared<const storage::tenant>(std::move(stored));
    }

    bool allow_room_ = true;
    bool allow_global_ = true;
    std::vector<std::int64_t> groups_;
    allowed_hosts hosts_{"", "https://addon.example.com"};
    protocol::installation request_;
    std::shared_ptr<const storage::tenant> known_;
    std::optional<install_flow> flow_;
};

using install_flow_of = install;

TEST_F(install_flow_of, a_new_tenant_goes_through_every_proof) {
    const install_step first = judge();
    ASSERT_TRUE(std::holds_alternative<fetch_capabilities>(first)) << refusal(first).reason;
    EXPECT_EQ(std::get<fetch_capabilities>(first).url, capabilities_url);

    const install_step second = flow_->on_capabilities(answer_of(document()));
    ASSERT_TRUE(std::holds_alternative<ask_for_token>(second)) << refusal(second).reason;
    const auto& ask = std::get<ask_for_token>(second);
    EXPECT_EQ(ask.token_url, "https://chat.example.com/v2/oauth/token");
    EXPECT_EQ(ask.oauth_id, "tenant-1");
    EXPECT_EQ(ask.oauth_secret, secret("first secret"));

    const install_step third = flow_->on_token(granted());
    ASSERT_TRUE(std::holds_alternative<store_tenant>(third)) << refusal(third).reason;
    const auto& store = std::get<store_tenant>(third);
    EXPECT_EQ(store.expected_generation, 0);
    EXPECT_EQ(store.value.oauth_id, "tenant-1");
    EXPECT_EQ(store.value.secret, secret("first secret"));
    EXPECT_EQ(store.value.room_id, 4021);
    EXPECT_EQ(store.value.group_id, 1);
    EXPECT_EQ(store.value.group_name, "Example Group");
    EXPECT_EQ(store.value.capabilities_url, capabilities_url);
    EXPECT_EQ(store.value.api_url, "https://chat.example.com/v2/");
    EXPECT_EQ(store.value.token_url, "https://chat.example.com/v2/oauth/token");
    EXPECT_EQ(store.value.state, storage::tenant::status::active);

    EXPECT_TRUE(std::holds_alternative<installed_now>(flow_->on_stored(true)));
}

TEST_F(install_flow_of, another_group_than_the_tokens_is_refused) {
    request_.group_id = 2;
    with_document(document());
    const refuse_install refused = refusal(flow_->on_token(granted()));
    EXPECT_EQ(refused.status, 400);
    EXPECT_TRUE(contains(refused.reason, "groupId", "says 2", "the group 1"));
}

TEST_F(install_flow_of, a_group_that_is_not_allowed_is_refused_before_anything_is_asked) {
    groups_ = {2, 3};
    const refuse_install refused = refusal(judge());
    EXPECT_EQ(refused.status, 403);
    EXPECT_TRUE(contains(refused.reason, "AC_ALLOWED_GROUPS"));
    groups_ = {2, 1};
    EXPECT_TRUE(std::holds_alternative<fetch_capabilities>(judge()));
}

TEST_F(install_flow_of, an_allowed_group_is_one_that_the_token_names) {
    groups_ = {1};
    with_document(document());
    token_answer nameless = granted();
    nameless.grant->group_id.reset();
    const refuse_install refused = refusal(flow_->on_token(nameless));
    EXPECT_EQ(refused.status, 403);
    EXPECT_TRUE(contains(refused.reason, "did not name a group"));
}

TEST_F(install_flow_of, a_group_takes_its_id_from_the_token_when_the_request_has_none) {
    request_.room_id.reset();
    request_.group_id.reset();
    with_document(document());
    const install_step step = flow_->on_token(granted());
    EXPECT_EQ(std::get<store_tenant>(step).value.group_id, 1);
    EXPECT_EQ(std::get<store_tenant>(step).value.room_id, std::nullopt);
}

TEST_F(install_flow_of, a_kind_that_the_add_on_does_not_allow_is_refused) {
    allow_room_ = false;
    EXPECT_EQ(refusal(judge()).status, 400);
    EXPECT_TRUE(contains(refusal(judge()).reason, "group"));
    allow_room_ = true;
    allow_global_ = false;
    request_.room_id.reset();
    EXPECT_EQ(refusal(judge()).status, 400);
    EXPECT_TRUE(contains(refusal(judge()).reason, "one room"));
}

TEST_F(install_flow_of, a_host_that_is_not_allowed_is_refused_by_the_settings_name) {
    for (const char* url :
         {"http://chat.example.com/v2/capabilities", "http://10.0.0.1/v2/capabilities",
          "https://10.0.0.1/v2/capabilities", "http://localhost:8080/v2/capabilities",
          "http://169.254.169.254/v2/capabilities"}) {
        request_.capabilities_url = url;
        EXPECT_EQ(refusal(judge()).status, 400) << url;
        EXPECT_TRUE(contains(refusal(judge()).reason, "capabilitiesUrl", "AC_ALLOWED_HOSTS"))
            << url;
    }
}

TEST_F(install_flow_of, a_host_that_is_not_listed_is_refused_by_the_settings_name) {
    hosts_ = allowed_hosts("other.example.com", "https://addon.example.com");
    EXPECT_EQ(refusal(judge()).status, 400);
    EXPECT_TRUE(contains(refusal(judge()).reason, "AC_ALLOWED_HOSTS"));
}

TEST_F(install_flow_of, an_unknown_tenant_without_a_secret_is_refused) {
    request_.oauth_secret.reset();
    EXPECT_EQ(refusal(judge()).status, 400);
    EXPECT_TRUE(contains(refusal(judge()).reason, "oauthSecret"));
}

TEST_F(install_flow_of, the_same_install_again_has_nothing_to_do) {
    is_known();
    EXPECT_TRUE(std::holds_alternative<already_installed>(judge()));
}

TEST_F(install_flow_of, the_same_install_of_a_suspended_tenant_is_proved_again) {
    is_known();
    is_suspended();
    with_document(document());
    const install_step step = flow_->on_token(granted());
    EXPECT_EQ(std::get<store_tenant>(step).expected_generation, 7);
    EXPECT_EQ(std::get<store_tenant>(step).value.state, storage::tenant::status::active);
}

TEST_F(install_flow_of, a_known_tenant_with_another_secret_is_409) {
    is_known();
    request_.oauth_secret = secret("second secret");
    EXPECT_EQ(refusal(judge()).status, 409);
    EXPECT_TRUE(contains(refusal(judge()).reason, "oauthId"));
}

TEST_F(install_flow_of, a_known_tenant_from_another_origin_is_409) {
    is_known();
    for (const char* url : {"https://evil.example.net/v2/capabilities",
                            "https://chat.example.com:8443/v2/capabilities"}) {
        request_.capabilities_url = url;
        EXPECT_EQ(refusal(judge()).status, 409) << url;
    }
}

TEST_F(install_flow_of, the_old_secret_proves_a_new_one) {
    is_known();
    request_.oauth_secret = secret("second secret");
    EXPECT_TRUE(std::holds_alternative<fetch_capabilities>(judge(true)));
    flow_->on_capabilities(answer_of(document()));
    const install_step step = flow_->on_token(granted());
    EXPECT_EQ(std::get<store_tenant>(step).value.secret, secret("second secret"));
    EXPECT_EQ(std::get<store_tenant>(step).expected_generation, 7);
}

TEST_F(install_flow_of, the_old_secret_does_not_excuse_from_other_proofs) {
    is_known();
    request_.oauth_secret = secret("second secret");
    request_.capabilities_url = "http://10.0.0.1/v2/capabilities";
    EXPECT_EQ(refusal(judge(true)).status, 400);
}

TEST_F(install_flow_of, an_update_keeps_the_secret_and_the_room) {
    is_known();
    request_.oauth_secret.reset();
    request_.room_id.reset();
    request_.group_id.reset();
    allow_global_ = false;
    const install_step asked = with_document(document());
    ASSERT_TRUE(std::holds_alternative<ask_for_token>(asked)) << refusal(asked).reason;
    EXPECT_EQ(std::get<ask_for_token>(asked).oauth_secret, secret("first secret"));
    const install_step step = flow_->on_token(granted());
    ASSERT_TRUE(std::holds_alternative<store_tenant>(step)) << refusal(step).reason;
    EXPECT_EQ(std::get<store_tenant>(step).value.secret, secret("first secret"));
    EXPECT_EQ(std::get<store_tenant>(step).value.room_id, 4021);
    EXPECT_EQ(std::get<store_tenant>(step).value.group_id, 1);
    EXPECT_EQ(std::get<store_tenant>(step).expected_generation, 7);
}

TEST_F(install_flow_of, an_update_cannot_move_a_tenant_to_another_room_or_group) {
    is_known();
    request_.oauth_secret.reset();
    request_.room_id = 1;
    EXPECT_EQ(refusal(judge()).status, 409);
    request_.room_id = 4021;
    request_.group_id = 2;
    EXPECT_EQ(refusal(judge()).status, 409);
    EXPECT_TRUE(std::holds_alternative<fetch_capabilities>(judge(true)));
}

TEST_F(install_flow_of, an_update_from_another_origin_is_409) {
    is_known();
    request_.oauth_secret.reset();
    request_.capabilities_url = "https://evil.example.net/v2/capabilities";
    EXPECT_EQ(refusal(judge()).status, 409);
}

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
