// Middleware around the routes, the author's error handler, and the request's name in the log.

#include <stdexcept>

#include "hipchat/errors.hpp"
#include "running_addon.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using middleware = with_host;
constexpr const char* enter = "/event/room_enter";

TEST_F(middleware, sees_every_request_and_may_change_the_answer) {
    std::vector<std::string> seen;
    program_.use([&seen](const passing_request& request, next go_on) -> task<outcome> {
        seen.push_back(std::string(request.method()) + " " + std::string(request.path()) + " "
                       + std::string(request.peer()) + " " + std::string(request.header("x-is")));
        outcome made = co_await go_on();
        made.add_header("X-Status", std::to_string(made.status()));
        co_return made;
    });
    running_addon running(program_);
    const plain_answer answer = send(running.port(), {.target = "/nothing?signed_request=secret",
                                                      .headers = {{"X-Is", "here"}}});
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.header("X-Status"), "404");
    EXPECT_EQ(running.get("/").header("X-Status"), "200");
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0], "GET /nothing 127.0.0.1 here");
}

TEST_F(middleware, may_refuse_before_anything_runs) {
    greeter().use([](const passing_request& request, next go_on) -> task<outcome> {
        if (request.header("X-Key") != "open") co_return outcome(403, "Send the key.\n");
        co_return co_await go_on();
    });
    running_addon running(program_);
    const plain_answer refused = running.install(request());
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.body, "Send the key.\n");
    EXPECT_EQ(host_.count(scripted_host::token_path), 0U);
    EXPECT_EQ(send(running.port(), {.headers = {{"X-Key", "open"}}}).status, 200);
}

TEST_F(middleware, is_called_in_the_order_of_its_adding) {
    std::string order;
    const auto link = [&order](const char* name) {
        return [&order, name](const passing_request&, next go_on) -> task<outcome> {
            order += std::string("<") + name;
            outcome made = co_await go_on();
            order += std::string(name) + ">";
            co_return made;
        };
    };
    program_.use(link("a")).use(link("b")).use(link("c"));
    running_addon running(program_);
    EXPECT_EQ(running.get("/").status, 200);
    EXPECT_EQ(order, "<a<b<cc>b>a>");
}

TEST_F(middleware, does_not_stand_in_for_the_check_of_who_calls) {
    greeter().use(
        [](const passing_request&, next go_on) -> task<outcome> { co_return co_await go_on(); });
    running_addon running(program_);
    installed_in(running);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_)).status, 401);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 204);
    EXPECT_TRUE(greeted_.wait_for(1));
}

TEST_F(middleware, that_throws_or_goes_on_twice_is_answered_500_without_a_word) {
    counter failed;
    program_
        .use([](const passing_request& request, next go_on) -> task<outcome> {
            if (request.path() == "/throw") throw std::runtime_error("hidden detail");
            outcome made = co_await go_on();
            if (request.path() == "/twice") made = co_await go_on();
            co_return made;
        })
        .on_error([&](const failure&) { failed.add(); });
    running_addon running(program_);
    for (const char* path : {"/throw", "/twice"}) {
        const plain_answer answer = running.get(path);
        EXPECT_EQ(answer.status, 500) << path;
        EXPECT_FALSE(contains(answer.body, "hidden")) << path;
    }
    EXPECT_TRUE(failed.wait_for(2));
    EXPECT_EQ(running.get("/").status, 200);
}

using error_handler = with_host;

TEST_F(error_handler, learns_what_a_handler_threw_where_and_for_whom) {
    counter told;
    std::string what;
    std::string where;
    std::string whose;
    bool typed = false;
    program_.on_message([](room_message&) -> task<> {
        throw config_error("the database said no");
        co_return;
    });
    program_.on_error([&](const failure& failed) -> task<> {
        what = failed.what();
        where = failed.where();
        whose = failed.tenant()->oauth_id();
        try {
            std::rethrow_exception(failed.exception());
        } catch (const config_error&) {
            typed = true;
        }
        failed.log().info("told");
        told.add();
        co_return;
    });
    running_addon running(program_);
    installed_in(running);
    const plain_answer answer =
        running.deliver("/event/room_message", room_message_body(id_, "x"), token());
    EXPECT_EQ(answer.status, 204);
    ASSERT_TRUE(told.wait_for(1));
    EXPECT_EQ(what, "the database said no");
    EXPECT_EQ(where, "/event/room_message");
    EXPECT_EQ(whose, id_);
    EXPECT_TRUE(typed);
    EXPECT_EQ(running.log().count("the database said no"), 1);
    EXPECT_EQ(running.log().count("told request="), 1);
}

