// What a server answers to what it is sent, right or wrong.
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "hipchat/errors.hpp"
#include "raw_client.hpp"
#include "serving.hpp"

namespace hipchat::transport {
namespace {

using hipchat::testing::raw_answer;
using hipchat::testing::raw_client;
using hipchat::testing::serving;

// Says what it was asked.
task<http_response> echo(const http_request& request) {
    if (request.path == "/nothing") co_return http_response::no_content();
    std::string said;
    said.append(request.method).append(" ").append(request.target).append("\n");
    said.append(request.body);
    co_return http_response::of(200, "text/plain", std::move(said));
}

std::string post(const std::string& headers, const std::string& body = {}) {
    return "POST /p HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body;
}

struct sample {
    const char* what;
    std::string bytes;
    int status;
};

void PrintTo(const sample& shown, std::ostream* out) {
    *out << shown.what;
}

class a_wrong_request : public ::testing::TestWithParam<sample> {};

TEST_P(a_wrong_request, is_answered_with_its_status_and_a_closed_connection) {
    serving server(echo);
    raw_client client(server.port());
    client.send(GetParam().bytes);
    const raw_answer answer = client.answer();
    EXPECT_EQ(answer.status, GetParam().status);
    EXPECT_TRUE(answer.has("Connection: close"));
    client.end_sending();
    EXPECT_TRUE(client.closed_by_peer());
}

INSTANTIATE_TEST_SUITE_P(
    on_the_wire, a_wrong_request,
    ::testing::Values(
        sample{"no HTTP", "hello world\r\n\r\n", 400},
        sample{"TLS", std::string("\x16\x03\x01\x02\x00\x01\x00", 7), 400},
        sample{"no host", "GET / HTTP/1.1\r\n\r\n", 400},
        sample{"an absolute target", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        sample{"a control byte", "GET /\x02 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        sample{"both lengths",
               post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        sample{"lengths that differ", post("Content-Length: 4\r\nContent-Length: 5\r\n", "abcde"),
               400},
        sample{"an unknown coding", post("Transfer-Encoding: gzip, chunked\r\n"), 501},
        sample{"headers too large", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x'),
               431},
        sample{"a target too large", "GET /" + std::string(20'000, 'x'), 431},
        sample{"a body too large, announced", post("Content-Length: 1048577\r\n"), 413},
        sample{"a newer version", "GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505},
        sample{"a strange expectation", post("Expect: a miracle\r\nContent-Length: 1\r\n"), 417}));

TEST(a_body, of_exactly_the_limit_is_accepted) {
    serving server(echo);
    raw_client client(server.port());
    const std::string body(1024 * 1024, 'b');
    ASSERT_TRUE(client.send(post("Content-Length: 1048576\r\n", body)));
    const raw_answer answer = client.answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "POST /p\n" + body);
    client.send("GET /after HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.answer().body, "GET /after\n");
}

TEST(a_body, of_one_byte_more_is_refused_though_the_peer_sends_it_all) {
    serving server(echo);
    raw_client client(server.port());
    client.send(post("Content-Length: 1048577\r\n", std::string(1024 * 1024 + 1, 'b')));
    EXPECT_EQ(client.answer().status, 413);
    client.end_sending();
    EXPECT_TRUE(client.closed_by_peer());
}

TEST(a_chunked_body, of_exactly_the_limit_is_accepted_and_one_byte_more_is_not) {
    serving server(echo);
    const std::string chunk = "8000\r\n" + std::string(0x8000, 'c') + "\r\n";
    std::string all;
    for (int i = 0; i < 32; ++i)
        all += chunk;
    raw_client client(server.port());
    ASSERT_TRUE(client.send(post("Transfer-Encoding: chunked\r\n", all + "0\r\n\r\n")));
    EXPECT_EQ(client.answer().body.size(), 8 + 1024 * 1024U);
    client.send(post("Transfer-Encoding: chunked\r\n", all + "1\r\nx\r\n0\r\n\r\n"));
    EXPECT_EQ(client.answer().status, 413);
}

TEST(a_body, has_the_limit_of_its_own_request_where_there_is_one) {
    http_server_options options;
    options.body_limit = [](const http_request& head) {
        return head.header_value("X-Large").empty() ? std::size_t{10} : std::size_t{2'000'000};
    };
    serving server(echo, options);
    const std::string large(1'500'000, 'b');
    const std::string length = "Content-Length: 1500000\r\n";
    raw_client client(server.port());
    client.send(post("X-Large: yes\r\n" + length, large));
    EXPECT_EQ(client.answer().body.size(), 8 + large.size());
    client.send(post("Content-Length: 10\r\n", "0123456789"));
    EXPECT_EQ(client.answer().status, 200);
    client.send(post(length));
    EXPECT_EQ(client.answer().status, 413);
    raw_client other(server.port());
    other.send(post("X-Large: yes\r\nTransfer-Encoding: chunked\r\n",
                    "16e360\r\n" + large + "\r\n0\r\n\r\n"));
    EXPECT_EQ(other.answer().body.size(), 8 + large.size());
    other.send(post("Transfer-Encoding: chunked\r\n", "b\r\n0123456789a\r\n0\r\n\r\n"));
    EXPECT_EQ(other.answer().status, 413);
}

TEST(a_connection, carries_many_requests) {
    serving server(echo);
    raw_client client(server.port());
    for (int i = 0; i < 100; ++i) {
        client.send("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        ASSERT_EQ(client.answer().body, "GET /" + std::to_string(i) + "\n");
    }
}

TEST(pipelined_requests, are_answered_in_order) {
    serving server(echo);
    raw_client client(server.port());
    std::string all;
    for (int i = 0; i < 200; ++i) {
        all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
        all += post("Content-Length: 2\r\n", "no");
        all += post("Transfer-Encoding: chunked\r\n", "3\r\nyes\r\n0\r\n\r\n");
        all += "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n";
    }
    client.send(all);
    for (int i = 0; i < 200; ++i) {
        ASSERT_EQ(client.answer().body, "GET /" + std::to_string(i) + "\n");
        ASSERT_EQ(client.answer().body, "POST /p\nno");
        ASSERT_EQ(client.answer().body, "POST /p\nyes");
        ASSERT_EQ(client.answer().status, 204);
    }
}

TEST(a_request_behind_a_refused_one, is_never_run) {
    serving server(echo);
    raw_client client(server.port());
    client.send(post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")
                + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.answer().status, 400);
    client.end_sending();
    EXPECT_TRUE(client.closed_by_peer());
}

TEST(the_connection, is_closed_when_the_peer_asks_for_it) {
    serving server(echo);
    raw_client client(server.port());
    client.send("GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const raw_answer answer = client.answer();
    EXPECT_EQ(answer.status, 204);
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_TRUE(client.closed_by_peer());
}

TEST(http_1_0, is_served_and_closed) {
    serving server(echo);
    raw_client client(server.port());
    client.send("GET /old HTTP/1.0\r\n\r\n");
    EXPECT_EQ(client.answer().body, "GET /old\n");
    EXPECT_TRUE(client.closed_by_peer());
}

TEST(http_1_0, may_ask_to_go_on) {
    serving server(echo);
    raw_client client(server.port());
    client.send("GET /nothing HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_TRUE(client.answer().has("Connection: keep-alive"));
    client.send("GET /nothing HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(client.answer().has("Connection: close"));
}

TEST(head, is_answered_with_the_length_and_no_body) {
    serving server(echo);
    raw_client client(server.port());
    client.send("HEAD /h HTTP/1.1\r\nHost: a\r\n\r\nGET /g HTTP/1.1\r\nHost: a\r\n\r\n");
    const raw_answer head = client.answer(true);
    EXPECT_EQ(head.status, 200);
    EXPECT_TRUE(head.has("Content-Length: 8"));
    EXPECT_EQ(client.answer().body, "GET /g\n");
}

TEST(an_expectant_peer, is_told_to_continue) {
    serving server(echo);
    raw_client client(server.port());
    client.send(post("Expect: 100-continue\r\nContent-Length: 3\r\n"));
    EXPECT_EQ(client.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    EXPECT_EQ(client.answer().body, "POST /p\nabc");
}

TEST(an_expectant_peer, is_refused_before_it_sends_too_much) {
    serving server(echo);
    raw_client client(server.port());
    client.send(post("Expect: 100-continue\r\nContent-Length: 2000000\r\n"));
    EXPECT_EQ(client.answer().status, 413);
}

TEST(a_peer_that_ends_its_half, still_gets_its_answer) {
    serving server(echo);
    raw_client client(server.port());
    client.send("GET /last HTTP/1.1\r\nHost: a\r\n\r\n");
    client.end_sending();
    EXPECT_EQ(client.answer().body, "GET /last\n");
    EXPECT_TRUE(client.closed_by_peer());
}

TEST(a_peer_that_leaves_in_the_middle, is_let_go) {
    serving server(echo);
    for (const char* part : {"", "GET", "GET / HTTP/1.1\r\nHo",
                             "POST / HTTP/1.1\r\nHost: a\r\n"
                             "Content-Length: 9\r\n\r\nabc"}) {
        raw_client client(server.port());
        client.send(part);
        client.end_sending();
        EXPECT_TRUE(client.closed_by_peer());
        raw_client rude(server.port());
        rude.send(part);
        rude.reset();
    }
    raw_client next(server.port());
    next.send("GET /fine HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(next.answer().body, "GET /fine\n");
}

TEST(the_peer, is_known_by_its_address) {
    serving server([](const http_request& request) -> task<http_response> {
        co_return http_response::of(200, "text/plain", std::string(request.peer));
    });
    raw_client client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.answer().body, "127.0.0.1");
}

TEST(a_port_in_use, is_named_in_the_error) {
    serving server(echo);
    http_server_options options;
    options.port = server.port();
    try {
        const serving second(echo, options);
        FAIL() << "two servers on one port";
    } catch (const config_error& error) {
        EXPECT_NE(std::string(error.what()).find(std::to_string(server.port())), std::string::npos);
    }
}

}  // namespace
}  // namespace hipchat::transport
