// What whoever operates an add-on sees and sets: health, metrics, proxies, shedding.

#include <stdexcept>
#include <thread>

#include "running_addon.hpp"
#include "support/contains.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::testing {
namespace {

constexpr const char* enter = "/event/room_enter";

using health = with_host;

TEST_F(health, says_that_it_lives_and_is_ready) {
    running_addon running(greeter());
    for (const char* path : {"/healthz", "/readyz"}) {
        const plain_answer answer = running.get(path);
        EXPECT_EQ(answer.status, 200) << path;
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
        EXPECT_EQ(send(running.port(), {.method = "POST", .target = path}).status, 404);
    }
}

TEST_F(health, is_found_below_the_path_of_the_base_url_too) {
    addons::settings given = running_addon::in_memory();
    given.base_url = "http://localhost:5000/bots";
    running_addon running(greeter(), given);
    for (const char* path : {"/bots/healthz", "/bots/readyz", "/healthz", "/readyz"})
        EXPECT_EQ(running.get(path).status, 200) << path;
}

TEST_F(health, asks_the_store) {
    const temporary_folder folder;
    addons::settings given = running_addon::in_memory();
    given.store = "sqlite:" + folder.file("addon.db");
    running_addon running(greeter(), given);
    EXPECT_EQ(running.get("/readyz").body, "ready\n");
}

TEST_F(health, says_that_it_drains_while_it_still_serves) {
    addons::settings given = running_addon::in_memory();
    given.drain_notice = std::chrono::milliseconds(300);
    running_addon running(greeter(), given);
    installed_in(running);
    std::future<std::size_t> drained = running.begin_drain();
    const plain_answer answer = running.get("/readyz");
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.body, "draining\n");
    EXPECT_EQ(running.get("/healthz").status, 200);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 204);
    EXPECT_EQ(drained.get(), 0U);
    EXPECT_EQ(greeted_.count(), 1);
    EXPECT_EQ(running.get("/readyz").status, 0) << "it still accepts";
}

class metrics : public with_host {
protected:
    static addons::settings measured() {
        addons::settings given = running_addon::in_memory();
        given.metrics_bind = "127.0.0.1";
        return given;
    }
    static std::string page_of(running_addon& running) {
        const plain_answer answer = send(running.process().metrics_port(), {.target = "/metrics"});
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.header("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
        return answer.body;
    }
};

TEST_F(metrics, are_off_unless_asked_for) {
    running_addon running(greeter());
    EXPECT_EQ(running.process().metrics_port(), 0);
    EXPECT_EQ(running.get("/metrics").status, 404);
}

TEST_F(metrics, are_not_on_the_add_ons_own_port) {
    running_addon running(greeter(), measured());
    EXPECT_EQ(running.get("/metrics").status, 404);
    EXPECT_EQ(send(running.process().metrics_port(), {.target = "/"}).status, 404);
}

TEST_F(metrics, count_what_was_served_route_by_route) {
    greeter().on_message([](room_message&) { throw std::runtime_error("broken"); });
    running_addon running(program_, measured());
    installed_in(running);
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 204);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_)).status, 401);
    EXPECT_EQ(running.get("/nothing/here").status, 404);
    EXPECT_EQ(running.deliver("/event/room_message", room_message_body(id_, "x"), token()).status,
              204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 2));
    const std::string page = page_of(running);
    const std::string route =
        R"({addon="hipchat-greeter",method="POST",route="/event/room_enter",)";
    EXPECT_TRUE(contains(page, "hipchat_requests_total" + route + "status=\"204\"} 2\n")) << page;
    EXPECT_TRUE(contains(page, "hipchat_requests_total" + route + "status=\"401\"} 1\n")) << page;
    EXPECT_TRUE(contains(page, R"(method="",route="",status="404"} 1)"
                               "\n"))
        << page;
    EXPECT_FALSE(contains(page, "nothing/here")) << "a stranger must not add series";
    const std::string own = R"({addon="hipchat-greeter"} )";
    EXPECT_TRUE(contains(page, "hipchat_deliveries_total" + own + "3\n")) << page;
    EXPECT_TRUE(contains(page, "hipchat_replays_dropped_total" + own + "0\n")) << page;
    EXPECT_TRUE(contains(page, "hipchat_late_replies_total" + own + "0\n")) << page;
    EXPECT_TRUE(contains(page, "hipchat_handler_failures_total" + own + "1\n")) << page;
    EXPECT_TRUE(contains(page, "hipchat_token_requests_total" + own)) << page;
    EXPECT_TRUE(contains(page, "hipchat_tenants_cached" + own + "1\n")) << page;
    EXPECT_TRUE(contains(page, "hipchat_replays_remembered" + own + "3\n")) << page;
    EXPECT_TRUE(contains(page, R"(hipchat_request_seconds_count{addon="hipchat-greeter"} 6)"))
        << page;
}

