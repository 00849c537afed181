// What a server does to peers that take their time, or too much.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "raw_client.hpp"
#include "serving.hpp"

namespace hipchat::transport {
namespace {

using hipchat::testing::raw_client;
using hipchat::testing::serving;
using std::chrono::milliseconds;

task<http_response> answer(const http_request& request) {
    if (request.path == "/large")
        co_return http_response::of(200, "text/plain", std::string(20'000'000, 'l'));
    co_return http_response::no_content();
}

// All limits far away, so that a test moves the one it is about.
http_server_options patient() {
    http_server_options options;
    options.header_time = options.body_time = milliseconds(60'000);
    options.idle_time = options.write_time = milliseconds(60'000);
    return options;
}

TEST(a_slow_header, is_answered_with_408_and_closed) {
    http_server_options options = patient();
    options.header_time = milliseconds(60);
    serving server(answer, options);
    raw_client client(server.port());
    client.send("GET / HTTP/1.1\r\nHost:");
    EXPECT_EQ(client.answer().status, 408);
    EXPECT_TRUE(client.closed_by_peer());
}

TEST(a_header_that_drips, is_not_given_more_time) {
    http_server_options options = patient();
    options.header_time = milliseconds(60);
    serving server(answer, options);
    raw_client client(server.port());
    // One byte at a time for as long as it is taken: the answer must come in between.
    std::string received;
    const auto begun = std::chrono::steady_clock::now();
    while (received.empty() && std::chrono::steady_clock::now() - begun < milliseconds(5000)) {
        if (!client.send("G")) break;
        char byte = 0;
        if (recv(client.socket(), &byte, 1, MSG_DONTWAIT) == 1) received = byte;
    }
    EXPECT_EQ(received, "H");
}

TEST(a_half_written_body, is_answered_with_408_and_closed) {
    http_server_options options = patient();
    options.body_time = milliseconds(60);
    serving server(answer, options);
    raw_client client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
    EXPECT_EQ(client.answer().status, 408);
    EXPECT_TRUE(client.closed_by_peer());
}

TEST(a_silent_connection, is_closed_without_a_word) {
    http_server_options options = patient();
    options.idle_time = milliseconds(60);
    serving server(answer, options);
    raw_client silent(server.port());
    EXPECT_TRUE(silent.closed_by_peer());
    raw_client once(server.port());
    once.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(once.answer().status, 204);
    EXPECT_TRUE(once.closed_by_peer());
}

TEST(a_peer_that_does_not_read, is_cut_off) {
    http_server_options options = patient();
    options.write_time = milliseconds(60);
    serving server(answer, options);
    raw_client client(server.port());
    client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    // The limit passes while nobody reads; the loop still serves others meanwhile.
    server.await([&]() -> task<> { return sleep_for(server.loop(), milliseconds(300)); });
    const auto cut = client.answer();
    EXPECT_EQ(cut.status, 0);
    EXPECT_LT(cut.body.size(), 20'000'000U);
}

TEST(a_large_answer, arrives_whole_at_a_peer_that_reads) {
    serving server(answer, patient());
    raw_client client(server.port());
    client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.answer().body, std::string(20'000'000, 'l'));
    EXPECT_EQ(client.answer().status, 204);
}

TEST(one_connection_too_many, is_closed_and_the_others_live) {
    http_server_options options = patient();
    options.max_connections = 3;
    serving server(answer, options);
    std::vector<std::unique_ptr<raw_client>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<raw_client>(server.port()));
        clients.back()->send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(clients.back()->answer().status, 204);
    }
    raw_client fourth(server.port());
    EXPECT_TRUE(fourth.closed_by_peer());
    clients.front()->send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(clients.front()->answer().status, 204);
    clients.front()->end_sending();
    EXPECT_TRUE(clients.front()->closed_by_peer());
    clients[1]->send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(clients[1]->answer().status, 204);
}

// Lets the process open no descriptor beyond `highest`, until it goes out of scope.
class descriptor_limit {
public:
    explicit descriptor_limit(rlim_t highest) {
        getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit low{highest, before_.rlim_max};
        setrlimit(RLIMIT_NOFILE, &low);
    }
    descriptor_limit(const descriptor_limit&) = delete;
    descriptor_limit& operator=(const descriptor_limit&) = delete;
    ~descriptor_limit() { setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

TEST(a_lack_of_descriptors, pauses_accepting_and_does_not_spin) {
    serving server(answer, patient());
    raw_client first(server.port());
    first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(first.answer().status, 204);
    // The lowest free descriptor becomes the client's; there is none for the server's end.
    raw_client late(::socket(AF_INET, SOCK_STREAM, 0), {});
    {
        const descriptor_limit none_left(static_cast<rlim_t>(late.socket()) + 1);
        late.connect(server.port());
        late.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        server.await([&]() -> task<> { return sleep_for(server.loop(), milliseconds(350)); });
        const int warnings = server.log().count("cannot accept connections");
        EXPECT_GE(warnings, 1);
        EXPECT_LE(warnings, 5);
        first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(first.answer().status, 204);
    }
    EXPECT_EQ(late.answer().status, 204);
}

}  // namespace
}  // namespace hipchat::transport
