#include "transport/response_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hipchat::transport {
namespace {

response_frame framed() {
    response_frame frame;
    frame.date = "Thu, 01 Jan 1970 00:00:00 GMT";
    return frame;
}

std::string head_of(const http_response& response, const response_frame& frame) {
    std::string text = "what was there before";
    write_head(text, response, frame);
    return text;
}

TEST(a_response_head, has_status_date_headers_and_length) {
    const http_response response = http_response::of(200, "text/plain", "hello");
    EXPECT_EQ(head_of(response, framed()),
              "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
              "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\n");
}

TEST(a_response_head, drops_headers_that_would_split_the_answer) {
    http_response response;
    response.headers = {{"X-A", "1\r\nX-B: 2"},         {"X C", "3"},   {"X-D\r\n", "4"}, {"", "5"},
                        {"X-E", std::string("6\0", 2)}, {"X-F", "kept"}};
    const std::string head = head_of(response, framed());
    EXPECT_EQ(head.find("X-B"), std::string::npos);
    EXPECT_EQ(head.find("X-A"), std::string::npos);
    EXPECT_EQ(head.find("X-D"), std::string::npos);
    EXPECT_EQ(head.find("X-E"), std::string::npos);
    EXPECT_NE(head.find("X-F: kept\r\n"), std::string::npos);
}

TEST(a_response_head, leaves_the_servers_business_to_the_server) {
    http_response response;
    response.body = "four";
    response.headers = {{"content-length", "99"},
                        {"Connection", "upgrade"},
                        {"Transfer-Encoding", "chunked"},
                        {"DATE", "never"}};
    EXPECT_EQ(head_of(response, framed()),
              "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
              "Content-Length: 4\r\n\r\n");
}

TEST(a_response_head, has_no_length_where_no_body_is_allowed) {
    http_response response;
    response.status = 304;
    response.body = "ignored";
    EXPECT_EQ(head_of(response, framed()).find("Content-Length"), std::string::npos);
    EXPECT_EQ(body_to_send(response, framed()), "");
}

TEST(a_response_to_head, announces_the_body_without_sending_it) {
    const http_response response = http_response::of(200, "text/plain", "hello");
    response_frame frame = framed();
    frame.head_only = true;
    EXPECT_NE(head_of(response, frame).find("Content-Length: 5\r\n"), std::string::npos);
    EXPECT_EQ(body_to_send(response, frame), "");
}

TEST(a_static_body, is_sent_instead_of_the_body) {
    http_response response;
    response.body = "not this";
    response.static_body = "this";
    EXPECT_EQ(body_to_send(response, framed()), "this");
    EXPECT_NE(head_of(response, framed()).find("Content-Length: 4\r\n"), std::string::npos);
}

TEST(the_connection, is_announced_where_it_is_not_the_default) {
    response_frame frame = framed();
    frame.keep_alive = false;
    EXPECT_NE(head_of({}, frame).find("Connection: close\r\n"), std::string::npos);
    frame.keep_alive = true;
    frame.http_10 = true;
    EXPECT_NE(head_of({}, frame).find("Connection: keep-alive\r\n"), std::string::npos);
}

TEST(a_bare_204, is_the_constant_text_only_when_nothing_must_be_said) {
    http_response response = http_response::no_content();
    EXPECT_TRUE(is_bare_no_content(response, framed()));
    response_frame closing = framed();
    closing.keep_alive = false;
    EXPECT_FALSE(is_bare_no_content(response, closing));
    response.headers.emplace_back("X-A", "1");
    EXPECT_FALSE(is_bare_no_content(response, framed()));
}

TEST(the_date, is_written_as_http_wants_it) {
    date_text date;
    EXPECT_EQ(date.at(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(date.at(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(date.at(784111778), "Sun, 06 Nov 1994 08:49:38 GMT");
}

}  // namespace
}  // namespace hipchat::transport
