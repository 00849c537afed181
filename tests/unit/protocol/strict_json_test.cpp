#include "protocol/strict_json.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "fixture.hpp"
#include "hipchat/errors.hpp"

namespace hipchat::protocol {
namespace {

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

TEST(strict_json, reads_what_json_is) {
    for (const std::string text :
         {"{}", "[]", "null", "-12", "1.5e3", R"("ü\u00fc")", R"({"a":{"b":1},"c":[{"b":1}]})"})
        EXPECT_EQ(parse_strict(text), json::parse(text)) << text;
}

TEST(strict_json, reads_every_sample_of_the_protocol) {
    std::size_t read = 0;
    for (const auto& entry : std::filesystem::directory_iterator(HIPCHAT_FIXTURES "/protocol")) {
        const std::string text = test::fixture(entry.path().filename().string());
        EXPECT_EQ(parse_strict(text), json::parse(text)) << entry.path();
        ++read;
    }
    EXPECT_GE(read, 41U);
}

TEST(strict_json, refuses_a_member_that_is_named_twice) {
    for (const std::string text : {R"({"a":1,"a":1})", R"({"a":1,"b":2,"\u0061":3})",
                                   R"([{"x":{"k":[],"k":{}}}])", R"({"":1,"":2})"})
        EXPECT_THROW(parse_strict(text), protocol_error) << text;
}

TEST(strict_json, refuses_text_after_the_value) {
    for (const std::string text : {"{} x", "1 2", "{}{}", "nullx", ""})
        EXPECT_THROW(parse_strict(text), protocol_error) << text;
    EXPECT_NO_THROW(parse_strict(" {} \n"));
}

TEST(strict_json, refuses_what_is_not_utf8) {
    for (const std::string text : {"\"\xFF\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xE2\x82\"",
                                   R"("\ud800")", "{\"\xFF\":1}"})
        EXPECT_THROW(parse_strict(text), protocol_error) << text;
}

TEST(strict_json, refuses_a_number_beyond_a_double) {
    EXPECT_THROW(parse_strict("[1e400]"), protocol_error);
    EXPECT_THROW(parse_strict("{\"n\": -33300000000844698474e00008446}"), protocol_error);
    EXPECT_NO_THROW(parse_strict("[1.7976931348623157e308, 1e-400]"));
}

TEST(strict_json, bounds_how_deep_values_nest) {
    EXPECT_NO_THROW(parse_strict(nested(32)));
    EXPECT_THROW(parse_strict(nested(33)), protocol_error);
    EXPECT_THROW(parse_strict(std::string(100'000, '[')), protocol_error);
}

TEST(strict_json, does_not_quote_the_document) {
    try {
        parse_strict(R"({"oauthSecret":"hunter2" oops)");
        FAIL();
    } catch (const protocol_error& error) {
        EXPECT_EQ(std::string(error.what()).find("hunter2"), std::string::npos);
    }
}

TEST(strict_json, keeps_its_value_in_the_given_memory) {
    unsigned char arena[1024];
    json::monotonic_resource memory(arena, sizeof arena);
    const json::value value = parse_strict(R"({"a":[1,2,3]})", &memory);
    EXPECT_EQ(value.storage().get(), &memory);
}

}  // namespace
}  // namespace hipchat::protocol
