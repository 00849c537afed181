#include <gtest/gtest.h>

#include <future>

#include "protocol/base64url.hpp"
#include "protocol/capabilities.hpp"
#include "protocol/oauth.hpp"
#include "running_host.hpp"
#include "sample_addon.hpp"

namespace hipchat::host::testing {
namespace {

using transport::http_response;

constexpr const char* callback = "/installable";

http_response text(int status, std::string body) {
    return http_response::of(status, "text/plain", std::move(body));
}

std::string basic(const std::string& id, const secret& password) {
    return std::string(protocol::write_basic_authorization(id, password).reveal());
}

class install : public ::testing::Test {
protected:
    plain_answer token(const json::object& offer) const {
        const std::string id(offer.at("oauthId").as_string());
        const secret password(std::string(offer.at("oauthSecret").as_string()));
        return host_.send("POST", "/v2/oauth/token", "grant_type=client_credentials",
                          {{"Authorization", basic(id, password)},
                           {"Content-Type", "application/x-www-form-urlencoded"}});
    }
    json::array integrations() const {
        return body_of(host_.get("/api/rooms/1/integrations")).at("integrations").as_array();
    }

    temporary_folder folder_;
    running_host host_{folder_.file("data")};
    sample_addon addon_;
};

TEST_F(install, answers_capabilities_and_tokens_while_the_add_on_is_still_deciding) {
    plain_answer capabilities;
    plain_answer granted;
    addon_.at(callback, [&](const delivered& offer) {
        capabilities = host_.get("/v2/capabilities");
        granted = token(offer.json());
        return text(200, "");
    });
    const plain_answer answer = host_.install(addon_.url());
    ASSERT_EQ(answer.status, 201) << answer.body;

    const json::object offer = addon_.wait_for(callback).at(0).json();
    EXPECT_EQ(capabilities.status, 200);
    EXPECT_EQ(protocol::parse_host_capabilities(capabilities.body).self,
              offer.at("capabilitiesUrl").as_string());
    EXPECT_EQ(granted.status, 200) << granted.body;
    EXPECT_EQ(protocol::parse_token_grant(granted.body).scopes.size(), 2U);
    EXPECT_EQ(offer.at("roomId").to_number<int>(), 1);
    EXPECT_EQ(offer.at("groupId").to_number<int>(), 1);
    EXPECT_EQ(offer.at("oauthSecret").as_string().size(), 40U);

    const json::value integration = body_of(answer).at("integration");
    EXPECT_EQ(integration.at("key").as_string(), "test.sample");
    EXPECT_EQ(integration.at("oauth_id"), offer.at("oauthId"));
    EXPECT_EQ(integration.at("scopes").as_array().size(), 2U);
    EXPECT_EQ(integrations().size(), 1U);
    EXPECT_EQ(host_.changes_until("installed").back().at("addon").at("name").as_string(), "Sample");
}

TEST_F(install, shows_the_descriptor_before_anything_is_installed) {
    const plain_answer answer =
        host_.send("POST", "/api/descriptors", R"({"url":")" + addon_.url() + R"("})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json::value summary = body_of(answer).at("descriptor");
    EXPECT_EQ(summary.at("key").as_string(), "test.sample");
    EXPECT_TRUE(summary.at("allow_room").as_bool());
    EXPECT_TRUE(summary.at("vendor").is_null());
    EXPECT_EQ(summary.at("scopes").as_array().at(0).at("id").as_string(), "send_notification");
    EXPECT_TRUE(addon_.requests(callback).empty());
}

TEST_F(install, passes_on_why_an_add_on_refuses_and_leaves_nothing_behind) {
    addon_.at(callback, [](const delivered&) { return text(403, "not this room"); });
    const plain_answer answer = host_.install(addon_.url());
    EXPECT_EQ(answer.status, 502);
    EXPECT_NE(message_of(answer).find("403: not this room"), std::string::npos);
    EXPECT_TRUE(integrations().empty());
    EXPECT_EQ(token(addon_.wait_for(callback).at(0).json()).status, 401);

    addon_.at(callback, [](const delivered&) { return text(204, ""); });
    EXPECT_EQ(host_.install(addon_.url()).status, 201);
}

TEST_F(install, takes_the_offer_back_when_the_add_on_does_not_answer_in_time) {
    const temporary_folder other;
    running_host impatient(other.file("data"), [](host_options& options) {
        options.install_time = std::chrono::milliseconds(100);
    });
    addon_.hold(callback);
    const plain_answer answer = impatient.install(addon_.url());
    EXPECT_EQ(answer.status, 502);
    const std::string id(addon_.wait_for(callback).at(0).json().at("oauthId").as_string());
    EXPECT_EQ(addon_.wait_for("/installable/" + id).at(0).method, "DELETE");
    addon_.release(callback);
}

TEST_F(install, refuses_a_descriptor_that_lies_about_where_it_is) {
    addon_.describe([](json::object& described) {
        described.at("links").at("self") = "http://127.0.0.1:1/descriptor";
    });
    const plain_answer answer = host_.install(addon_.url());
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(message_of(answer).find("links.self"), std::string::npos);
    EXPECT_TRUE(addon_.requests(callback).empty());
}

TEST_F(install, refuses_a_descriptor_with_urls_on_the_hosts_own_origin) {
    addon_.describe([&](json::object& described) {
        described.at("capabilities").at("installable").at("callbackUrl") = host_.base() + "/x";
    });
    const plain_answer answer = host_.install(addon_.url());
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(message_of(answer).find("own origin"), std::string::npos);
    EXPECT_EQ(host_.install(host_.base() + "/v2/capabilities").status, 400);
}

TEST_F(install, does_not_follow_redirects_or_reach_into_private_networks) {
    addon_.at("/descriptor", [](const delivered&) {
        http_response moved = text(302, "");
        moved.headers.emplace_back("Location", "/elsewhere");
        return moved;
    });
    EXPECT_EQ(host_.install(addon_.url()).status, 502);
    EXPECT_TRUE(addon_.requests("/elsewhere").empty());
    EXPECT_EQ(host_.install("http://169.254.169.254/latest/meta-data").status, 502);
    EXPECT_EQ(host_.install("http://10.0.0.1/").status, 502);
}

TEST_F(install, is_a_conflict_with_other_scopes_than_agreed_or_a_second_time) {
    EXPECT_EQ(host_.install(addon_.url(), R"(["send_notification"])").status, 409);
    EXPECT_EQ(host_.install(addon_.url()).status, 201);
    const plain_answer again = host_.install(addon_.url());
    EXPECT_EQ(again.status, 409);
    EXPECT_NE(message_of(again).find("test.sample"), std::string::npos);
    EXPECT_EQ(integrations().size(), 1U);
}

TEST_F(install, ends_at_once_whatever_its_add_on_does) {
    ASSERT_EQ(host_.install(addon_.url()).status, 201);
    const json::object offer = addon_.wait_for(callback).at(0).json();
    ASSERT_EQ(token(offer).status, 200);
    const std::string farewell = "/installable/" + std::string(offer.at("oauthId").as_string());
    addon_.at(farewell, [](const delivered&) { return text(500, "no"); });
    addon_.hold(farewell);
    EXPECT_EQ(host_.uninstall("test.sample").status, 204);
    EXPECT_TRUE(integrations().empty());
    EXPECT_EQ(token(offer).status, 401);
    host_.changes_until("uninstalled");
    addon_.wait_for(farewell);
    addon_.release(farewell);
    EXPECT_EQ(host_.uninstall("test.sample").status, 404);
    EXPECT_EQ(host_.install(addon_.url()).status, 201);
}

TEST_F(install, was_over_when_the_add_on_asked_for_a_token_during_its_farewell) {
    ASSERT_EQ(host_.install(addon_.url()).status, 201);
    const json::object offer = addon_.wait_for(callback).at(0).json();
    std::promise<int> asked;
    addon_.at("/installable/" + std::string(offer.at("oauthId").as_string()),
              [&](const delivered&) {
                  asked.set_value(token(offer).status);
                  return text(204, "");
              });
    EXPECT_EQ(host_.uninstall("test.sample").status, 204);
    EXPECT_EQ(asked.get_future().get(), 401);
}

TEST_F(install, shows_its_traffic_without_secrets) {
    addon_.at(callback, [&](const delivered& offer) {
        token(offer.json());
        return text(200, "");
    });
    ASSERT_EQ(host_.install(addon_.url()).status, 201);
    const plain_answer answer = host_.get("/api/rooms/1/traffic");
    EXPECT_EQ(answer.body.find(addon_.installed_secret().reveal()), std::string::npos);
    const json::value body = body_of(answer);
    const json::array& exchanges = body.at("exchanges").as_array();
    ASSERT_EQ(exchanges.size(), 2U);
    EXPECT_EQ(exchanges[0].at("what").as_string(), "token");
    EXPECT_EQ(exchanges[0].at("direction").as_string(), "from_addon");
    EXPECT_NE(exchanges[0].at("response").as_string().find("\"access_token\":\"…\""),
              json::string::npos);
    EXPECT_EQ(exchanges[1].at("what").as_string(), "install");
    EXPECT_EQ(exchanges[1].at("status").to_number<int>(), 200);
    EXPECT_NE(exchanges[1].at("request").as_string().find("\"oauthSecret\":\"…\""),
              json::string::npos);
}

// proves: host 4 global installs
TEST_F(install, for_the_whole_group_reaches_every_room_and_names_none) {
    addon_.describe([](json::object& descriptor) {
        json::object& capabilities = descriptor.at("capabilities").as_object();
        capabilities.at("installable").as_object()["allowGlobal"] = true;
    });
    addon_.listen_to("room_enter");
    const plain_answer installed = host_.send(
        "POST", "/api/integrations",
        R"({"url":")" + addon_.url() + R"(","scopes":["send_notification","view_room"]})");
    ASSERT_EQ(installed.status, 201) << installed.body;
    EXPECT_FALSE(addon_.wait_for(callback).at(0).json().contains("roomId"));
    EXPECT_EQ(integrations().at(0).at("room_id"), nullptr);
    host_.act("room_enter", "Ada");
    EXPECT_EQ(addon_.wait_for("/event/room_enter").at(0).json().at("item").at("room").at("name"),
              "Lobby");
    EXPECT_EQ(host_.send("DELETE", "/api/rooms/1/integrations/test.sample").status, 404);
    EXPECT_EQ(host_.send("DELETE", "/api/integrations/test.sample").status, 204);
    EXPECT_TRUE(integrations().empty());
}

TEST_F(install, for_the_whole_group_is_refused_where_the_descriptor_does_not_allow_it) {
    const plain_answer refused = host_.send(
        "POST", "/api/integrations",
        R"({"url":")" + addon_.url() + R"(","scopes":["send_notification","view_room"]})");
    EXPECT_EQ(refused.status, 400);
    EXPECT_NE(message_of(refused).find("allowGlobal"), std::string::npos) << refused.body;
}

// proves: host 4 data URIs
TEST_F(install, reads_a_descriptor_from_a_data_uri) {
    const std::string descriptor =
        R"({"key":"test.data","name":"Data","description":"","links":{"self":"https://x.test/d"},)"
        R"("capabilities":{"hipchatApiConsumer":{"scopes":[]},"installable":{"allowRoom":true,)"
        R"("allowGlobal":false}}})";
    const std::string encoded =
        "data:application/json;base64," + protocol::base64_encode(descriptor);
    const plain_answer installed = host_.install(encoded, "[]");
    EXPECT_EQ(installed.status, 201) << installed.body;
    EXPECT_EQ(integrations().at(0).at("key"), "test.data");
    for (const std::string& damaged :
         {std::string("data:application/json"), std::string("data:;base64,###"),
          "data:," + std::string(65 * 1024, 'x')})
        EXPECT_EQ(host_.install(damaged, "[]").status, 400) << damaged.substr(0, 30);
}

// proves: host 4 install links
TEST_F(install, begins_by_a_link_that_leads_to_where_it_can_be_agreed_to) {
    const plain_answer followed =
        host_.get("/addons/install?url=http%3A%2F%2Flocalhost%3A5000%2F&room=Lobby");
    EXPECT_EQ(followed.status, 302);
    EXPECT_EQ(followed.header("Location"),
              "/rooms/1/integrations?url=http%3A%2F%2Flocalhost%3A5000%2F");
    EXPECT_EQ(host_.get("/addons/install?url=x&room=Attic").status, 404);
}

}  // namespace
}  // namespace hipchat::host::testing
