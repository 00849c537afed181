// What one address may take of a server, and what all of them together may.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>

#include "raw_client.hpp"
#include "serving.hpp"

namespace hipchat::testing {
namespace {

using transport::http_request;
using transport::http_response;
using transport::http_server_options;

constexpr const char* get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

task<http_response> answer(const http_request&) {
    co_return http_response::no_content();
}

// A connection from an address of this machine.
std::unique_ptr<raw_client> connect_from(const char* address, std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in from{};
    from.sin_family = AF_INET;
    ::inet_pton(AF_INET, address, &from.sin_addr);
    sockaddr general{};
    std::memcpy(&general, &from, sizeof general);
    EXPECT_EQ(::bind(socket, &general, sizeof general), 0) << address;
    auto client = std::make_unique<raw_client>(socket, "");
    client->connect(port);
    return client;
}

http_server_options two_for_each_address() {
    http_server_options options;
    options.max_connections_per_address = 2;
    return options;
}

TEST(an_address_with_too_many_connections, is_turned_away_and_others_are_not) {
    serving server(answer, two_for_each_address());
    const auto first = connect_from("127.0.0.2", server.port());
    const auto second = connect_from("127.0.0.2", server.port());
    first->send(get);
    EXPECT_EQ(first->answer().status, 204);
    second->send(get);
    EXPECT_EQ(second->answer().status, 204);
    EXPECT_TRUE(connect_from("127.0.0.2", server.port())->closed_by_peer());
    const auto other = connect_from("127.0.0.3", server.port());
    other->send(get);
    EXPECT_EQ(other->answer().status, 204);
    EXPECT_EQ(server.turned_away(), 1U);
}

TEST(an_address_with_too_many_connections, may_come_again_when_one_has_gone) {
    serving server(answer, two_for_each_address());
    const auto first = connect_from("127.0.0.2", server.port());
    {
        const auto second = connect_from("127.0.0.2", server.port());
        second->send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        EXPECT_EQ(second->answer().status, 204);
        second->end_sending();
        EXPECT_TRUE(second->closed_by_peer());
    }
    const auto third = connect_from("127.0.0.2", server.port());
    third->send(get);
    EXPECT_EQ(third->answer().status, 204);
}

TEST(an_address_that_stands_for_many, may_have_any_number_of_connections) {
    http_server_options options = two_for_each_address();
    options.stands_for_many = [](std::string_view address) { return address == "127.0.0.9"; };
    serving server(answer, options);
    std::vector<std::unique_ptr<raw_client>> clients;
    for (int i = 0; i < 5; ++i) {
        clients.push_back(connect_from("127.0.0.9", server.port()));
        clients.back()->send(get);
        EXPECT_EQ(clients.back()->answer().status, 204);
    }
}

TEST(requests_that_take_too_much_memory_together, are_answered_503) {
    http_server_options options;
    options.max_receiving_bytes = std::size_t{100} * 1024;
    serving server(answer, options);
    const std::string half(60'000, 'x');
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60001\r\n\r\n";
    raw_client first(server.port());
    first.send(head + half);
    // The first has been received so far when this one is answered.
    raw_client witness(server.port());
    do {
        witness.send(get);
        EXPECT_EQ(witness.answer().status, 204);
    } while (server.receiving() < 60'000);
    {
        raw_client second(server.port());
        second.send(head + half);
        const raw_answer refused = second.answer();
        EXPECT_EQ(refused.status, 503);
        EXPECT_TRUE(refused.has("Retry-After: 1"));
    }
    first.send("x");
    EXPECT_EQ(first.answer().status, 204);
    // Their memory counts no more.
    while (server.receiving() > 0)
        std::this_thread::yield();
    raw_client third(server.port());
    third.send(head + half + "x");
    EXPECT_EQ(third.answer().status, 204);
}

TEST(work_under_way, is_counted_while_a_handler_or_what_comes_after_it_runs) {
    meeting_point in_handler;
    serving* self = nullptr;
    std::size_t seen = 0;
    std::size_t after = 0;
    serving server([&](const http_request&) -> task<http_response> {
        seen = self->under_way_here();
        http_response response = http_response::no_content();
        response.afterwards = [&]() -> task<> {
            after = self->under_way_here();
            in_handler.arrive();
            co_return;
        };
        co_return response;
    });
    self = &server;
    raw_client client(server.port());
    client.send(get);
    EXPECT_EQ(client.answer().status, 204);
    in_handler.wait();
    EXPECT_EQ(seen, 1U);
    EXPECT_EQ(after, 1U);
    EXPECT_EQ(server.under_way(), 0U);
}

}  // namespace
}  // namespace hipchat::testing
