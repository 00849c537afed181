// How a server ends.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>

#include "raw_client.hpp"
#include "serving.hpp"
#include "support/gate.hpp"

namespace hipchat::transport {
namespace {

using hipchat::testing::gate;
using hipchat::testing::raw_client;
using hipchat::testing::serving;
using std::chrono::milliseconds;
using std::chrono::seconds;

const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

// Answers at once, or at "/wait" when the gate opens.
http_handler waiting_at(gate& closed) {
    return [&closed](const http_request& request) -> task<http_response> {
        gate& held = closed;
        if (request.path == "/wait") co_await held;
        co_return http_response::no_content();
    };
}

TEST(a_drain, of_an_idle_server_ends_at_once_and_closes_idle_connections) {
    gate closed(false);
    serving server(waiting_at(closed));
    raw_client used(server.port());
    used.send(get);
    EXPECT_EQ(used.answer().status, 204);
    const raw_client fresh(server.port());
    EXPECT_EQ(server.drain(seconds(20)).get(), 0U);
    EXPECT_TRUE(used.closed_by_peer());
    EXPECT_THROW(raw_client(server.port()), std::runtime_error);
}

TEST(a_drain, waits_for_the_request_in_flight_and_closes_after_its_answer) {
    gate closed(false);
    serving server(waiting_at(closed));
    raw_client client(server.port());
    client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    while (server.on_loop([&] { return closed.waiting(); }) == 0) {
    }
    auto drained = server.drain(seconds(20));
    server.on_loop([&] { closed.open(); });
    const auto answer = client.answer();
    EXPECT_EQ(answer.status, 204);
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_TRUE(client.closed_by_peer());
    EXPECT_EQ(drained.get(), 0U);
}

TEST(a_drain, answers_what_has_arrived_but_was_not_read_yet) {
    gate closed(false);
    serving server(waiting_at(closed));
    raw_client client(server.port());
    client.send(get);
    EXPECT_EQ(client.answer().status, 204);
    std::future<std::size_t> drained;
    // The loop is busy here, so the request lies in the socket when the drain begins.
    std::promise<void> sent;
    std::promise<void> busy;
    server.loop().post([&] {
        busy.set_value();
        sent.get_future().wait();
    });
    busy.get_future().wait();
    client.send(get);
    auto draining = std::async(std::launch::async, [&] { return server.drain(seconds(20)); });
    sent.set_value();
    EXPECT_EQ(client.answer().status, 204);
    EXPECT_EQ(draining.get().get(), 0U);
}

TEST(a_drain, waits_for_work_afterwards) {
    gate closed(false);
    serving server([&](const http_request&) -> task<http_response> {
        http_response response = http_response::no_content();
        response.afterwards = [&]() -> task<> {
            gate& held = closed;  // g++ 12 copies what is awaited through a capture
            co_await held;
        };
        co_return response;
    });
    raw_client client(server.port());
    client.send(get);
    EXPECT_EQ(client.answer().status, 204);
    auto drained = server.drain(seconds(20));
    EXPECT_EQ(drained.wait_for(milliseconds(50)), std::future_status::timeout);
    server.on_loop([&] { closed.open(); });
    EXPECT_EQ(drained.get(), 0U);
}

TEST(a_drain, that_meets_its_limit_says_how_much_is_left) {
    gate closed(false);
    serving server(waiting_at(closed));
    raw_client one(server.port());
    raw_client two(server.port());
    one.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    two.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    while (server.on_loop([&] { return closed.waiting(); }) < 2) {
    }
    EXPECT_EQ(server.drain(milliseconds(50)).get(), 2U);
    server.on_loop([&] { closed.open(); });
    EXPECT_EQ(one.answer().status, 204);
}

TEST(a_drain, gives_a_begun_request_a_moment_to_end) {
    gate closed(false);
    serving server(waiting_at(closed));
    raw_client client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    EXPECT_EQ(client.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    auto drained = server.drain(seconds(20));
    client.send("hello");
    EXPECT_EQ(client.answer().status, 204);
    EXPECT_EQ(drained.get(), 0U);
}

TEST(a_drain, is_not_held_by_a_peer_that_never_ends_its_request) {
    gate closed(false);
    serving server(waiting_at(closed));
    raw_client client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    EXPECT_EQ(client.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(server.drain(seconds(20)).get(), 0U);
    EXPECT_EQ(client.answer().status, 408);
}

TEST(a_server, may_be_destroyed_with_connections_in_every_state) {
    raw_client* kept = nullptr;
    std::unique_ptr<raw_client> idle;
    std::unique_ptr<raw_client> half;
    std::unique_ptr<raw_client> unread;
    {
        serving server([](const http_request&) -> task<http_response> {
            co_return http_response::of(200, "text/plain", std::string(20'000'000, 'x'));
        });
        idle = std::make_unique<raw_client>(server.port());
        half = std::make_unique<raw_client>(server.port());
        half->send(
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        half->until("\r\n\r\n");
        unread = std::make_unique<raw_client>(server.port());
        unread->send(get);
        EXPECT_EQ(unread->bytes(12), "HTTP/1.1 200");
        kept = idle.get();
    }
    EXPECT_TRUE(kept->closed_by_peer());
    EXPECT_TRUE(half->closed_by_peer());
}

}  // namespace
}  // namespace hipchat::transport
