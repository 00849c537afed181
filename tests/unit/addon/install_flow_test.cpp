// Which install requests are taken, and with which words the others are refused.

#include "install_flow_of.hpp"
#include "support/contains.hpp"

namespace hipchat::addons {
namespace {

using testing::contains;

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

}  // namespace
}  // namespace hipchat::addons
