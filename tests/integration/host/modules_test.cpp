// What a person's browser is told of the add-ons in a room, and the addresses that it opens.

#include "protocol/jwt.hpp"
#include "rest_caller.hpp"

namespace hipchat::host::testing {
namespace {

class modules : public rest_caller {
protected:
    modules() {
        const std::string path = "/v2/room/1/extension/";
        const std::string name = R"("name":{"value":"Board"},"url":")" + addon_.base();
        EXPECT_EQ(ask(addon_token(), "PUT", path + "webPanel/board",
                      "{" + name + R"(/board/{id}","location":"hipchat.sidebar.right"})")
                      .status,
                  201);
        EXPECT_EQ(
            ask(addon_token(), "PUT", path + "externalPage/open", "{" + name + R"(/open"})").status,
            201);
    }
    json::value shown(const std::string& as) const {
        const json::value all = body_of(host_.get("/api/rooms/1/modules?as=" + as));
        return all.at("addons").at(0);
    }
    plain_answer address(const std::string& kind, const std::string& key,
                         const std::string& more = "") const {
        return host_.send("POST", "/api/rooms/1/page-address",
                          R"({"as":"Ada","addon_key":"test.sample","kind":")" + kind
                              + R"(","key":")" + key + '"' + more + "}");
    }
};

TEST_F(modules, of_a_room_are_told_with_scopes_and_what_was_pushed) {
    EXPECT_EQ(ask(addon_token(), "PUT", "/v2/room/1/extension/glance/builds",
                  R"({"name":{"value":"Builds"},"icon":{"url":")" + addon_.base()
                      + R"(/i.png","url@2x":")" + addon_.base() + R"(/i.png"}})")
                  .status,
              201);
    token_of("Ada");
    const std::string push =
        R"({"glance":[{"key":"builds","content":{"label":{"type":"html","value":"for Ada"}}}]})";
    ASSERT_EQ(ask(addon_token(), "POST", "/v2/addon/ui/user/@Ada", push).status, 204);
    const json::value addon = shown("Ada");
    EXPECT_EQ(addon.at("key"), "test.sample");
    EXPECT_EQ(addon.at("capabilities").at("webPanel").at(0).at("key"), "board");
    EXPECT_EQ(addon.at("pushed").at("builds").at("label").at("value"), "for Ada");
    EXPECT_TRUE(shown("Bo").at("pushed").as_object().empty());
    EXPECT_EQ(json::serialize(addon).find("oauth"), std::string::npos);
}

// proves: host 7 signed URLs
TEST_F(modules, are_opened_by_addresses_that_are_signed_for_the_person) {
    const json::value answer =
        body_of(address("webPanel", "board", R"(,"theme":"dark","values":{"id":7})"));
    const std::string url(answer.at("url").as_string());
    EXPECT_TRUE(url.starts_with(addon_.base() + "/board/7?signed_request=")) << url;
    EXPECT_TRUE(url.ends_with("&connect_client_api_version=1&theme=dark")) << url;
    EXPECT_EQ(answer.at("declared"), json::string(addon_.base() + "/board/{id}"));
}

TEST_F(modules, that_do_not_exist_have_no_address) {
    EXPECT_EQ(address("webPanel", "other").status, 404);
    EXPECT_EQ(address("configurable", "").status, 404);
    EXPECT_EQ(address("poster", "board").status, 400);
    EXPECT_EQ(host_
                  .send("POST", "/api/rooms/1/page-address",
                        R"({"as":"Ada","addon_key":"other","kind":"webPanel","key":"board"})")
                  .status,
              404);
}

// proves: host 6 token of a page
TEST_F(modules, get_tokens_for_their_pages) {
    const plain_answer made =
        host_.send("POST", "/api/rooms/1/page-token", R"({"as":"Ada","addon_key":"test.sample"})");
    ASSERT_EQ(made.status, 200) << made.body;
    const std::string token(body_of(made).at("token").as_string());
    auto unverified = protocol::unverified_token::parse(token);
    ASSERT_TRUE(unverified);
    const auto verified =
        protocol::verify(*std::move(unverified), addon_.installed_secret().reveal(),
                         system_clock().unix_time(), std::chrono::seconds(5));
    EXPECT_TRUE(std::holds_alternative<protocol::jwt_claims>(verified));
}

// proves: host 7.1 policy
TEST_F(modules, are_what_the_rooms_page_may_frame) {
    const std::string policy = host_.get("/rooms/1").header("Content-Security-Policy");
    EXPECT_NE(policy.find("frame-src " + addon_.base() + ";"), std::string::npos) << policy;
    EXPECT_EQ(host_.uninstall("test.sample").status, 204);
    const std::string after = host_.get("/rooms/1").header("Content-Security-Policy");
    EXPECT_NE(after.find("frame-src 'none';"), std::string::npos) << after;
}

}  // namespace
}  // namespace hipchat::host::testing
