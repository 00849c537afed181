#include "protocol/oauth.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fixture.hpp"
#include "hipchat/errors.hpp"

namespace hipchat::protocol {
namespace {

constexpr std::string_view form = "application/x-www-form-urlencoded";
constexpr std::string_view json_type = "application/json; charset=utf-8";
const std::vector<scope> two_scopes = {scope::send_notification, scope::view_room};

TEST(token_request, reads_a_form) {
    const token_request request = parse_token_request(
        form, "grant_type=client_credentials&scope=send_notification+view_room");
    EXPECT_EQ(request.grant_type, "client_credentials");
    EXPECT_EQ(request.scopes, two_scopes);
    EXPECT_EQ(parse_token_request("", "scope=send_notification%20view_room&grant_type=x").scopes,
              two_scopes);
}

TEST(token_request, reads_json) {
    for (const std::string scopes :
         {R"("send_notification view_room")", R"(["send_notification","view_room"])"}) {
        const token_request request = parse_token_request(
            json_type, R"({"grant_type":"client_credentials","scope":)" + scopes + "}");
        EXPECT_EQ(request.grant_type, "client_credentials");
        EXPECT_EQ(request.scopes, two_scopes);
    }
    EXPECT_TRUE(parse_token_request("APPLICATION/JSON", R"({"grant_type":"x","scope":"view_room"})")
                    .scopes);
}

TEST(token_request, may_leave_the_scopes_to_the_descriptor) {
    EXPECT_FALSE(parse_token_request(form, "grant_type=client_credentials").scopes);
    EXPECT_FALSE(parse_token_request(form, "grant_type=client_credentials&scope=").scopes);
    EXPECT_FALSE(parse_token_request(json_type, R"({"grant_type":"x","scope":null})").scopes);
    EXPECT_FALSE(parse_token_request(json_type, R"({"grant_type":"x"})").scopes);
}

std::string refused_member(std::string_view type, std::string_view body) {
    try {
        parse_token_request(type, body);
        return "none";
    } catch (const protocol_error& error) {
        return error.field();
    }
}

TEST(token_request, names_the_member_that_is_wrong) {
    EXPECT_EQ(refused_member(form, ""), "grant_type");
    EXPECT_EQ(refused_member(form, "grant_type="), "grant_type");
    EXPECT_EQ(refused_member(form, "grant_type=x&scope=root"), "scope");
    EXPECT_EQ(refused_member(json_type, "{}"), "grant_type");
    EXPECT_EQ(refused_member(json_type, R"({"grant_type":1})"), "grant_type");
    EXPECT_EQ(refused_member(json_type, R"({"grant_type":"x","scope":1})"), "scope");
    EXPECT_EQ(refused_member(json_type, R"({"grant_type":"x","scope":[1]})"), "scope");
    EXPECT_EQ(refused_member(json_type, R"({"grant_type":"x","scope":["root"]})"), "scope");
    EXPECT_EQ(refused_member(json_type, R"({"grant_type":"x","grant_type":"y"})"), "");
    EXPECT_EQ(refused_member(json_type, "grant_type=x"), "");
}

TEST(token_request, is_read_as_it_was_written) {
    const std::string body = write_token_request(two_scopes);
    EXPECT_EQ(body, "grant_type=client_credentials&scope=send_notification+view_room");
    EXPECT_EQ(parse_token_request(form, body).scopes, two_scopes);
    EXPECT_EQ(write_token_request({}), "grant_type=client_credentials");
}

// proves: addon 3.2 answer
TEST(token_grant, reads_and_writes_the_sample) {
    const token_grant grant = parse_token_grant(test::fixture("token.response.json"));
    EXPECT_EQ(grant.expires_in, std::chrono::seconds(3599));
    EXPECT_EQ(grant.scopes, two_scopes);
    EXPECT_EQ(grant.group_id, 1);
    EXPECT_EQ(grant.group_name, "Example Group");
    EXPECT_EQ(json::value(write_token_grant(grant)), test::fixture_json("token.response.json"));
}

TEST(token_grant, tolerates_what_other_hosts_send) {
    const token_grant grant = parse_token_grant(
        R"({"access_token":"t","expires_in":"60","group_id":"7","scope":"root view_room"})");
    EXPECT_EQ(grant.expires_in, std::chrono::seconds(60));
    EXPECT_EQ(grant.group_id, 7);
    EXPECT_EQ(grant.scopes, std::vector{scope::view_room});
}

TEST(token_grant, refuses_one_that_is_of_no_use) {
    for (const std::string text :
         {R"({"expires_in":60})", R"({"access_token":"","expires_in":60})",
          R"({"access_token":1,"expires_in":60})", R"({"access_token":"t"})",
          R"({"access_token":"t","expires_in":0})", R"({"access_token":"t","expires_in":-1})",
          R"({"access_token":"t","expires_in":1e18})",
          R"({"access_token":"t","expires_in":60,"scope":1})", "[]", "no"})
        EXPECT_THROW(parse_token_grant(text), protocol_error) << text;
}

TEST(basic_authorization, reads_the_published_example) {
    const basic_credentials credentials =
        parse_basic_authorization("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    EXPECT_EQ(credentials.id, "Aladdin");
    EXPECT_EQ(credentials.password.reveal(), "open sesame");
}

TEST(basic_authorization, is_read_as_it_was_written) {
    for (const std::string password : {"x", "xy", "xyz", "a:b", "\xC3\xBF>>>???", ""}) {
        const secret header = write_basic_authorization("id", secret(password));
        const basic_credentials credentials = parse_basic_authorization(header.reveal());
        EXPECT_EQ(credentials.id, "id");
        EXPECT_EQ(credentials.password.reveal(), password);
    }
}

TEST(basic_authorization, is_empty_for_anything_else) {
    for (const std::string header :
         {"", "Basic", "Basic ", "Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Basic QWxhZGRpbg==",
          "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ= =", "Basic !!!!",
          "BasicQWxhZGRpbjpvcGVuIHNlc2FtZQ=="})
        EXPECT_EQ(parse_basic_authorization(header).id, "") << header;
}

// proves: addon 3.3 scopes
TEST(scopes, have_the_names_of_the_protocol) {
    for (const std::string name :
         {"admin_group", "admin_room", "import_data", "manage_rooms", "send_message",
          "send_notification", "view_group", "view_messages", "view_room"}) {
        const std::optional<scope> value = scope_named(name);
        ASSERT_TRUE(value) << name;
        EXPECT_EQ(to_string(*value), name);
    }
    EXPECT_FALSE(scope_named("root"));
    EXPECT_FALSE(scope_named(""));
}

}  // namespace
}  // namespace hipchat::protocol
