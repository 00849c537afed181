// The calls of a page to its own add-on: with which token, in which carrier, and what goes in and
// comes out.

#include <fstream>
#include <future>
#include <map>

#include "hipchat/data.hpp"
#include "hipchat/json.hpp"
#include "support/gate.hpp"
#include "support/temporary_folder.hpp"
#include "with_pages.hpp"

namespace hipchat::testing {
namespace {

class page_calls : public with_pages {
protected:
    page_calls() {
        program_
            .web_panel({.key = "board", .name = "Board"},
                       [](page_request& page) { return html(page.token()); })
            .route("GET", "/api/me", [](page_request& page) {
                return json::object{{"user", page.user_id()}, {"room", page.room()->id()}};
            });
    }
    /// The page token in a page that the host opened just now.
    std::string token_in_page(const running_addon& running) const {
        return open(running, "/webpanel/board").body;
    }
};

// proves: addon 4.4 page token
TEST_F(page_calls, are_answered_for_the_person_and_room_of_the_page) {
    running_addon running(program_);
    installed_in(running);
    const plain_answer said = call(running, "GET", "/api/me", token_in_page(running));
    EXPECT_EQ(said.status, 200);
    EXPECT_EQ(said.header("Content-Type"), "application/json");
    EXPECT_EQ(said.header("Cache-Control"), "no-store");
    EXPECT_EQ(json::parse(said.body), json::parse(R"({"user": "117", "room": 4021})"));
}

// proves: addon 4.2 header; addon 4.2 header token=; addon 4.2 x-acpt; addon 4.2 query
TEST_F(page_calls, carry_either_token_in_every_way_of_the_protocol) {
    running_addon running(program_);
    installed_in(running);
    for (const std::string& with : {token_in_page(running), token()}) {
        const std::vector<std::pair<std::string, std::string>> headers = {
            {"Authorization", "JWT " + with},
            {"Authorization", "JWT token=" + with},
            {"x-acpt", with}};
        for (const auto& header : headers)
            EXPECT_EQ(send(running.port(), {.target = "/api/me", .headers = {header}}).status, 200)
                << header.first;
        EXPECT_EQ(running.get("/api/me?signed_request=" + with).status, 200);
        EXPECT_EQ(running.get("/api/me?token=" + with).status, 401);
    }
    EXPECT_EQ(running.get("/api/me").status, 401);
    EXPECT_EQ(running.get("/api/me").header("WWW-Authenticate"), "JWT");
}

TEST_F(page_calls, that_an_uninstall_overtakes_are_401) {
    gate held(false);
    counter begun;
    program_.route("POST", "/api/vote", [&](page_request& page) -> task<> {
        begun.add();
        // Named: g++ 12 awaits a copy of what a lambda holds by reference.
        gate& until = held;
        co_await until;
        const json::value vote = "yes";
        co_await page.tenant().data().set("vote", vote);
    });
    running_addon running(program_);
    installed_in(running);
    auto voting = std::async(std::launch::async, [&, with = token_in_page(running)] {
        return call(running, "POST", "/api/vote", with).status;
    });
    ASSERT_TRUE(begun.wait_for(1));
    host_.remove_client(id_);
    EXPECT_EQ(running.uninstall(id_).status, 204);
    running.thread().call([&] { held.open(); });
    EXPECT_EQ(voting.get(), 401);
    EXPECT_EQ(running.log().count("failed"), 0);
}

// proves: addon 4.4 renewed
TEST_F(page_calls, get_the_next_token_with_every_answer) {
    running_addon running(program_);
    installed_in(running);
    std::string now = token();
    for (int turn = 0; turn < 3; ++turn) {
        const plain_answer said = call(running, "GET", "/api/me", now);
        ASSERT_EQ(said.status, 200) << turn;
        now = said.header("x-acpt");
        ASSERT_FALSE(now.empty());
    }
    EXPECT_EQ(call(running, "GET", "/api/me", "x" + now).header("x-acpt"), "");
}

// proves: addon 4.2 form
TEST_F(page_calls, can_be_a_form_that_is_posted) {
    std::map<std::string, std::vector<std::string>> seen;
    program_.route("POST", "/form", [&seen](page_request& page) {
        seen["name"] = {page.text("name")};
        seen["colour"] = page.form_values("colour");
        seen["none"] = page.form_values("none");
        return html(page.flag("agree") ? "agreed" : "not agreed");
    });
    running_addon running(program_);
    installed_in(running);
    const auto post = [&](const std::string& body) {
        return call(running, "POST", "/form", "", body, "application/x-www-form-urlencoded");
    };
    const std::string with = "&signed_request=" + token_in_page(running);
    const plain_answer said = post("name=Ada+L&colour=red&colour=gr%C3%BCn&agree=on" + with);
    EXPECT_EQ(said.status, 200);
    EXPECT_EQ(said.body, "agreed");
    EXPECT_EQ(seen["name"], std::vector<std::string>{"Ada L"});
    EXPECT_EQ(seen["colour"], (std::vector<std::string>{"red", "grün"}));
    EXPECT_TRUE(seen["none"].empty());
    EXPECT_EQ(post("name=Ada" + with).body, "not agreed");
    EXPECT_EQ(post("name=Ada").status, 401);
    EXPECT_EQ(post("colour=red" + with).status, 400);
    EXPECT_EQ(post("colour=red" + with).body, "name: is missing; send it\n");
    EXPECT_EQ(post("name=%ff" + with).status, 400);
}

TEST_F(page_calls, with_wrong_json_are_told_which_field) {
    program_.route("POST", "/api/score", [](page_request& page) {
        return json::object{{"text", page.text("name")},
                            {"number", page.whole_number("points")},
                            {"flag", page.flag("final")}};
    });
    running_addon running(program_);
    installed_in(running);
    const std::string with = token_in_page(running);
    const auto post = [&](std::string body, std::string type = "application/json") {
        return call(running, "POST", "/api/score", with, std::move(body), std::move(type));
    };
    const plain_answer right = post(R"({"name": "é", "points": -3, "final": true, "more": 1})",
                                    "application/json; charset=utf-8");
    EXPECT_EQ(right.status, 200);
    EXPECT_EQ(json::parse(right.body), json::parse(R"({"text":"é","number":-3,"flag":true})"));
    const std::vector<std::pair<const char*, const char*>> wrong = {
        {R"({"points": 1, "final": true})", "name: "},
        {R"({"name": 7, "points": 1, "final": true})", "name: "},
        {R"({"name": "a", "final": true})", "points: "},
        {R"({"name": "a", "points": "1", "final": true})", "points: "},
        {R"({"name": "a", "points": 1.5, "final": true})", "points: "},
        {R"({"name": "a", "points": 1})", "final: "},
        {R"({"name": "a", "points": 1, "final": "yes"})", "final: "},
        {R"({"name": "a", "name": "b", "points": 1, "final": true})", ""},
        {"[]", "the body must be a JSON object"},
        {"{", ""},
        {"\xff", ""}};
    for (const auto& [body, told] : wrong) {
        const plain_answer refused = post(body);
        EXPECT_EQ(refused.status, 400) << body;
        EXPECT_TRUE(refused.body.starts_with(told)) << refused.body;
        EXPECT_FALSE(refused.body.empty());
    }
    EXPECT_EQ(post(R"({"name": "a", "points": 1, "final": true})", "text/plain").status, 400);
}

TEST_F(page_calls, are_not_endlessly_large) {
    program_.route("POST", "/api/echo",
                   [](page_request& page) { return std::to_string(page.body().size()); });
    running_addon running(program_);
    installed_in(running);
    const std::string with = token_in_page(running);
    EXPECT_EQ(call(running, "POST", "/api/echo", with, std::string(1024 * 1024, 'a')).body,
              "1048576");
    EXPECT_EQ(call(running, "POST", "/api/echo", with, std::string(1024 * 1024 + 1, 'a')).status,
              413);
    EXPECT_EQ(call(running, "POST", "/api/me", with).status, 405);
}

TEST_F(page_calls, answer_with_what_the_handler_returns) {
    program_.route("GET", "/text", [](page_request&) { return "<b>"; })
        .route("GET", "/array", [](page_request&) { return json::array{1, 2}; })
        .route("GET", "/nothing", [](page_request&) {})
        .route("GET", "/later", [](page_request&) -> task<> { co_return; })
        .route("GET", "/gone", [](page_request&) { return response(410, "It is gone."); })
        .route("GET", "/wrong",
               [](page_request&) -> response { throw bad_request("when", "is not a day"); })
        .route("GET", "/csv", [](page_request&) { return response::of("text/csv", "a,b"); })
        .route("DELETE", "/thing/{id}",
               [](page_request& page) { return response(page.part("id")).with_status(202); });
    running_addon running(program_);
    installed_in(running);
    const auto ask = [&](const char* path) { return call(running, "GET", path, token()); };
    EXPECT_EQ(ask("/text").body, "<b>");
    EXPECT_EQ(ask("/text").header("Content-Type"), "text/plain; charset=utf-8");
    EXPECT_EQ(ask("/array").body, "[1,2]");
    EXPECT_EQ(ask("/nothing").status, 204);
    EXPECT_EQ(ask("/later").status, 204);
    EXPECT_EQ(ask("/gone").status, 410);
    EXPECT_EQ(ask("/gone").body, "It is gone.");
    EXPECT_EQ(ask("/wrong").status, 400);
    EXPECT_EQ(ask("/wrong").body, "when: is not a day\n");
    EXPECT_EQ(ask("/csv").header("Content-Type"), "text/csv");
    const plain_answer deleted = call(running, "DELETE", "/thing/a%20b", token());
    EXPECT_EQ(deleted.status, 202);
    EXPECT_EQ(deleted.body, "a b");
}

TEST_F(page_calls, of_people_only_are_refused_to_guests) {
    program_.user_route("POST", "/api/vote", [](page_request& page) { return page.user_id(); });
    running_addon running(program_);
    installed_in(running);
    EXPECT_EQ(call(running, "POST", "/api/vote", token_in_page(running)).body, "117");
    EXPECT_EQ(call(running, "POST", "/api/vote", token()).body, "117");
    EXPECT_EQ(call(running, "POST", "/api/vote", guest_token()).status, 403);
    const std::string guests_page =
        running.get("/webpanel/board?signed_request=" + guest_token()).body;
    EXPECT_EQ(call(running, "GET", "/api/me", guests_page).status, 200);
    EXPECT_EQ(call(running, "POST", "/api/vote", guests_page).status, 403);
    EXPECT_EQ(call(running, "POST", "/api/vote", "").status, 401);
}

TEST_F(page_calls, of_anybody_know_nobody) {
    program_.anonymous_route("GET", "/help/{topic}", [](anonymous_request& request) {
        return html("Help on " + escape_html(request.part("topic")));
    });
    running_addon running(program_);
    installed_in(running);
    const plain_answer said = running.get("/help/%3Cb%3E");
    EXPECT_EQ(said.status, 200);
    EXPECT_EQ(said.body, "Help on &lt;b&gt;");
    EXPECT_EQ(said.header("x-acpt"), "");
    EXPECT_EQ(said.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(said.header("Referrer-Policy"), "no-referrer");
}

TEST_F(page_calls, lead_on_to_other_pages_with_the_token) {
    program_
        .web_panel({.key = "first", .name = "First"},
                   [](page_request& page) { return page.link("/more?page=2#end"); })
        .route("GET", "/more",
               [](page_request& page) { return page.query("page").value_or("") + page.user_id(); });
    running_addon running(program_);
    installed_in(running);
    const std::string link = open(running, "/webpanel/first").body;
    const std::string base = "http://localhost:" + std::to_string(running.port());
    ASSERT_TRUE(link.starts_with(base + "/more?page=2&signed_request=")) << link;
    ASSERT_TRUE(link.ends_with("#end")) << link;
    EXPECT_EQ(running.get(link.substr(base.size(), link.size() - base.size() - 4)).body, "2117");
}

TEST_F(page_calls, find_static_files_beside_them) {
    const temporary_folder folder;
    std::ofstream(folder.file("style one.css")) << "p {}";
    program_.static_files("/static", folder.path().string());
    running_addon running(program_);
    const plain_answer style = running.get("/static/style%20one.css");
    EXPECT_EQ(style.status, 200);
    EXPECT_EQ(style.body, "p {}");
    EXPECT_EQ(style.header("Content-Type"), "text/css; charset=utf-8");
    EXPECT_FALSE(style.header("Last-Modified").empty());
    const plain_answer again =
        send(running.port(), {.target = "/static/style%20one.css",
                              .headers = {{"If-Modified-Since", style.header("Last-Modified")}}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
    const plain_answer head =
        send(running.port(), {.method = "HEAD", .target = "/static/style%20one.css"});
    EXPECT_EQ(head.header("Content-Length"), "4");
    EXPECT_EQ(head.body, "");
    for (const char* path : {"/static/", "/static/missing", "/static/../static/style%20one.css",
                             "/static/..%2fstyle%20one.css", "/static/%2e%2e/%2e%2e/etc/passwd",
                             "/static//etc/passwd", "/static/style%20one.css/",
                             "/static/style+one.css", "/static/%00", "/static/style%20one.css%00"})
        EXPECT_EQ(running.get(path).status, 404) << path;
    EXPECT_EQ(call(running, "POST", "/static/style%20one.css", "").status, 405);
}

}  // namespace
}  // namespace hipchat::testing
