#include "transport/request_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <ostream>
#include <string>
#include <string_view>

namespace hipchat::transport {
namespace {

using state = request_reader::state;

constexpr std::size_t header_limit = 1024;
constexpr std::size_t body_limit = 100'000;

// Gives `bytes` to `reader`, at most `step` at once, until it has an answer or there are no more.
state feed(request_reader& reader, std::string_view bytes, std::size_t step = 1'000'000) {
    state now = reader.advance();
    while (now == state::need_more && !bytes.empty()) {
        const auto space = reader.space();
        const std::size_t count = std::min({space.size(), bytes.size(), step});
        std::memcpy(space.data(), bytes.data(), count);
        reader.received(count);
        bytes.remove_prefix(count);
        now = reader.advance();
    }
    return now;
}

struct sample {
    const char* what;
    std::string bytes;
    int status;
};

void PrintTo(const sample& shown, std::ostream* out) {
    *out << shown.what;
}

class a_wrong_request : public testing::TestWithParam<sample> {};

TEST_P(a_wrong_request, is_refused_whole_and_in_pieces) {
    for (const std::size_t step : {std::size_t{1'000'000}, std::size_t{7}, std::size_t{1}}) {
        request_reader reader(header_limit, body_limit);
        ASSERT_EQ(feed(reader, GetParam().bytes, step), state::refused) << step;
        EXPECT_EQ(reader.refusal(), GetParam().status) << step;
    }
}

std::string with(const std::string& headers) {
    return "POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    request_line, a_wrong_request,
    testing::Values(sample{"no HTTP at all", "hello\r\n\r\n", 400},
                    sample{"TLS", std::string("\x16\x03\x01\x02\x00\x01", 6), 400},
                    sample{"NUL", std::string("\0", 1), 400},
                    sample{"HTTP/0.9", "GET /\r\n\r\n", 400},
                    sample{"a newer version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
                    sample{"an unknown minor version", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
                    sample{"a broken version", "GET / HTTX/1.1\r\nHost: a\r\n\r\n", 400},
                    sample{"a blank too many", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    sample{"a control byte in the target", "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n",
                           400},
                    sample{"a DEL in the target", "GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    sample{"a fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    sample{"the absolute form", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    sample{"the authority form", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    sample{"an asterisk for GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                    sample{"bare line feeds", "GET / HTTP/1.1\nHost: a\n\n", 400},
                    sample{"blank lines without end", std::string(100, '\n'), 400}));

INSTANTIATE_TEST_SUITE_P(
    headers, a_wrong_request,
    testing::Values(
        sample{"no host", "GET / HTTP/1.1\r\n\r\n", 400},
        sample{"two hosts", with("Host: b\r\n"), 400},
        sample{"a blank before the colon", with("X-A : 1\r\n"), 400},
        sample{"no colon", with("X-A\r\n"), 400}, sample{"no name", with(": 1\r\n"), 400},
        sample{"a folded value", with("X-A: 1\r\n 2\r\n"), 400},
        sample{"a NUL in a value", with(std::string("X-A: \0\r\n", 8)), 400},
        sample{"a bare CR in a value", with("X-A: a\rb\r\n"), 400},
        sample{"an expectation that we do not know", with("Expect: wonders\r\n"), 417},
        sample{"one header too large", with("X-A: " + std::string(2000, 'a') + "\r\n"), 431},
        sample{"a target too large",
               "GET /" + std::string(2000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 431}));

INSTANTIATE_TEST_SUITE_P(
    framing, a_wrong_request,
    testing::Values(
        sample{"both lengths", with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), 400},
        sample{"both lengths, turned", with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"),
               400},
        sample{"both, with a coding of no meaning",
               with("Transfer-Encoding: identity\r\nContent-Length: 3\r\n"), 400},
        sample{"two lengths that differ", with("Content-Length: 3\r\nContent-Length: 4\r\n"), 400},
        sample{"a list of lengths", with("Content-Length: 3, 3\r\n"), 400},
        sample{"a length with a sign", with("Content-Length: +3\r\n"), 400},
        sample{"a negative length", with("Content-Length: -3\r\n"), 400},
        sample{"a hexadecimal length", with("Content-Length: 0x3\r\n"), 400},
        sample{"an empty length", with("Content-Length:\r\n"), 400},
        sample{"a length beyond 64 bits", with("Content-Length: 99999999999999999999\r\n"), 400},
        sample{"a body too large, announced", with("Content-Length: 100001\r\n"), 413},
        sample{"a coding that we do not know", with("Transfer-Encoding: gzip\r\n"), 501},
        sample{"chunked over another", with("Transfer-Encoding: gzip, chunked\r\n"), 501},
        sample{"chunked below another", with("Transfer-Encoding: chunked, gzip\r\n"), 501},
        sample{"chunked with white space inside", with("Transfer-Encoding: chun ked\r\n"), 501},
        sample{"chunked twice",
               with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
        sample{"chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        sample{"a chunk size that is none", with("Transfer-Encoding: chunked\r\n") + "x\r\n", 400},
        sample{"a chunk longer than it says",
               with("Transfer-Encoding: chunked\r\n") + "3\r\nabcd\r\n0\r\n\r\n", 400},
        sample{"a chunk beyond 64 bits",
               with("Transfer-Encoding: chunked\r\n") + "fffffffffffffffff\r\n", 400},
        sample{"a chunk too large", with("Transfer-Encoding: chunked\r\n") + "186a1\r\n", 413},
        sample{"chunks too large together",
               with("Transfer-Encoding: chunked\r\n") + "c350\r\n" + std::string(50'000, 'a')
                   + "\r\nc351\r\n",
               413},
        sample{"a chunk extension without end",
               with("Transfer-Encoding: chunked\r\n") + "1;" + std::string(3000, 'a'), 400}));

TEST(a_request, is_read_in_pieces_of_any_size) {
    const std::string bytes =
        "POST /event/room_enter?a=b HTTP/1.1\r\nHost: a\r\nX-A:  1 \r\nX-Empty:\r\n"
        "Content-Length: 5\r\n\r\nhello";
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        request_reader reader(header_limit, body_limit, "10.0.0.9");
        ASSERT_EQ(feed(reader, bytes, step), state::complete) << step;
        const http_request& request = reader.request();
        EXPECT_EQ(request.method, "POST");
        EXPECT_EQ(request.target, "/event/room_enter?a=b");
        EXPECT_EQ(request.path, "/event/room_enter");
        EXPECT_EQ(request.query, "a=b");
        EXPECT_EQ(request.header_value("x-a"), "1");
        EXPECT_EQ(request.headers.size(), 4U);
        EXPECT_EQ(request.body, "hello");
        EXPECT_EQ(request.peer, "10.0.0.9");
        EXPECT_TRUE(reader.keep_alive());
    }
}

TEST(a_request, keeps_its_headers_when_its_body_makes_the_memory_grow) {
    const std::string body(body_limit, 'b');
    const std::string bytes = with("X-A: value\r\nContent-Length: 100000\r\n") + body;
    request_reader reader(header_limit, body_limit);
    ASSERT_EQ(feed(reader, bytes, 1000), state::complete);
    EXPECT_EQ(reader.request().header_value("X-A"), "value");
    EXPECT_EQ(reader.request().path, "/");
    EXPECT_EQ(reader.request().body, body);
}

TEST(a_chunked_request, is_put_together_whatever_its_pieces) {
    const std::string bytes = with("Transfer-Encoding: Chunked\r\n")
                              + "5;name=value\r\nhello\r\nA\r\n, world!!!\r\n0\r\nX-T: 1\r\n\r\n";
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        request_reader reader(header_limit, body_limit);
        ASSERT_EQ(feed(reader, bytes, step), state::complete) << step;
        EXPECT_EQ(reader.request().body, "hello, world!!!");
        EXPECT_EQ(reader.request().headers.size(), 2U);
    }
}

// The last chunk's size and one byte more, in two pieces, ran into an assertion of the parser.
TEST(a_chunked_request, may_be_empty_and_come_in_any_two_pieces) {
    const std::string bytes = with("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n";
    for (std::size_t first = 1; first < bytes.size(); ++first)
        for (std::size_t second = 1; second <= 4; ++second) {
            request_reader reader(header_limit, body_limit);
            ASSERT_EQ(feed(reader, bytes.substr(0, first)), state::need_more) << first;
            ASSERT_NE(feed(reader, bytes.substr(first, second)), state::refused) << first;
            if (first + second < bytes.size()) {
                ASSERT_EQ(feed(reader, bytes.substr(first + second)), state::complete) << first;
            }
            EXPECT_TRUE(reader.request().body.empty());
        }
}

TEST(a_chunked_request, may_be_as_large_as_the_limit) {
    const std::string body(body_limit, 'c');
    const std::string bytes =
        with("Transfer-Encoding: chunked\r\n") + "186a0\r\n" + body + "\r\n0\r\n\r\n";
    request_reader reader(header_limit, body_limit);
    ASSERT_EQ(feed(reader, bytes, 4000), state::complete);
    EXPECT_EQ(reader.request().body, body);
}

TEST(requests_in_a_row, come_out_one_by_one) {
    const std::string bytes =
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
        "\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        "POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "1\r\nx\r\n0\r\n\r\nGET /4 HTTP/1.0\r\n\r\n";
    for (const std::size_t step : {std::size_t{1'000'000}, std::size_t{13}, std::size_t{1}}) {
        request_reader reader(header_limit, body_limit);
        std::string_view rest = bytes;
        std::string seen;
        while (true) {
            state now = reader.advance();
            while (now == state::need_more && !rest.empty()) {
                const auto space = reader.space();
                const std::size_t count = std::min({space.size(), rest.size(), step});
                std::memcpy(space.data(), rest.data(), count);
                reader.received(count);
                rest.remove_prefix(count);
                now = reader.advance();
            }
            if (now != state::complete) break;
            seen.append(reader.request().path).append(":").append(reader.request().body) += ' ';
            reader.next();
        }
        EXPECT_EQ(seen, "/1: /2:abc /3:x /4: ");
        EXPECT_FALSE(reader.begun());
    }
}

TEST(the_length_zero, is_a_complete_request) {
    request_reader reader(header_limit, body_limit);
    ASSERT_EQ(feed(reader, with("Content-Length: 0\r\n")), state::complete);
    EXPECT_EQ(reader.request().body, "");
}

TEST(the_asterisk, is_a_target_for_options) {
    request_reader reader(header_limit, body_limit);
    ASSERT_EQ(feed(reader, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), state::complete);
    EXPECT_EQ(reader.request().path, "*");
}

TEST(http_1_0, needs_no_host_and_closes_unless_told_otherwise) {
    request_reader closing(header_limit, body_limit);
    ASSERT_EQ(feed(closing, "GET / HTTP/1.0\r\n\r\n"), state::complete);
    EXPECT_FALSE(closing.keep_alive());
    EXPECT_TRUE(closing.is_http_10());
    request_reader kept(header_limit, body_limit);
    ASSERT_EQ(feed(kept, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"), state::complete);
    EXPECT_TRUE(kept.keep_alive());
}

TEST(http_1_1, goes_on_unless_told_otherwise) {
    request_reader reader(header_limit, body_limit);
    ASSERT_EQ(feed(reader, with("Connection: foo, Close\r\n")), state::complete);
    EXPECT_FALSE(reader.keep_alive());
}

TEST(continuing, is_wanted_once_and_only_before_the_body) {
    request_reader reader(header_limit, body_limit);
    const std::string head = with("Expect: 100-Continue\r\nContent-Length: 5\r\n");
    ASSERT_EQ(feed(reader, head), state::need_more);
    EXPECT_TRUE(reader.wants_continue());
    EXPECT_FALSE(reader.wants_continue());
    ASSERT_EQ(feed(reader, "hello"), state::complete);
    request_reader eager(header_limit, body_limit);
    ASSERT_EQ(feed(eager, head + "he"), state::need_more);
    EXPECT_FALSE(eager.wants_continue());
}

TEST(a_head_of_exactly_the_limit, is_accepted) {
    const std::string frame = "GET / HTTP/1.1\r\nHost: a\r\nX-A: \r\n\r\n";
    const std::string padding(header_limit - frame.size(), 'p');
    for (const std::size_t step : {std::size_t{1'000'000}, std::size_t{1}}) {
        request_reader fits(header_limit, body_limit);
        EXPECT_EQ(feed(fits, "GET / HTTP/1.1\r\nHost: a\r\nX-A: " + padding + "\r\n\r\n", step),
                  state::complete);
        request_reader exceeds(header_limit, body_limit);
        EXPECT_EQ(feed(exceeds, "GET / HTTP/1.1\r\nHost: a\r\nX-A: p" + padding + "\r\n\r\n", step),
                  state::refused);
        EXPECT_EQ(exceeds.refusal(), 431);
    }
}

}  // namespace
}  // namespace hipchat::transport
