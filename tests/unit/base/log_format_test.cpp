// Lines as text and as JSON, with the request that they belong to.

#include <gtest/gtest.h>

#include "base/log.hpp"

namespace hipchat {
namespace {

const std::vector<log_field> fields{{"path", "/event/x"}, {"status", 401}};

std::string line_of(log_format format, std::string_view event, request_id request) {
    const log_line line{log_level::warning, event, fields, request};
    return format_line(line, format);
}

TEST(a_log_line, names_its_request) {
    const std::string id = to_string(request_id{17});
    EXPECT_TRUE(line_of(log_format::text, "refused", request_id{17})
                    .ends_with(" warning refused request=" + id + " path=/event/x status=401\n"));
    EXPECT_TRUE(line_of(log_format::text, "refused", request_id::none)
                    .ends_with(" warning refused path=/event/x status=401\n"));
}

TEST(a_log_line, is_one_json_object_where_that_is_asked_for) {
    const std::string id = to_string(request_id{17});
    const std::string line = line_of(log_format::json, "it was refused", request_id{17});
    EXPECT_TRUE(line.starts_with(R"({"time":")")) << line;
    EXPECT_TRUE(line.ends_with(R"(Z","level":"warning","message":"it was refused","request":")" + id
                               + R"(","path":"/event/x","status":"401"})"
                                 "\n"))
        << line;
}

TEST(a_log_line, as_json_escapes_whatever_strangers_send) {
    const auto written = [](std::string_view text) {
        const log_line line{log_level::info, text};
        const std::string all = format_line(line, log_format::json);
        const std::size_t begin = all.find(R"("message":")") + 11;
        return all.substr(begin, all.size() - begin - 3);
    };
    EXPECT_EQ(written("a\"b\\c\nd\x7F"), R"(a\"b\\c\u000ad\u007f)");
    EXPECT_EQ(written("\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80"),
              "\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80");
    // No UTF-8: alone, cut short, overlong, a surrogate, beyond U+10FFFF.
    EXPECT_EQ(written("\x80"), "\\ufffd");
    EXPECT_EQ(written("\xE2\x82"), "\\ufffd\\ufffd");
    EXPECT_EQ(written("\xC0\xAF"), "\\ufffd\\ufffd");
    EXPECT_EQ(written("\xE0\x80\xAF"), "\\ufffd\\ufffd\\ufffd");
    EXPECT_EQ(written("\xED\xA0\x80"), "\\ufffd\\ufffd\\ufffd");
    EXPECT_EQ(written("\xF4\x90\x80\x80"), "\\ufffd\\ufffd\\ufffd\\ufffd");
}

TEST(a_request_id, is_one_of_this_process) {
    const std::string first = to_string(request_id{1});
    const std::string second = to_string(request_id{2});
    EXPECT_EQ(first.substr(0, 7), second.substr(0, 7));
    EXPECT_EQ(first.substr(7), "1");
    EXPECT_EQ(to_string(request_id::none), "");
}

}  // namespace
}  // namespace hipchat
