// Emoticons and invitations into the group, over the REST API.

#include "rest_caller.hpp"

namespace hipchat::host::testing {
namespace {

class rest_emoticons : public rest_caller {};

// proves: host 4 serves GET /emoticon
TEST_F(rest_emoticons, are_listed_with_pictures_that_are_there) {
    const json::object list = read(addon_token(), "/v2/emoticon");
    ASSERT_FALSE(list.at("items").as_array().empty());
    for (const json::value& each : list.at("items").as_array()) {
        const std::string url(each.at("url").as_string());
        const plain_answer drawn = host_.get(url.substr(host_.base().size()));
        EXPECT_EQ(drawn.status, 200) << url;
        EXPECT_EQ(drawn.header("Content-Type"), "image/svg+xml");
    }
    EXPECT_TRUE(read(addon_token(), "/v2/emoticon?type=group").at("items").as_array().empty());
    EXPECT_EQ(field_of(get(addon_token(), "/v2/emoticon?type=mine")), "type");
}

TEST_F(rest_emoticons, are_those_that_the_rooms_page_shows) {
    const std::string script = host_.get("/assets/emoticons.js").body;
    std::string shortcuts;
    for (const std::string& each : column(read(addon_token(), "/v2/emoticon"), "shortcut"))
        shortcuts += shortcuts.empty() ? each : "', '" + each;
    EXPECT_NE(script.find("  '" + shortcuts + "',\n]"), std::string::npos) << shortcuts;
}

// proves: host 4 serves GET /emoticon/{id}
TEST_F(rest_emoticons, are_found_by_id_and_by_shortcut) {
    const json::object found = read(addon_token(), "/v2/emoticon/thumbsup");
    EXPECT_EQ(found.at("shortcut"), "thumbsup");
    EXPECT_EQ(found.at("width").to_number<int>(), 20);
    for (const char* const member : {"height", "audio_path", "creator", "links", "url"})
        EXPECT_TRUE(found.contains(member)) << member;
    const std::string id = std::to_string(found.at("id").to_number<int>());
    EXPECT_EQ(read(addon_token(), "/v2/emoticon/" + id), found);
    EXPECT_EQ(get(addon_token(), "/v2/emoticon/nonsense").status, 404);
}

class rest_invitations : public rest_caller {};

// proves: host 4 serves POST /invite/user
TEST_F(rest_invitations, make_somebody_one_of_the_people) {
    const std::string body = R"({"name":"Cy Dee","email":"cy@example.test","title":"Eng"})";
    EXPECT_EQ(ask(token_of("Ada"), "POST", "/v2/invite/user", body).status, 403);
    const plain_answer invited = ask(addon_token(), "POST", "/v2/invite/user", body);
    ASSERT_EQ(invited.status, 200) << invited.body;
    EXPECT_EQ(body_of(invited).at("mention_name"), "CyDee");
    EXPECT_EQ(read(addon_token(), "/v2/user/cy@example.test").at("title"), "Eng");
    EXPECT_EQ(field_of(ask(addon_token(), "POST", "/v2/invite/user", body)), "email");
    EXPECT_EQ(field_of(ask(addon_token(), "POST", "/v2/invite/user", R"({"name":"A"})")), "email");
}

}  // namespace
}  // namespace hipchat::host::testing