TEST_F(metrics, count_the_calls_of_the_host_by_status) {
    running_addon running(greeter(), measured());
    installed_in(running);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    while (running.thread().call([&] { return running.process().under_way(); }) > 0)
        std::this_thread::yield();
    const std::string page = page_of(running);
    EXPECT_TRUE(
        contains(page, R"(hipchat_rest_calls_total{addon="hipchat-greeter",status="204"} 1)"))
        << page;
}

TEST_F(metrics, tell_several_add_ons_apart) {
    addon karma{descriptor{.key = "karma", .name = "Karma", .scopes = {}}};
    running_addon running({&greeter(), &karma}, measured());
    EXPECT_EQ(running.get("/karma").status, 200);
    const std::string page = page_of(running);
    EXPECT_TRUE(contains(
        page, R"(hipchat_requests_total{addon="karma",method="GET",route="/",status="200"} 1)"))
        << page;
    // Samples of one name stand together, under one TYPE.
    const std::string type = "# TYPE hipchat_request_seconds histogram\n";
    EXPECT_EQ(page.find(type), page.rfind(type));
}

class proxies : public with_host {
protected:
    static addons::settings behind_a_proxy() {
        addons::settings given = running_addon::in_memory();
        given.trusted_proxies = "127.0.0.0/8";
        return given;
    }
    static void refused_from(const running_addon& running, const char* sender) {
        EXPECT_EQ(send(running.port(), {.method = "POST",
                                        .target = enter,
                                        .headers = {{"X-Forwarded-For", sender},
                                                    {"X-Forwarded-Host", "evil.example"},
                                                    {"X-Forwarded-Proto", "https"}}})
                      .status,
                  401);
    }
};

TEST_F(proxies, that_are_named_say_who_sent_a_request) {
    running_addon running(greeter(), behind_a_proxy());
    refused_from(running, "203.0.113.9");
    EXPECT_EQ(running.log().count("peer=203.0.113.9"), 1);
}

TEST_F(proxies, that_are_not_named_are_not_believed) {
    running_addon running(greeter());
    refused_from(running, "203.0.113.9");
    EXPECT_EQ(running.log().count("peer=127.0.0.1"), 1);
    EXPECT_EQ(running.log().count("203.0.113.9"), 0);
}

TEST_F(proxies, never_change_the_add_ons_own_address) {
    running_addon running(greeter(), behind_a_proxy());
    const plain_answer answer =
        send(running.port(), {.headers = {{"X-Forwarded-For", "203.0.113.9"},
                                          {"X-Forwarded-Host", "evil.example"},
                                          {"X-Forwarded-Proto", "https"}}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(contains(answer.body, "evil"));
    EXPECT_TRUE(contains(answer.body, "http://localhost:"));
}

class shedding : public with_host {
protected:
    // Deliveries whose handler waits for the host.
    void begin_held(running_addon& running, int count) {
        installed_in(running);
        host_.hold(scripted_host::notification_path);
        for (int i = 0; i < count; ++i)
            EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 204);
        ASSERT_TRUE(
            host_.wait_for(scripted_host::notification_path, static_cast<std::size_t>(count)));
    }
};

TEST_F(shedding, answers_503_when_too_much_is_under_way) {
    addons::settings given = running_addon::in_memory();
    given.most_under_way = 2;
    running_addon running(greeter(), given);
    begin_held(running, 2);
    const plain_answer shed = running.deliver(enter, room_enter_body(id_), token());
    EXPECT_EQ(shed.status, 503);
    EXPECT_EQ(shed.header("Retry-After"), "1");
    // Whoever looks after it still learns that it lives.
    EXPECT_EQ(running.get("/healthz").status, 200);
    host_.release(scripted_host::notification_path);
    EXPECT_EQ(running.begin_drain().get(), 0U);
    EXPECT_EQ(greeted_.count(), 2);
}

TEST_F(shedding, goes_on_serving_once_there_is_room) {
    addons::settings given = running_addon::in_memory();
    given.most_under_way = 1;
    running_addon running(greeter(), given);
    begin_held(running, 1);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 503);
    host_.release(scripted_host::notification_path);
    while (running.thread().call([&] { return running.process().under_way(); }) > 0)
        std::this_thread::yield();
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 204);
}

}  // namespace
}  // namespace hipchat::testing
