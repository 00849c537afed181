#include "protocol/api_error.hpp"

#include <gtest/gtest.h>

#include <string>

#include "fixture.hpp"

namespace hipchat::protocol {
namespace {

TEST(api_error, writes_the_bodies_of_the_samples) {
    EXPECT_EQ(json::value(write_api_error(401, "Invalid OAuth session")),
              test::fixture_json("error.unauthorized.json"));
    EXPECT_EQ(json::value(write_api_error(429, "Rate limit exceeded")),
              test::fixture_json("error.rate_limited.json"));
    EXPECT_EQ(json::value(write_api_error(403,
                                          "This action requires one of the following scopes: "
                                          "['view_group', 'view_room']")),
              test::fixture_json("error.forbidden_scope.json"));
}

TEST(api_error, writes_what_was_wrong_with_a_value) {
    const validation_failure failure{
        .field = "color",
        .validation = "enum",
        .value = "teal",
        .message = "Value 'teal' for field 'color' is not in the enumeration",
        .description = "Value {value} is not in the enumeration {expected}"};
    EXPECT_EQ(json::value(write_validation_error(failure)),
              test::fixture_json("error.validation.json"));
}

TEST(api_error, names_the_expected_type_of_a_type_failure) {
    const validation_failure failure{.field = "notify",
                                     .validation = "type",
                                     .value = 1,
                                     .message = "no",
                                     .expected_type = "boolean"};
    const json::object body = write_validation_error(failure);
    EXPECT_EQ(body.at("error").at("expected_type"), "boolean");
    EXPECT_EQ(body.at("error").at("code"), 400);
}

TEST(api_error, finds_the_message_of_a_body) {
    EXPECT_EQ(api_error_message(test::fixture("error.unauthorized.json")), "Invalid OAuth session");
    EXPECT_EQ(api_error_message(R"({"message":"no"})"), "no");
    EXPECT_EQ(api_error_message(R"({"error":"invalid_client"})"), "invalid_client");
    EXPECT_EQ(api_error_message(R"({"error":"x","error_description":"why"})"), "why");
}

TEST(api_error, quotes_the_start_of_any_other_body_on_one_line) {
    EXPECT_EQ(api_error_message("Bad\r\nGateway"), "Bad  Gateway");
    EXPECT_EQ(api_error_message(R"({"error":{"code":1}})"), R"({"error":{"code":1}})");
    EXPECT_EQ(api_error_message(""), "");
    EXPECT_EQ(api_error_message(std::string(5000, 'x')).size(), 200U);
    EXPECT_EQ(api_error_message(R"({"message":"a\u001b[31mb"})"), "a [31mb");
}

}  // namespace
}  // namespace hipchat::protocol
