// Which add-on of a process a path belongs to, with and without a proxy that takes a prefix away.

#include "addon/process/mounts.hpp"

#include <gtest/gtest.h>

#include "hipchat/errors.hpp"

namespace hipchat::addons {
namespace {

// "0 /event" for the first add-on; "nobody" where there is none.
std::string found(const mounts& table, std::string_view path) {
    const auto place = table.find(path);
    if (!place) return "nobody";
    return std::to_string(place->which) + " " + std::string(place->below);
}

TEST(mounts, give_one_add_on_everything) {
    mounts table("");
    table.add("");
    EXPECT_EQ(found(table, "/"), "0 /");
    EXPECT_EQ(found(table, "/event/room_enter"), "0 /event/room_enter");
}

TEST(mounts, match_below_the_path_of_the_base_url) {
    mounts table("/bots/greeter");
    table.add("");
    EXPECT_EQ(found(table, "/bots/greeter/event/room_enter"), "0 /event/room_enter");
    EXPECT_EQ(found(table, "/bots/greeter"), "0 /");
    EXPECT_EQ(found(table, "/bots/greeter/"), "0 /");
}

TEST(mounts, match_what_a_proxy_has_left_of_a_path) {
    mounts table("/bots/greeter");
    table.add("");
    EXPECT_EQ(found(table, "/event/room_enter"), "0 /event/room_enter");
    // No segment is torn apart.
    EXPECT_EQ(found(table, "/bots/greeterson/x"), "0 /bots/greeterson/x");
}

TEST(mounts, tell_several_add_ons_apart) {
    mounts table("/bots");
    table.add("/greeter");
    table.add("/karma");
    EXPECT_EQ(found(table, "/bots/greeter/event"), "0 /event");
    EXPECT_EQ(found(table, "/bots/karma"), "1 /");
    EXPECT_EQ(found(table, "/karma/event"), "1 /event");
    EXPECT_EQ(found(table, "/"), "nobody");
    EXPECT_EQ(found(table, "/karmagic"), "nobody");
    EXPECT_EQ(found(table, "/bots/other/event"), "nobody");
    EXPECT_EQ(found(table, "/other/karma/event"), "nobody");
}

TEST(mounts, prefer_the_longer_path) {
    mounts table("");
    table.add("");
    table.add("/karma");
    table.add("/karma/admin");
    EXPECT_EQ(found(table, "/karma/admin/event"), "2 /event");
    EXPECT_EQ(found(table, "/karma/event"), "1 /event");
    EXPECT_EQ(found(table, "/event"), "0 /event");
}

TEST(mounts, prefer_the_path_with_the_base_urls) {
    mounts table("/karma");
    table.add("/greeter");
    table.add("/karma");
    EXPECT_EQ(found(table, "/karma/greeter/x"), "0 /x");
    EXPECT_EQ(found(table, "/karma/karma/x"), "1 /x");
    EXPECT_EQ(found(table, "/karma/x"), "1 /x");
}

TEST(mounts, refuse_what_is_no_path) {
    mounts table("");
    for (const char* wrong : {"karma", "/", "/karma/", "//", "/a//b", "/..", "/a/./b", "/a b",
                              "/a?b", "/a%20b", "/a#b"})
        EXPECT_THROW(table.add(wrong), config_error) << wrong;
    EXPECT_NO_THROW(table.add("/a.b/c_d-e~f"));
}

TEST(mounts, refuse_two_add_ons_at_one_path) {
    mounts table("");
    table.add("/karma");
    EXPECT_THROW(table.add("/karma"), config_error);
}

TEST(mounts, know_what_lies_below_the_base_url) {
    const mounts table("/bots");
    EXPECT_EQ(table.below_base("/bots/healthz"), "/healthz");
    EXPECT_EQ(table.below_base("/healthz"), "/healthz");
    EXPECT_EQ(table.below_base("/botsy"), "/botsy");
}

}  // namespace
}  // namespace hipchat::addons
