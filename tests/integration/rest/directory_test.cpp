// Groups, emoticons, links.

#include "hipchat/rest/emoticons.hpp"
#include "hipchat/rest/groups.hpp"
#include "hipchat/rest/links.hpp"
#include "rest_fixture.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace hipchat::rest;

class group_calls : public rest_calls {};
class emoticon_calls : public rest_calls {};
class link_calls : public rest_calls {};

// proves: host 4 GET /group/{id}
TEST_F(group_calls, get_a_group) {
    host_says("group/1",
              R"({"id":1,"name":"Example Group","domain":"example.test","subdomain":"example",)"
              R"("created":"2016-10-01T07:30:00+00:00","avatar_url":null,)"
              R"("owner":{"id":117,"name":"Ada Lindqvist"},"plan":{"id":2,"type":"plus"}})");
    const group_details group = result_of([&] { return groups(client()).get(1); });
    EXPECT_EQ(group.name, "Example Group");
    EXPECT_EQ(group.domain, "example.test");
    EXPECT_EQ(group.subdomain, "example");
    EXPECT_EQ(group.avatar_url, "");
    ASSERT_TRUE(group.owner);
    EXPECT_EQ(group.owner->id, 117);
    EXPECT_EQ(group.plan, "plus");
    called("GET", "group/1", "view_group");
}

// proves: host 4 GET /group/{id}/avatar
TEST_F(group_calls, find_the_avatar) {
    host_redirects("group/1/avatar", "https://img.example/g.png");
    EXPECT_EQ(result_of([&] { return groups(client()).avatar(1); }), "https://img.example/g.png");
    called("GET", "group/1/avatar", "view_group");
}

// proves: host 4 GET /group/{id}/statistics
TEST_F(group_calls, give_the_statistics_as_they_are) {
    host_says("group/1/statistics", R"({"messages_sent":7})");
    const resource counted = result_of([&] { return groups(client()).statistics(1); });
    EXPECT_EQ(counted.json->at("messages_sent"), json::value(7));
    called("GET", "group/1/statistics", "view_group");
}

// proves: host 4 GET /emoticon
TEST_F(emoticon_calls, list_those_of_the_group) {
    host_says("emoticon",
              R"({"items":[{"id":5,"shortcut":"yey","url":"https://e.example/y.png"}]})");
    auto found = emoticons(client()).list(emoticon_type::group);
    const auto items = result_of([&] { return found.all(); });
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].shortcut, "yey");
    EXPECT_EQ(items[0].url, "https://e.example/y.png");
    called("GET", "emoticon", "view_group");
    EXPECT_EQ(request_at("emoticon").query, "type=group&start-index=0&max-results=100");
}

// proves: host 4 GET /emoticon/{id}
TEST_F(emoticon_calls, get_one_by_shortcut_or_id) {
    const std::string answer =
        R"({"id":5,"shortcut":"yey","url":"u","width":30,"height":20,"audio_path":null,)"
        R"("creator":{"id":117}})";
    host_says("emoticon/yey", answer);
    host_says("emoticon/5", answer);
    const emoticon_details one = result_of([&] { return emoticons(client()).get("yey"); });
    EXPECT_EQ(one.width, 30);
    EXPECT_EQ(one.height, 20);
    EXPECT_EQ(one.audio_path, "");
    ASSERT_TRUE(one.creator);
    called("GET", "emoticon/yey", "view_group");
    EXPECT_EQ(result_of([&] { return emoticons(client()).get(5); }).shortcut, "yey");
}

// proves: host 4 POST /addon/link
TEST_F(link_calls, create_a_link) {
    host_says("addon/link", R"({"token":"t1","links":{"self":"https://h.example/l/t1"}})");
    const addon_link made = result_of(
        [&] { return links(client()).create("https://a.example/x", std::chrono::hours(1)); });
    EXPECT_EQ(made.token, "t1");
    EXPECT_EQ(made.url, "https://h.example/l/t1");
    EXPECT_EQ(called("POST", "addon/link", ""),
              json::parse(R"({"target":"https://a.example/x","ttl":3600})"));
    EXPECT_TRUE(contains(error_of<config_error>(
                             [&] { return links(client()).create("x", std::chrono::seconds(0)); }),
                         "ttl is 0"));
}

// proves: host 4 GET /addon/link/{token}
TEST_F(link_calls, follow_a_link) {
    host_redirects("addon/link/t1", "https://a.example/x");
    EXPECT_EQ(result_of([&] { return links(client()).target("t1"); }), "https://a.example/x");
    called("GET", "addon/link/t1", "");
    EXPECT_FALSE(
        contains(error_of<api_error>([&] { return links(client()).target("unknown-token"); }),
                 "unknown-token"));
}

// proves: host 4 DELETE /addon/link/{token}
TEST_F(link_calls, remove_a_link) {
    host_says("addon/link/t1", 204);
    result_of([&] { return links(client()).remove("t1"); });
    called("DELETE", "addon/link/t1", "");
}

}  // namespace
}  // namespace hipchat::testing
