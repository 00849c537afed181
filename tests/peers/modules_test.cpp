// docs/snippets/coming_from/modules.cpp: everything that an add-on can show.

#include "protocol/url.hpp"
#include "with_program.hpp"

namespace hipchat::testing {
namespace {

class peer_modules : public with_program {
protected:
    peer_modules() { start("modules"); }

    // The token that a page got, from its hidden field.
    static std::string token_in(const std::string& page) {
        const std::string field = R"(name="signed_request" value=")";
        const std::size_t at = page.find(field);
        if (at == std::string::npos) return {};
        const std::size_t begin = at + field.size();
        return page.substr(begin, page.find('"', begin) - begin);
    }
};

// row: glance
TEST_F(peer_modules, answers_what_a_glance_shows) {
    ASSERT_EQ(install().status, 201);
    const plain_answer shown = open("/glance/glance");
    EXPECT_EQ(
        json::parse(shown.body),
        json::parse(R"({"label":{"type":"html","value":"for 117"},"status":{"type":"lozenge",)"
                    R"("value":{"label":"NEW","type":"current"}}})"));
    // row: CORS of glances
    EXPECT_EQ(shown.header("Access-Control-Allow-Origin"), host_.base());
}

// row: web panel; row: template; row: page token
TEST_F(peer_modules, shows_a_panel_from_a_template_with_a_token) {
    ASSERT_EQ(install().status, 201);
    const plain_answer panel = open("/webpanel/panel");
    ASSERT_EQ(panel.status, 200);
    EXPECT_TRUE(contains(panel.body, "<p>&lt;117&gt;</p>", "/addon/connect.js"));
    EXPECT_FALSE(token_in(panel.body).empty());
    EXPECT_EQ(get("/webpanel/panel").status, 401);
}

// row: a page's own call; row: renewed token
TEST_F(peer_modules, takes_calls_of_its_pages_and_renews_their_token) {
    ASSERT_EQ(install().status, 201);
    const std::string own = token_in(open("/webpanel/panel").body);
    const plain_answer said = post("/call", {{"Authorization", "JWT " + own}}, "");
    EXPECT_EQ(said.status, 200);
    EXPECT_EQ(json::parse(said.body), json::parse(R"({"user":"117","room":4021})"));
    const std::string renewed = said.header("x-acpt");
    EXPECT_FALSE(renewed.empty());
    EXPECT_EQ(post("/call", {{"Authorization", "JWT " + renewed}}, "").status, 200);
    EXPECT_EQ(post("/call", {}, "").status, 401);
    // row: form field
    EXPECT_EQ(post("/call", {{"Content-Type", "application/x-www-form-urlencoded"}},
                   "signed_request=" + own)
                  .status,
              200);
}

// row: dialog, action, external page
TEST_F(peer_modules, shows_the_other_modules) {
    ASSERT_EQ(install().status, 201);
    EXPECT_EQ(open("/dialog/dialog").body, "<h1>Dialog</h1>");
    EXPECT_EQ(open("/page/external").body, "<h1>Alone</h1>");
    const json::value served = descriptor();
    EXPECT_EQ(served.at_pointer("/capabilities/action/0/target"), json::value("dialog"));
    EXPECT_EQ(served.at_pointer("/capabilities/action/0/location"),
              json::value("hipchat.message.action"));
}

// row: configuration page
TEST_F(peer_modules, keeps_what_the_configuration_page_saves) {
    ASSERT_EQ(install().status, 201);
    EXPECT_EQ(open("/configure").body, "hi");
    const plain_answer saved =
        post("/configure", {{"Content-Type", "application/x-www-form-urlencoded"}},
             "greeting=hello&signed_request=" + token());
    ASSERT_EQ(saved.status, 303) << saved.body;
    const std::string back = saved.header("Location");
    const auto url = protocol::parse_web_url(back);
    ASSERT_TRUE(url) << back;
    EXPECT_EQ(get(url->path + "?" + url->query).body, "hello");
}

}  // namespace
}  // namespace hipchat::testing
