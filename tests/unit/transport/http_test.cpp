#include "transport/http.hpp"

#include <gtest/gtest.h>

#include <array>

#include "transport/http_client.hpp"
#include "transport/text.hpp"

namespace hipchat::transport {
namespace {

TEST(header_value, does_not_care_about_case_and_takes_the_first) {
    const std::array headers{header{"Host", "a"}, header{"x-thing", "1"}, header{"X-Thing", "2"}};
    http_request request;
    request.headers = headers;
    EXPECT_EQ(request.header_value("X-THING"), "1");
    EXPECT_EQ(request.header_value("host"), "a");
    EXPECT_EQ(request.header_value("x-thin"), "");
    EXPECT_EQ(request.header_value(""), "");
}

TEST(header_value, of_an_answer_does_the_same) {
    http_answer answer;
    answer.headers = {{"Content-Type", "text/html"}, {"content-type", "text/plain"}};
    EXPECT_EQ(answer.header_value("CONTENT-TYPE"), "text/html");
    EXPECT_EQ(answer.header_value("Date"), "");
}

TEST(a_list, is_taken_apart_at_its_commas) {
    std::string_view list = " a ,b,, c";
    EXPECT_EQ(next_element(list), "a");
    EXPECT_EQ(next_element(list), "b");
    EXPECT_EQ(next_element(list), "");
    EXPECT_EQ(next_element(list), "c");
    EXPECT_TRUE(list.empty());
}

TEST(a_token, has_no_separators) {
    EXPECT_TRUE(is_token("X-Thing"));
    for (const char* wrong : {"", "a b", "a:", "a\r", "a\n", "\x80", "(a)", "a@b"})
        EXPECT_FALSE(is_token(wrong)) << wrong;
}

}  // namespace
}  // namespace hipchat::transport
