// Pages as a host's browser sees them: who gets one, what it knows, and how it is sent.

#include "with_pages.hpp"

namespace hipchat::testing {
namespace {

using pages = with_pages;

const icon picture{"/static/i.png", "/static/i@2x.png"};

std::string who_and_where(page_request& page) {
    return page.user_id() + "@" + (page.room() ? std::to_string(page.room()->id()) : "-") + " of "
           + page.tenant().oauth_id() + " " + page.time_zone() + page.theme();
}

// proves: addon 7.1 web panel; addon 7.1 dialog; addon 7.1 external page; addon 7.6 configure
// proves: addon 7.6 admin page; addon 7.1 theme; addon 4.2 query
TEST_F(pages, of_every_module_are_shown_to_whom_the_host_names) {
    program_.web_panel({.key = "board", .name = "Board", .icon = picture}, who_and_where)
        .dialog({.key = "ask", .title = "Ask"}, who_and_where)
        .external_page({.key = "report", .name = "Report"}, who_and_where)
        .configure_page(who_and_where)
        .admin_page(who_and_where);
    running_addon running(program_);
    installed_in(running);
    for (const char* path :
         {"/webpanel/board", "/dialog/ask", "/page/report", "/configure", "/admin"}) {
        const plain_answer shown = open(running, path, "&theme=dark");
        EXPECT_EQ(shown.status, 200) << path;
        EXPECT_EQ(shown.body, "117@4021 of " + id_ + " dark") << path;
        EXPECT_EQ(running.get(path).status, 401) << path;
        EXPECT_EQ(call(running, "POST", path, token()).status, 405) << path;
    }
}

TEST_F(pages, know_the_room_of_a_room_install_when_the_host_names_none) {
    program_.web_panel({.key = "board", .name = "Board"}, who_and_where);
    running_addon running(program_);
    installed_in(running);
    protocol::jwt_claims claims = claims_of(id_);
    claims.room_id.reset();
    claims.user_id.clear();
    claims.user_tz = "Europe/Berlin";
    EXPECT_EQ(running.get("/webpanel/board?signed_request=" + protocol::sign(claims, key_)).body,
              "@4021 of " + id_ + " Europe/Berlin");
}

// proves: addon 2.6 room of a call
TEST_F(pages, of_a_group_install_know_the_room_from_the_context_only) {
    program_.configure_page(who_and_where);
    running_addon running(program_);
    ASSERT_EQ(running.install(host_.installation(id_, key_, std::nullopt)).status, 201);
    EXPECT_EQ(open(running, "/configure").body, "117@4021 of " + id_ + " ");
    protocol::jwt_claims claims = claims_of(id_);
    claims.room_id.reset();
    EXPECT_EQ(running.get("/configure?signed_request=" + protocol::sign(claims, key_)).body,
              "117@- of " + id_ + " ");
}

// proves: addon 7.1 framable
TEST_F(pages, may_be_framed_by_the_tenants_host_only_and_are_kept_nowhere) {
    program_.web_panel({.key = "board", .name = "Board"},
                       [](page_request&) { return html("<p>Board</p>"); });
    running_addon running(program_);
    installed_in(running);
    const plain_answer shown = open(running, "/webpanel/board");
    EXPECT_EQ(shown.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_TRUE(shown.header("Content-Security-Policy")
                    .starts_with("frame-ancestors " + host_.base() + ";"));
    EXPECT_EQ(shown.header("X-Frame-Options"), "");
    EXPECT_EQ(shown.header("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(shown.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(shown.header("Cache-Control"), "no-store");
    EXPECT_EQ(shown.header("Access-Control-Allow-Origin"), "");
    EXPECT_EQ(shown.header("Set-Cookie"), "");
}

TEST_F(pages, cannot_shut_their_host_out_nor_let_others_in) {
    program_.web_panel({.key = "board", .name = "Board"}, [](page_request&) {
        return response(html("<p>Board</p>"))
            .with_header("X-Frame-Options", "DENY")
            .with_header("Content-Security-Policy", "script-src 'self'")
            .with_header("X-Split", "a\r\nSet-Cookie: b=c")
            .with_header("X-Mine", "yes");
    });
    running_addon running(program_);
    installed_in(running);
    const plain_answer shown = open(running, "/webpanel/board");
    EXPECT_FALSE(contains(shown.head, "X-Frame-Options"));
    EXPECT_FALSE(contains(shown.head, "Set-Cookie"));
    EXPECT_EQ(shown.header("X-Mine"), "yes");
    EXPECT_TRUE(contains(shown.head, "Content-Security-Policy: frame-ancestors " + host_.base()));
    EXPECT_TRUE(contains(shown.head, "Content-Security-Policy: script-src 'self'"));
}

TEST_F(pages, are_rendered_from_templates_with_what_they_need) {
    const page_template board(
        "{{{connect}}}<body class=\"{{theme}}\"><img src=\"{{base}}/static/a.png\">{{user_id}}: "
        "{{name}}<input type=\"hidden\" name=\"signed_request\" value=\"{{token}}\">");
    program_.web_panel({.key = "board", .name = "Board"}, [board](page_request& page) {
        return page.render(board, {{"name", "<b>"}, {"theme", "mine"}});
    });
    running_addon running(program_);
    installed_in(running);
    const std::string base = "http://localhost:" + std::to_string(running.port());
    const std::string body = open(running, "/webpanel/board", "&theme=light").body;
    EXPECT_TRUE(
        contains(body, "<body class=\"mine\"><img src=\"" + base + "/static/a.png\">117: "));
    EXPECT_TRUE(contains(body, "&lt;b&gt;"));
    EXPECT_TRUE(contains(body, "name=\"signed_request\" value=\"ey"));
    EXPECT_TRUE(contains(body, "<script src=\"" + base + "/addon/connect.js\""));
}

// proves: addon 7.2 all.js
TEST_F(pages, load_the_hosts_script_from_its_homepage) {
    program_.web_panel({.key = "board", .name = "Board"},
                       [](page_request& page) { return html(page.connect_script()); });
    running_addon running(program_);
    installed_in(running);
    const std::string body = open(running, "/webpanel/board").body;
    EXPECT_TRUE(contains(body, "data-host=\"" + host_.base() + "/atlassian-connect/all.js\""))
        << body;
    EXPECT_TRUE(contains(body, "data-life=\"900\""));
    const plain_answer script = running.get("/addon/connect.js");
    EXPECT_EQ(script.status, 200);
    EXPECT_EQ(script.header("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_TRUE(contains(script.body, "connect"));
    const plain_answer again = send(
        running.port(),
        {.target = "/addon/connect.js", .headers = {{"If-None-Match", script.header("ETag")}}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
}

TEST_F(pages, find_what_the_host_put_into_their_url) {
    program_.dialog({.key = "snippet", .title = "S", .url = "/snippet/{id}?text={message.body}"},
                    [](page_request& page) {
                        return page.part("id") + "|" + page.query("text").value_or("absent");
                    });
    running_addon running(program_);
    installed_in(running);
    EXPECT_EQ(open(running, "/snippet/7%2F8?text=a+%C3%A9%26").body, "7/8|a é&");
    EXPECT_EQ(open(running, "/snippet/?text=").body, "|");
    EXPECT_EQ(open(running, "/snippet/7").body, "7|absent");
    EXPECT_EQ(open(running, "/snippet/7?text=%ff").status, 400);
    EXPECT_EQ(open(running, "/snippet/7/8").status, 404);
    EXPECT_EQ(running.get("/snippet/7").status, 401);
}

TEST_F(pages, answer_a_head_like_a_get) {
    program_.web_panel({.key = "board", .name = "Board"},
                       [](page_request& page) { return std::string(page.method()); });
    running_addon running(program_);
    installed_in(running);
    const plain_answer head =
        send(running.port(), {.method = "HEAD", .target = signed_url("/webpanel/board")});
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Length"), "3");
    EXPECT_EQ(head.body, "");
}

TEST_F(pages, send_the_browser_on_within_the_add_on_only) {
    program_.external_page({.key = "go"}, [](page_request& page) -> task<response> {
        co_return redirect(page.query("to").value_or("/"));
    });
    running_addon running(program_);
    installed_in(running);
    const std::string base = "http://localhost:" + std::to_string(running.port());
    const plain_answer within = open(running, "/page/go?to=/configure%3Fa%3D1");
    EXPECT_EQ(within.status, 303);
    EXPECT_EQ(within.header("Location"), base + "/configure?a=1");
    EXPECT_EQ(open(running, "/page/go?to=" + base + "/x").header("Location"), base + "/x");
    for (const char* elsewhere :
         {"//evil.test/", "https://evil.test/", "http://localhost.evil.test/",
          "javascript:alert(1)", "/%0d%0aSet-Cookie:a=b", "evil", "",
          "https://localhost:1@evil.test/"}) {
        const plain_answer refused = open(running, std::string("/page/go?to=") + elsewhere);
        EXPECT_EQ(refused.status, 500) << elsewhere;
        EXPECT_EQ(refused.header("Location"), "") << elsewhere;
        EXPECT_EQ(refused.body, "The add-on failed to answer.\n");
    }
    EXPECT_GT(running.log().count("leads to another origin"), 0);
}

TEST_F(pages, that_fail_tell_the_log_and_nobody_else) {
    program_.web_panel({.key = "board", .name = "Board"}, [](page_request&) -> task<html> {
        throw std::runtime_error("the reason");
        co_return html("");
    });
    running_addon running(program_);
    installed_in(running);
    const plain_answer failed = open(running, "/webpanel/board");
    EXPECT_EQ(failed.status, 500);
    EXPECT_FALSE(contains(failed.body, "reason"));
    EXPECT_EQ(failed.header("Cache-Control"), "no-store");
    EXPECT_EQ(running.log().count("the reason"), 1);
}

TEST_F(pages, can_act_in_the_room_they_are_opened_in) {
    program_.web_panel({.key = "board", .name = "Board"}, [](page_request& page) -> task<html> {
        const auto where = page.room();
        co_await where->send_notification("someone looks");
        co_return html("seen");
    });
    running_addon running(program_);
    installed_in(running);
    EXPECT_EQ(open(running, "/webpanel/board").body, "seen");
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
}

}  // namespace
}  // namespace hipchat::testing
