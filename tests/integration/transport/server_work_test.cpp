// What handlers do, and what they fail to do.
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>

#include "base/worker_pool.hpp"
#include "raw_client.hpp"
#include "serving.hpp"
#include "support/gate.hpp"

namespace hipchat::transport {
namespace {

using hipchat::testing::gate;
using hipchat::testing::raw_client;
using hipchat::testing::serving;

const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(a_handler_that_throws, is_500_without_detail_and_a_line_in_the_log) {
    serving server([](const http_request& request) -> task<http_response> {
        if (request.path == "/") throw std::runtime_error("the secret of the house");
        co_return http_response::no_content();
    });
    raw_client client(server.port());
    client.send(get);
    const auto answer = client.answer();
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body, "Internal Server Error\n");
    EXPECT_EQ(server.log().count("the secret of the house"), 1);
    client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.answer().status, 204);
}

TEST(a_handler_that_throws, may_do_so_before_it_is_a_coroutine) {
    serving server([](const http_request&) -> task<http_response> { throw 42; });
    raw_client client(server.port());
    client.send(get);
    EXPECT_EQ(client.answer().status, 500);
}

TEST(an_overloaded_handler, is_503_and_says_when_to_come_back) {
    serving server([](const http_request&) -> task<http_response> {
        throw overloaded("the queue is full");
        co_return http_response::no_content();
    });
    raw_client client(server.port());
    client.send(get);
    const auto answer = client.answer();
    EXPECT_EQ(answer.status, 503);
    EXPECT_TRUE(answer.has("Retry-After: 1\r\n"));
    EXPECT_TRUE(server.log().lines().empty());
}

TEST(an_impossible_status, is_500) {
    serving server([](const http_request&) -> task<http_response> {
        http_response response;
        response.status = 99;
        co_return response;
    });
    raw_client client(server.port());
    client.send(get);
    EXPECT_EQ(client.answer().status, 500);
}

TEST(a_handler_that_waits, holds_up_nobody_else) {
    gate closed(false);
    serving server([&](const http_request& request) -> task<http_response> {
        gate& held = closed;
        if (request.path == "/wait") co_await held;
        co_return http_response::of(200, "text/plain", std::string(request.path));
    });
    raw_client slow(server.port());
    slow.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n" + get);
    raw_client fast(server.port());
    fast.send(get);
    EXPECT_EQ(fast.answer().body, "/");
    server.on_loop([&] { closed.open(); });
    EXPECT_EQ(slow.answer().body, "/wait");
    EXPECT_EQ(slow.answer().body, "/");
}

TEST(work_afterwards, starts_when_the_answer_has_been_written) {
    gate closed(false);
    std::promise<std::string> done;
    serving server([&](const http_request&) -> task<http_response> {
        http_response response = http_response::no_content();
        const auto words = std::make_shared<std::string>("captured");
        response.afterwards = [&closed, &done, words]() -> task<> {
            gate& held = closed;  // g++ 12 copies what is awaited through a capture
            co_await held;
            done.set_value(*words);
        };
        co_return response;
    });
    raw_client client(server.port());
    client.send(get);
    // The answer is here although the work has not ended, and the connection goes on.
    EXPECT_EQ(client.answer().status, 204);
    server.on_loop([&] { closed.open(); });
    EXPECT_EQ(done.get_future().get(), "captured");
}

TEST(work_afterwards, that_throws_is_a_line_in_the_log) {
    serving server([](const http_request&) -> task<http_response> {
        http_response response = http_response::no_content();
        response.afterwards = []() -> task<> {
            throw std::runtime_error("too late");
            co_return;
        };
        co_return response;
    });
    raw_client client(server.port());
    client.send(get + get);
    EXPECT_EQ(client.answer().status, 204);
    EXPECT_EQ(client.answer().status, 204);
    // The second answer is written after the first one's work has ended.
    EXPECT_GE(server.log().count("too late"), 1);
}

TEST(work_afterwards, is_not_started_when_the_peer_has_gone) {
    gate closed(false);
    bool started = false;
    serving server([&](const http_request&) -> task<http_response> {
        gate& held = closed;  // g++ 12 copies what is awaited through a capture
        co_await held;
        http_response response = http_response::of(200, "text/plain", std::string(8'000'000, 'x'));
        response.afterwards = [&started]() -> task<> {
            started = true;
            co_return;
        };
        co_return response;
    });
    raw_client client(server.port());
    client.send(get);
    while (server.on_loop([&] { return closed.waiting(); }) == 0) {
    }
    client.reset();
    server.on_loop([&] { closed.open(); });
    EXPECT_EQ(server.drain(std::chrono::seconds(5)).get(), 0U);
    EXPECT_FALSE(server.on_loop([&] { return started; }));
}

}  // namespace
}  // namespace hipchat::transport
