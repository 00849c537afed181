// What went wrong with the pages and page tokens of libraries before this one, one test for each
// finding.

#include "hipchat/json.hpp"
#include "protocol/base64url.hpp"
#include "with_pages.hpp"

namespace hipchat::testing {
namespace {

class known_flaws_of_pages : public with_pages {
protected:
    known_flaws_of_pages() {
        program_
            .web_panel({.key = "board", .name = "Board"},
                       [](page_request& page) { return html(page.token()); })
            .route("GET", "/api/me", [](page_request& page) { return page.user_id(); })
            .on_room_enter([this](room_enter&) { greeted_.add(); });
    }
    std::string page_token(const running_addon& running) const {
        return open(running, "/webpanel/board").body;
    }
};

// ac-flask, aiohttp: the token for a page was one of the host's kind, and opened every route.
TEST_F(known_flaws_of_pages, a_pages_token_is_no_webhook_and_no_proof_of_the_host) {
    running_addon running(program_);
    installed_in(running);
    const std::string pages_token = page_token(running);
    EXPECT_EQ(call(running, "GET", "/api/me", pages_token).body, "117");
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), pages_token).status, 401);
    EXPECT_EQ(greeted_.count(), 0);
    scripted_host attacker;
    EXPECT_EQ(running.install(attacker.installation(id_, secret("forged")), pages_token).status,
              409);
    EXPECT_EQ(running.install(host_.installation(id_, secret("forged")), pages_token).status, 409);
}

// aiohttp: neither iat nor exp. Here the host signs for an hour, and the page has a quarter of one.
TEST_F(known_flaws_of_pages, a_pages_token_has_an_end_of_its_own) {
    running_addon running(program_);
    installed_in(running);
    const std::string token = page_token(running);
    const std::size_t dot = token.find('.');
    const auto claims = json::parse(
        protocol::base64url_decode(token.substr(dot + 1, token.rfind('.') - dot - 1)).value());
    EXPECT_EQ(claims.at("exp").as_int64() - claims.at("iat").as_int64(), 900);
}

// ac-flask, aiohttp, ac-koa: whoever held a page's token could forge claims, or use it for ever
// after the add-on had been removed and installed again.
TEST_F(known_flaws_of_pages, a_pages_token_ends_with_its_installation) {
    running_addon running(program_);
    installed_in(running);
    const std::string token = page_token(running);
    host_.remove_client(id_);
    ASSERT_EQ(running.uninstall(id_).status, 204);
    EXPECT_EQ(call(running, "GET", "/api/me", token).status, 401);
    installed_in(running);
    EXPECT_EQ(call(running, "GET", "/api/me", token).status, 401);
    EXPECT_EQ(call(running, "GET", "/api/me", page_token(running)).status, 200);
}

// All of them: context that a page sent back was believed wherever it was sent.
TEST_F(known_flaws_of_pages, nothing_beside_the_token_says_who_calls) {
    running_addon running(program_);
    installed_in(running);
    const plain_answer said =
        send(running.port(),
             {.target = "/api/me?user_id=1&sub=1&context=%7B%7D",
              .headers = {{"Authorization", "JWT " + page_token(running)}, {"X-User", "1"}}});
    EXPECT_EQ(said.body, "117");
}

// The protocol puts tokens into URLs: they leak in Referer headers, histories and logs.
TEST_F(known_flaws_of_pages, tokens_in_urls_reach_neither_other_sites_nor_the_log) {
    running_addon running(program_);
    installed_in(running);
    const std::string hosts_token = token();
    const plain_answer page = running.get("/webpanel/board?signed_request=" + hosts_token);
    EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
    EXPECT_NE(page.body, hosts_token);
    EXPECT_EQ(running.get("/api/me?signed_request=" + page.body).status, 200);
    const std::string forged = page.body.substr(0, page.body.size() - 4) + "AAAA";
    EXPECT_EQ(running.get("/api/me?signed_request=" + forged).status, 401);
    EXPECT_GE(running.log().lines().size(), 2U);
    for (const std::string& line : running.log().lines())
        for (const std::string& hidden : {hosts_token, page.body, forged})
            EXPECT_FALSE(contains(line, hidden));
}

// Jira's, Confluence's and Bitbucket's plug-ins (CVE-2016-6668) wrote the secret into their pages.
TEST_F(known_flaws_of_pages, a_page_does_not_hold_the_secret) {
    program_.configure_page([](page_request& page) {
        return html(page.connect_script() + page.token() + page.link("/a"));
    });
    running_addon running(program_);
    installed_in(running);
    const plain_answer page = open(running, "/configure");
    EXPECT_FALSE(contains(page.head + page.body, key_.reveal()));
    EXPECT_FALSE(contains(page.head + page.body, token()));
}

// ac-flask: any origin could read, because '*' was the last resort. No page's route is for others.
TEST_F(known_flaws_of_pages, no_other_origin_may_read_a_pages_calls) {
    addons::settings given = running_addon::in_memory();
    given.cors_whitelist = "*";
    running_addon running(program_, given);
    installed_in(running);
    for (const std::string& path : {signed_url("/webpanel/board"), signed_url("/api/me")}) {
        const plain_answer said =
            send(running.port(), {.target = path, .headers = {{"Origin", "https://evil.test"}}});
        EXPECT_EQ(said.status, 200);
        EXPECT_FALSE(contains(said.head, "Access-Control-"));
    }
    EXPECT_EQ(call(running, "OPTIONS", "/api/me", "").status, 405);
}

// A browser sends cookies along from any site; it sends these tokens from none.
TEST_F(known_flaws_of_pages, a_foreign_form_or_script_has_no_token_to_send) {
    counter changed;
    program_.route("POST", "/api/change", [&](page_request&) { changed.add(); });
    running_addon running(program_);
    installed_in(running);
    page_token(running);
    for (const char* type :
         {"application/x-www-form-urlencoded", "text/plain", "application/json"}) {
        const plain_answer said =
            send(running.port(),
                 {.method = "POST",
                  .target = "/api/change",
                  .headers = {{"Content-Type", type}, {"Cookie", "a=b"}, {"Origin", host_.base()}},
                  .body = "a=1"});
        EXPECT_EQ(said.status, 401) << type;
    }
    EXPECT_EQ(changed.count(), 0);
}

}  // namespace
}  // namespace hipchat::testing
