#include "protocol/installation.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "fixture.hpp"
#include "hipchat/errors.hpp"

namespace hipchat::protocol {
namespace {

TEST(installation, reads_and_writes_the_samples) {
    for (const std::string name :
         {"install.room.json", "install.global.json", "install.update.json"}) {
        const installation value = parse_installation(test::fixture(name));
        EXPECT_EQ(json::value(write_installation(value)), test::fixture_json(name)) << name;
    }
}

TEST(installation, tells_room_and_group_and_update_apart) {
    const installation room = parse_installation(test::fixture("install.room.json"));
    EXPECT_EQ(room.room_id, 4021);
    EXPECT_EQ(room.group_id, 1);
    EXPECT_EQ(room.oauth_secret->reveal(), "q7Rk2VtXw9LmZp4Ns8YbHd3Gf6JcQa1EuTo5Ki0B");
    EXPECT_FALSE(parse_installation(test::fixture("install.global.json")).room_id);
    EXPECT_FALSE(parse_installation(test::fixture("install.update.json")).oauth_secret);
}

std::string body(const std::string& more) {
    return R"({"oauthId":"a","oauthSecret":"s","capabilitiesUrl":"http://h/c")" + more + "}";
}

TEST(installation, accepts_ids_as_text_and_a_null_room) {
    const installation value = parse_installation(body(R"(,"groupId":"12","roomId":null)"));
    EXPECT_EQ(value.group_id, 12);
    EXPECT_FALSE(value.room_id);
    EXPECT_EQ(parse_installation(body(R"(,"roomId":"7","unknown":[1])")).room_id, 7);
}

struct bad_body {
    std::string text;
    std::string field;
};

TEST(installation, names_the_member_that_is_wrong) {
    const std::string rest = R"("oauthSecret":"s","capabilitiesUrl":"http://h/c"})";
    const std::string id = R"({"oauthId":"a",)";
    const std::array<bad_body, 18> cases = {{
        {"{" + rest, "oauthId"},
        {R"({"oauthId":"",)" + rest, "oauthId"},
        {R"({"oauthId":7,)" + rest, "oauthId"},
        {R"({"oauthId":"a/b",)" + rest, "oauthId"},
        {R"({"oauthId":"a b",)" + rest, "oauthId"},
        {R"({"oauthId":")" + std::string(101, 'a') + "\"," + rest, "oauthId"},
        {id + R"("oauthSecret":"","capabilitiesUrl":"http://h/c"})", "oauthSecret"},
        {id + R"("oauthSecret":null,"capabilitiesUrl":"http://h/c"})", "oauthSecret"},
        {id + R"("oauthSecret":")" + std::string(201, 's') + R"(","capabilitiesUrl":"http://h/c"})",
         "oauthSecret"},
        {id + R"("oauthSecret":"s"})", "capabilitiesUrl"},
        {id + R"("oauthSecret":"s","capabilitiesUrl":"/c"})", "capabilitiesUrl"},
        {id + R"("oauthSecret":"s","capabilitiesUrl":"http://u@h/c"})", "capabilitiesUrl"},
        {body(R"(,"roomId":-1)"), "roomId"},
        {body(R"(,"roomId":1.5)"), "roomId"},
        {body(R"(,"roomId":"x")"), "roomId"},
        {body(R"(,"groupId":[])"), "groupId"},
        {body(R"(,"oauthId":"b")"), ""},
        {"[]", ""},
    }};
    for (const bad_body& each : cases) {
        try {
            parse_installation(each.text);
            ADD_FAILURE() << each.text;
        } catch (const protocol_error& error) {
            EXPECT_EQ(error.field(), each.field) << each.text;
        }
    }
}

TEST(installation, never_quotes_the_secret) {
    try {
        parse_installation(R"({"oauthId":"","oauthSecret":"hunter2","capabilitiesUrl":"x"})");
        FAIL();
    } catch (const protocol_error& error) {
        EXPECT_EQ(std::string(error.what()).find("hunter2"), std::string::npos);
    }
}

}  // namespace
}  // namespace hipchat::protocol