TEST_F(error_handler, that_fails_itself_is_logged_and_ends_nothing) {
    counter logged;
    program_.on_message([](room_message&) { throw std::runtime_error("first"); });
    program_.on_error([](const failure&) { throw std::runtime_error("second"); });
    running_addon running(program_);
    installed_in(running);
    running.log().on_line([&](const std::string& line) {
        if (contains(line, "second")) logged.add();
    });
    EXPECT_EQ(running.deliver("/event/room_message", room_message_body(id_, "x"), token()).status,
              204);
    EXPECT_TRUE(logged.wait_for(1));
    EXPECT_EQ(running.get("/").status, 200);
}

TEST_F(error_handler, is_waited_for_by_a_drain) {
    std::optional<room> where;
    program_.on_message([&](room_message& event) {
        where.emplace(event.room());
        throw std::runtime_error("first");
    });
    program_.on_error(
        [&](const failure& failed) { return where->send_notification(failed.what()); });
    running_addon running(program_);
    installed_in(running);
    host_.hold(scripted_host::notification_path);
    EXPECT_EQ(running.deliver("/event/room_message", room_message_body(id_, "x"), token()).status,
              204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    std::future<std::size_t> drained = running.begin_drain();
    EXPECT_EQ(send(running.port(), {}).status, 0);
    EXPECT_EQ(drained.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
    host_.release(scripted_host::notification_path);
    EXPECT_EQ(drained.get(), 0U);
}

using request_log = with_host;

TEST_F(request_log, names_one_request_in_all_of_its_lines_and_takes_no_name_from_outside) {
    counter handled;
    std::string id;
    program_.on_message([&](room_message& event) {
        id = to_string(event.log().request());
        event.log().info("counted", {{"points", 3}});
        handled.add();
        throw std::runtime_error("broken");
    });
    running_addon running(program_);
    installed_in(running);
    const std::string credential = "JWT " + token();
    const plain_answer answer = send(
        running.port(), {.method = "POST",
                         .target = "/event/room_message",
                         .headers = {{"Authorization", credential}, {"X-Request-Id", "forged-1"}},
                         .body = room_message_body(id_, "x")});
    EXPECT_EQ(answer.status, 204);
    ASSERT_TRUE(handled.wait_for(1));
    EXPECT_EQ(running.begin_drain().get(), 0U);
    EXPECT_EQ(running.log().count("counted request=" + id + " points=3"), 1);
    EXPECT_EQ(running.log().count("a handler failed request=" + id + " "), 1);
    EXPECT_EQ(running.log().count("forged-1"), 0);
}

TEST_F(request_log, tells_two_requests_apart) {
    running_addon running(greeter());
    EXPECT_EQ(running.deliver(enter, "{}", "no token").status, 401);
    EXPECT_EQ(running.deliver(enter, "{}", "no token").status, 401);
    std::vector<std::string> refused;
    for (const std::string& line : running.log().lines())
        if (contains(line, "request refused request=")) refused.push_back(line);
    ASSERT_EQ(refused.size(), 2U);
    EXPECT_NE(refused[0], refused[1]);
}

TEST_F(request_log, shows_no_query) {
    running_addon running(greeter());
    const plain_answer refused =
        send(running.port(),
             {.method = "POST", .target = std::string(enter) + "?signed_request=a.secret.token"});
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(running.log().count("request refused"), 1);
    EXPECT_EQ(running.log().count("secret"), 0);
}

}  // namespace
}  // namespace hipchat::testing
