#include <gtest/gtest.h>

#include <map>

#include "hipchat/errors.hpp"
#include "running_host.hpp"

namespace hipchat::host::testing {
namespace {

class who_may_call : public ::testing::Test {
protected:
    int status(const running_host::headers& more, const std::string& method = "GET",
               const std::string& target = "/api/rooms", const std::string& body = "") const {
        return host_.send(method, target, body, more).status;
    }
    std::string with_port(const std::string& name) const {
        return name + ":" + std::to_string(host_.port());
    }

    temporary_folder folder_;
    running_host host_{folder_.file("data")};
};

// A new route is a decision about who may call it: it belongs into this list.
TEST_F(who_may_call, is_said_for_every_route) {
    const std::map<std::string, std::string> expected{
        {"GET /", "page guest"},
        {"GET /rooms/{room}", "page guest"},
        {"GET /rooms/{room}/integrations", "page member"},
        {"GET /rooms/{room}/integrations/{key}", "page member"},
        {"GET /rooms/{room}/access", "page member"},
        {"GET /sign-in", "anonymous"},
        {"GET /setup", "anonymous"},
        {"GET /join", "anonymous"},
        {"GET /guest/{token}", "anonymous"},
        {"GET /profile", "page member"},
        {"GET /people", "page member"},
        {"GET /api/session", "visitor"},
        {"POST /api/session", "visitor"},
        {"DELETE /api/session", "visitor"},
        {"POST /api/setup", "visitor"},
        {"POST /api/join", "visitor"},
        {"GET /api/guests/{token}", "visitor"},
        {"POST /api/guests/{token}", "visitor"},
        {"GET /api/search", "person_here guest"},
        {"GET /api/unread", "person_here guest"},
        {"PUT /api/rooms/{room}/files/{name}", "person_here guest"},
        {"POST /api/rooms", "person_here member"},
        {"GET /api/rooms/{room}/past", "person_here guest"},
        {"GET /api/rooms/{room}/messages/{message}", "person_here guest"},
        {"GET /api/sessions", "person_here guest"},
        {"DELETE /api/sessions", "person_here guest"},
        {"GET /api/profile", "person_here guest"},
        {"PUT /api/profile", "person_here member"},
        {"PUT /api/profile/password", "person_here member"},
        {"GET /api/people", "person_here member"},
        {"POST /api/people", "person_here admin"},
        {"POST /api/people/{person}/invitation", "person_here admin"},
        {"PUT /api/people/{person}/role", "person_here admin"},
        {"DELETE /api/people/{person}", "person_here admin"},
        {"GET /api/rooms/{room}/access", "person_here member"},
        {"PUT /api/rooms/{room}/access", "person_here member"},
        {"PUT /api/rooms/{room}/access/{person}", "person_here member"},
        {"DELETE /api/rooms/{room}/access/{person}", "person_here member"},
        {"GET /assets/{path...}", "anonymous"},
        {"GET /connect/{path...}", "anonymous"},
        {"GET /atlassian-connect/{file}", "anonymous"},
        {"GET /v2/capabilities", "anonymous"},
        {"POST /v2/oauth/token", "client"},
        {"GET /v2/oauth/token/{token}", "bearer"},
        {"DELETE /v2/oauth/token/{token}", "bearer"},
        {"GET /v2/room", "bearer view_group"},
        {"POST /v2/room", "bearer manage_rooms"},
        {"GET /v2/room/{room}", "bearer view_group view_room"},
        {"PUT /v2/room/{room}", "bearer admin_room"},
        {"DELETE /v2/room/{room}", "bearer manage_rooms"},
        {"GET /v2/room/{room}/statistics", "bearer view_group view_room"},
        {"PUT /v2/room/{room}/topic", "bearer admin_room"},
        {"GET /v2/room/{room}/member", "bearer view_room view_group"},
        {"PUT /v2/room/{room}/member/{user}", "bearer admin_room"},
        {"DELETE /v2/room/{room}/member/{user}", "bearer admin_room"},
        {"GET /v2/room/{room}/participant", "bearer view_room view_group"},
        {"POST /v2/room/{room}/invite/{user}", "bearer admin_room"},
        {"POST /v2/room/{room}/notification", "bearer send_notification"},
        {"POST /v2/room/{room}/message", "user send_message"},
        {"POST /v2/room/{room}/reply", "user send_message"},
        {"POST /v2/room/{room}/share/link", "user send_message"},
        {"PUT /v2/room/{room}/share/link", "user send_message"},
        {"POST /v2/room/{room}/share/file", "user send_message"},
        {"GET /v2/room/{room}/avatar", "bearer view_group view_room"},
        {"PUT /v2/room/{room}/avatar", "bearer admin_room"},
        {"DELETE /v2/room/{room}/avatar", "bearer admin_room"},
        {"POST /v2/user/{user}/message", "user send_message"},
        {"POST /v2/user/{user}/share/link", "user send_message"},
        {"PUT /v2/user/{user}/share/link", "user send_message"},
        {"POST /v2/user/{user}/share/file", "user send_message"},
        {"GET /v2/user/{user}/history", "user view_messages"},
        {"GET /v2/user/{user}/history/latest", "user view_messages"},
        {"GET /v2/user/{user}/history/{message}", "user view_messages"},
        {"GET /v2/user/{user}/photo/{size}", "bearer view_group"},
        {"PUT /v2/user/{user}/photo", "bearer admin_group"},
        {"DELETE /v2/user/{user}/photo", "bearer admin_group"},
        {"POST /v2/invite/user", "bearer admin_group"},
        {"GET /v2/emoticon", "bearer view_group"},
        {"GET /v2/emoticon/{emoticon}", "bearer view_group"},
        {"GET /v2/group/{group}/avatar", "bearer view_group"},
        {"GET /files/{file}/{name}", "anonymous"},
        {"GET /healthz", "anonymous"},
        {"GET /readyz", "anonymous"},
        {"GET /v1/rooms/list", "bearer view_group"},
        {"POST /v1/rooms/topic", "bearer admin_room"},
        {"POST /v1/rooms/message", "bearer send_notification"},
        {"GET /v1/rooms/message", "bearer send_notification"},
        {"GET /v1/rooms/history", "bearer view_messages"},
        {"GET /v1/users/list", "bearer view_group"},
        {"GET /v2/room/{room}/history", "bearer view_messages"},
        {"GET /v2/room/{room}/history/latest", "bearer view_messages"},
        {"GET /v2/room/{room}/history/{message}", "bearer view_messages"},
        {"GET /v2/user", "bearer view_group"},
        {"POST /v2/user", "bearer admin_group"},
        {"GET /v2/user/{user}", "bearer view_group"},
        {"PUT /v2/user/{user}", "bearer admin_group"},
        {"DELETE /v2/user/{user}", "bearer admin_group"},
        {"GET /v2/user/{user}/preference/auto-join", "bearer view_group"},
        {"GET /v2/group/{group}", "bearer view_group"},
        {"GET /v2/group/{group}/statistics", "bearer view_group"},
        {"GET /api/people/{person}/tokens", "person_here member"},
        {"POST /api/people/{person}/tokens", "person_here member"},
        {"DELETE /api/people/{person}/tokens/{token}", "person_here member"},
        {"GET /api/rooms/{room}/tokens", "person_here member"},
        {"POST /api/rooms/{room}/tokens", "person_here member"},
        {"DELETE /api/rooms/{room}/tokens/{token}", "person_here member"},
        {"GET /v2/room/{room}/webhook", "addon admin_room"},
        {"POST /v2/room/{room}/webhook", "addon admin_room"},
        {"GET /v2/room/{room}/webhook/{hook}", "addon admin_room"},
        {"DELETE /v2/room/{room}/webhook/{hook}", "addon admin_room"},
        {"GET /v2/room/{room}/extension/webhook/{key}", "addon admin_room"},
        {"GET /v2/extension/webhook/{key}", "addon admin_group"},
        {"GET /v2/room/{room}/extension/{kind}/{key}", "addon admin_room"},
        {"GET /v2/extension/{kind}/{key}", "addon admin_group"},
        {"PUT /v2/room/{room}/extension/webhook/{key}", "addon admin_room"},
        {"PUT /v2/extension/webhook/{key}", "addon admin_group"},
        {"PUT /v2/room/{room}/extension/{kind}/{key}", "addon admin_room"},
        {"PUT /v2/extension/{kind}/{key}", "addon admin_group"},
        {"DELETE /v2/room/{room}/extension/webhook/{key}", "addon admin_room"},
        {"DELETE /v2/extension/webhook/{key}", "addon admin_group"},
        {"DELETE /v2/room/{room}/extension/{kind}/{key}", "addon admin_room"},
        {"DELETE /v2/extension/{kind}/{key}", "addon admin_group"},
        {"POST /v2/addon/ui", "addon view_group"},
        {"POST /v2/addon/ui/room/{room}", "addon view_room"},
        {"POST /v2/addon/ui/user/{user}", "addon view_group"},
        {"POST /v2/addon/ui/room/{room}/user/{user}", "addon view_room"},
        {"GET /api/rooms", "person_here guest"},
        {"GET /api/rooms/{room}", "person_here guest"},
        {"GET /api/rooms/{room}/changes", "person_here guest"},
        {"POST /api/rooms/{room}/events", "person_here guest"},
        {"POST /api/descriptors", "person_here member"},
        {"GET /api/rooms/{room}/integrations", "person_here member"},
        {"POST /api/rooms/{room}/integrations", "person_here member"},
        {"DELETE /api/rooms/{room}/integrations/{key}", "person_here member"},
        {"POST /api/integrations", "person_here admin"},
        {"DELETE /api/integrations/{key}", "person_here admin"},
        {"GET /addons/install", "page member"},
        {"GET /api/rooms/{room}/modules", "person_here guest"},
        {"POST /api/rooms/{room}/page-address", "person_here guest"},
        {"POST /api/rooms/{room}/page-token", "person_here guest"},
        {"GET /api/rooms/{room}/traffic", "person_here member"},
        {"GET /api/rooms/{room}/live", "person_here guest"},
    };
    std::map<std::string, std::string> found;
    for (const route_policy& each : host_.policies()) {
        std::string who = each.who;
        for (const scope wanted : each.scopes)
            who.append(" ").append(to_string(wanted));
        if (!each.least.empty()) who.append(" ").append(each.least);
        found.emplace(each.method + " " + each.path, who);
    }
    EXPECT_EQ(found, expected);
}

TEST_F(who_may_call, includes_the_hosts_own_pages_and_shell) {
    EXPECT_EQ(status({}), 200);
    for (const char* const name : {"localhost", "127.0.0.1", "[::1]"}) {
        EXPECT_EQ(status({{"Host", with_port(name)}}), 200) << name;
        EXPECT_EQ(status({{"Origin", "http://" + with_port(name)}}), 200) << name;
    }
    EXPECT_EQ(status({{"Sec-Fetch-Site", "same-origin"}}), 200);
    EXPECT_EQ(status({{"Sec-Fetch-Site", "none"}}), 200);
}

TEST_F(who_may_call, excludes_names_that_were_pointed_at_this_machine) {
    for (const std::string& name : {std::string("evil.test"), with_port("evil.test"),
                                    std::string("localhost"), with_port("127.0.0.1.evil.test")})
        EXPECT_EQ(status({{"Host", name}}), 403) << name;
}

TEST_F(who_may_call, excludes_pages_of_other_sites) {
    for (const char* const origin : {"http://evil.test", "null", "http://localhost:1"})
        EXPECT_EQ(status({{"Origin", origin}}), 403) << origin;
    for (const char* const site : {"cross-site", "same-site"})
        EXPECT_EQ(status({{"Sec-Fetch-Site", site}}), 403) << site;
}

TEST_F(who_may_call, excludes_forms_that_another_site_can_post) {
    const std::string body = R"({"event":"room_message","as":"Eve","text":"hi"})";
    for (const char* const type : {"text/plain", "application/x-www-form-urlencoded", ""})
        EXPECT_EQ(status({{"Content-Type", type}}, "POST", "/api/rooms/1/events", body), 415)
            << type;
    EXPECT_EQ(status({{"Content-Type", "application/json; charset=utf-8"}}, "POST",
                     "/api/rooms/1/events", body),
              201);
}

TEST_F(who_may_call, excludes_live_sockets_without_an_origin) {
    const running_host::headers upgrade{{"Connection", "close, Upgrade"},
                                        {"Upgrade", "websocket"},
                                        {"Sec-WebSocket-Version", "13"},
                                        {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
    EXPECT_EQ(status(upgrade, "GET", "/api/rooms/1/live?name=Ada"), 403);
    running_host::headers foreign = upgrade;
    foreign["Origin"] = "http://evil.test";
    EXPECT_EQ(status(foreign, "GET", "/api/rooms/1/live?name=Ada"), 403);
}

TEST(host_options, refuse_an_address_beyond_loopback_without_a_base_url) {
    const temporary_folder folder;
    loop_thread thread;
    for (const char* const address : {"0.0.0.0", "192.168.1.5", "::", "8.8.8.8", "nonsense"}) {
        host_options options;
        options.data_folder = folder.file("data");
        options.address = address;
        options.port = 0;
        const auto start = [&] { host one(thread.loop(), null_logger(), system_clock(), options); };
        EXPECT_THROW(thread.call(start), config_error) << address;
    }
}

TEST(host_options, refuse_a_data_folder_that_another_host_uses) {
    const temporary_folder folder;
    const running_host first(folder.file("data"));
    EXPECT_THROW(running_host(folder.file("data")), config_error);
}

}  // namespace
}  // namespace hipchat::host::testing
