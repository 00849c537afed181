// What a host tells those who watch it: health, metrics, lines of the log.

#include <gtest/gtest.h>

#include "hipchat/errors.hpp"
#include "live_page.hpp"
#include "running_host.hpp"
#include "sample_addon.hpp"

namespace hipchat::host::testing {
namespace {

plain_answer metrics_of(running_host& host, const std::string& token = "",
                        const std::string& path = "/metrics") {
    std::string bytes = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    if (!token.empty()) bytes += "Authorization: Bearer " + token + "\r\n";
    return hipchat::testing::send_bytes(host.metrics_port(), bytes + "\r\n");
}

bool has(const plain_answer& page, const std::string& line) {
    return page.body.find("\n" + line + "\n") != std::string::npos;
}

void on_free_port(host_options& options) {
    options.metrics.port = 0;
}

using health = ::testing::Test;

TEST_F(health, is_told_to_anybody_and_not_kept) {
    const temporary_folder folder;
    const running_host host(folder.file("data"));
    const plain_answer alive = host.get("/healthz");
    EXPECT_EQ(alive.status, 200);
    EXPECT_EQ(alive.header("Cache-Control"), "no-store");
    EXPECT_EQ(host.get("/readyz").status, 200);
}

class host_metrics : public ::testing::Test {
protected:
    const temporary_folder folder_;
};

TEST_F(host_metrics, are_off_unless_asked_for_and_never_on_the_hosts_own_port) {
    running_host silent(folder_.file("data"));
    EXPECT_EQ(silent.metrics_port(), 0);
    EXPECT_EQ(silent.get("/metrics").status, 404);
    running_host telling(folder_.file("other"), on_free_port);
    EXPECT_EQ(telling.get("/metrics").status, 404);
    EXPECT_EQ(metrics_of(telling).status, 200);
    EXPECT_EQ(metrics_of(telling, "", "/").status, 404);
}

TEST_F(host_metrics, need_a_token_beyond_this_machine) {
    const auto beyond = [](host_options& options) {
        on_free_port(options);
        options.metrics.address = "0.0.0.0";
    };
    EXPECT_THROW(running_host(folder_.file("data"), beyond), config_error);
    running_host host(folder_.file("data"), [&](host_options& options) {
        beyond(options);
        options.metrics.token = secret("a token");
    });
    EXPECT_EQ(metrics_of(host).status, 401);
    EXPECT_EQ(metrics_of(host, "another").status, 401);
    EXPECT_EQ(metrics_of(host, "a token").status, 200);
}

TEST_F(host_metrics, tell_what_there_is_and_what_happened) {
    sample_addon addon;
    addon.listen_to("room_message");
    running_host host(folder_.file("data"), on_free_port);
    ASSERT_EQ(host.install(addon.url()).status, 201);
    live_page page(host.port(), "name=Ada");
    page.frame("welcome");
    host.act("room_message", "Bo", "hello");
    addon.wait_for("/event/room_message");
    host.get("/nowhere");
    page.change("message");
    const plain_answer told = metrics_of(host);
    EXPECT_EQ(told.header("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_TRUE(has(told, "hipchat_host_rooms 1")) << told.body;
    EXPECT_TRUE(has(told, "hipchat_host_people 2"));
    EXPECT_TRUE(has(told, "hipchat_host_sockets 1"));
    EXPECT_TRUE(has(told, "hipchat_host_changes_total{kind=\"message\"} 1"));
    EXPECT_TRUE(has(told,
                    "hipchat_host_requests_total{method=\"POST\",route=\"/api/rooms/{room}/"
                    "events\",status=\"201\"} 1"));
    EXPECT_TRUE(has(told, "hipchat_host_requests_total{method=\"\",route=\"\",status=\"404\"} 1"));
    EXPECT_NE(told.body.find("hipchat_host_delivery_attempts_total{result=\"taken\"}"),
              std::string::npos);
    EXPECT_NE(told.body.find("hipchat_host_request_seconds_bucket{method=\"POST\""),
              std::string::npos);
}

TEST_F(host_metrics, name_nobody_and_do_not_grow_with_what_callers_send) {
    running_host host(folder_.file("data"), on_free_port);
    host.act("room_message", "Grace", "hello");
    host.get("/rooms/secret-project");
    host.get("/unheard-of/path");
    const std::string told = metrics_of(host).body;
    for (const char* const word : {"Grace", "secret-project", "unheard-of", "Lobby"})
        EXPECT_EQ(told.find(word), std::string::npos) << word;
    const auto lines = [&] {
        const std::string all = metrics_of(host).body;
        return std::count(all.begin(), all.end(), '\n');
    };
    const auto before = lines();
    for (int i = 0; i < 5; ++i) {
        host.act("room_message", "Somebody " + std::to_string(i), "hello");
        host.get("/unheard-of/" + std::to_string(i));
    }
    EXPECT_EQ(lines(), before);
}

class request_lines : public ::testing::Test {
protected:
    const temporary_folder folder_;
};

TEST_F(request_lines, name_the_request_as_its_answer_does_and_show_no_query) {
    const running_host host(folder_.file("data"),
                            [](host_options& options) { options.logs_requests = true; });
    const plain_answer answer =
        host.send("GET", "/healthz?auth_token=sesame", "", {{"X-Request-Id", "mine"}});
    const std::string id = answer.header("X-Request-Id");
    ASSERT_FALSE(id.empty());
    EXPECT_NE(id, "mine");
    EXPECT_EQ(host.log.count("request=" + id + " method=GET path=/healthz status=200"), 1);
    EXPECT_EQ(host.log.count("sesame"), 0);
}

TEST_F(request_lines, are_not_written_unless_asked_for) {
    const running_host host(folder_.file("data"));
    host.get("/healthz");
    EXPECT_EQ(host.log.count("path=/healthz"), 0);
}

}  // namespace
}  // namespace hipchat::host::testing
