#include "hipchat/rest/modules.hpp"

#include "rest_fixture.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace hipchat::rest;

class module_calls : public rest_calls {
protected:
    modules of_group() const { return modules(client()); }
    modules in_room() const { return modules(client(), 4021); }
};

constexpr const char* panel = R"({"key":"p","name":{"value":"Panel"},"url":"https://a.example/p",)"
                              R"("location":"hipchat.sidebar.right"})";

// proves: host 4 PUT /extension/{kind}/{key}
TEST_F(module_calls, put_a_glance_for_the_group) {
    with_rules({.declared = {scope::admin_group}, .base_url = "https://a.example/karma"});
    host_says("extension/glance/g", 201);
    const glance_module wanted{.key = "g",
                               .name = "Builds",
                               .icon = {"/i.png", "/i2.png"},
                               .query_url = "/glance/g",
                               .target = module_target{.key = "p"}};
    result_of([&] { return of_group().put(wanted); });
    EXPECT_EQ(called("PUT", "extension/glance/g", "admin_group"),
              json::parse(R"({"key":"g","name":{"value":"Builds"},"icon":)"
                          R"({"url":"https://a.example/karma/i.png",)"
                          R"("url@2x":"https://a.example/karma/i2.png"},)"
                          R"("queryUrl":"https://a.example/karma/glance/g","target":"p"})"));
}

// proves: host 4 PUT /room/{r}/extension/{kind}/{key}
TEST_F(module_calls, put_the_others_in_a_room) {
    for (const char* kind : {"webPanel/p", "dialog/d", "action/a", "externalPage/e"})
        host_says("room/4021/extension/" + std::string(kind), 201);
    const web_panel_module panels{.key = "p", .name = "Panel", .url = "https://a.example/p"};
    result_of([&] { return in_room().put(panels); });
    EXPECT_EQ(called("PUT", "room/4021/extension/webPanel/p", "admin_room"), json::parse(panel));
    const dialog_module dialog{.key = "d", .title = "Dialog", .url = "https://a.example/d"};
    result_of([&] { return in_room().put(dialog); });
    EXPECT_EQ(called("PUT", "room/4021/extension/dialog/d", "admin_room"),
              json::parse(R"({"key":"d","title":{"value":"Dialog"},"url":"https://a.example/d"})"));
    const action_module action{.key = "a", .name = "Do", .target = {.key = "d"}};
    result_of([&] { return in_room().put(action); });
    EXPECT_EQ(called("PUT", "room/4021/extension/action/a", "admin_room"),
              json::parse(R"({"key":"a","name":{"value":"Do"},"target":"d",)"
                          R"("location":"hipchat.message.action"})"));
    const external_page_module page{.key = "e", .name = "Page", .url = "https://a.example/e"};
    result_of([&] { return in_room().put(page); });
    EXPECT_EQ(called("PUT", "room/4021/extension/externalPage/e", "admin_room"),
              json::parse(R"({"key":"e","name":{"value":"Page"},"url":"https://a.example/e"})"));
}

TEST_F(module_calls, refuse_what_breaks_the_rules_of_the_descriptor) {
    glance_module wrong{.key = "g", .name = "Builds", .icon = {"https://a.example/i.png", ""}};
    EXPECT_TRUE(
        contains(error_of<config_error>([&] { return of_group().put(wrong); }), "glance.icon"));
    wrong.key = "no spaces";
    EXPECT_TRUE(contains(error_of<config_error>([&] { return of_group().put(wrong); }), "glance."));
    wrong.key = "..";
    EXPECT_TRUE(contains(error_of<config_error>([&] { return of_group().put(wrong); }), ".."));
    EXPECT_EQ(host_.count(scripted_host::token_path), 0U);
}

// proves: host 4 GET /extension/{kind}/{key}
TEST_F(module_calls, get_one_of_the_group) {
    host_says("extension/webPanel/p", panel);
    const web_panel_module found = result_of([&] { return of_group().web_panel("p"); });
    EXPECT_EQ(found.name.value, "Panel");
    EXPECT_EQ(found.url, "https://a.example/p");
    called("GET", "extension/webPanel/p", "admin_group");
}

// proves: host 4 GET /room/{r}/extension/{kind}/{key}
TEST_F(module_calls, get_one_of_a_room) {
    const std::string at = "room/4021/extension/";
    host_says(at + "glance/g", R"({"key":"g","name":{"value":"Builds"},)"
                               R"("icon":{"url":"https://a/i","url@2x":"https://a/i2"}})");
    host_says(at + "dialog/d", R"({"key":"d","title":{"value":"D"},"url":"https://a/d"})");
    host_says(at + "action/a", R"({"key":"a","name":{"value":"Do"},"target":"d",)"
                               R"("location":"hipchat.input.action"})");
    host_says(at + "externalPage/e", R"({"key":"e","url":"https://a/e"})");
    EXPECT_EQ(result_of([&] { return in_room().glance("g"); }).icon.url_2x, "https://a/i2");
    EXPECT_EQ(result_of([&] { return in_room().dialog("d"); }).title.value, "D");
    EXPECT_EQ(result_of([&] { return in_room().action("a"); }).location,
              action_module::place::input);
    EXPECT_EQ(result_of([&] { return in_room().external_page("e"); }).url, "https://a/e");
    called("GET", "room/4021/extension/glance/g", "admin_room");
}

constexpr const char* watch_at = "room/4021/extension/webhook/watch";

// proves: host 4 PUT /room/{r}/extension/webhook/{key}
TEST_F(module_calls, put_a_signed_webhook_in_a_room) {
    with_rules({.declared = {scope::admin_room}, .base_url = "https://a.example"});
    host_says(watch_at, 201);
    const webhook wanted{.event = "room_message",
                         .url = "/watch?name=a",
                         .pattern = "^!",
                         .name = "Watch",
                         .key = "watch"};
    result_of([&] { return in_room().put(wanted); });
    EXPECT_EQ(called("PUT", watch_at, "admin_room"),
              json::parse(R"({"event":"room_message","url":"https://a.example/watch?name=a",)"
                          R"("pattern":"^!","name":"Watch","key":"watch",)"
                          R"("authentication":"jwt"})"));
}

// proves: host 4 GET /room/{r}/extension/webhook/{key}
TEST_F(module_calls, get_a_webhook_of_a_room) {
    host_says(watch_at, R"({"event":"room_enter","url":"https://a.example/w","name":"Watch",)"
                        R"("key":"watch","authentication":"jwt"})");
    const webhook found = result_of([&] { return in_room().webhook("watch"); });
    EXPECT_EQ(found.event, "room_enter");
    EXPECT_EQ(found.url, "https://a.example/w");
    EXPECT_EQ(found.name, "Watch");
    EXPECT_EQ(found.key, "watch");
    EXPECT_EQ(found.authentication, authentication::jwt);
    called("GET", watch_at, "admin_room");
}

// proves: host 4 DELETE /room/{r}/extension/webhook/{key}
TEST_F(module_calls, remove_a_webhook_of_a_room) {
    host_says(watch_at, 204);
    result_of([&] { return in_room().remove_webhook("watch"); });
    called("DELETE", watch_at, "admin_room");
}

// proves: host 4 DELETE /extension/{kind}/{key}
TEST_F(module_calls, remove_those_of_the_group) {
    host_says("extension/glance/g", 204);
    result_of([&] { return of_group().remove_glance("g"); });
    called("DELETE", "extension/glance/g", "admin_group");
}

// proves: host 4 DELETE /room/{r}/extension/{kind}/{key}
TEST_F(module_calls, remove_those_of_a_room) {
    const std::string at = "room/4021/extension/";
    for (const char* kind : {"glance/g", "webPanel/p", "dialog/d", "action/a", "externalPage/e"})
        host_says(at + kind, 204);
    result_of([&] { return in_room().remove_glance("g"); });
    result_of([&] { return in_room().remove_web_panel("p"); });
    result_of([&] { return in_room().remove_dialog("d"); });
    result_of([&] { return in_room().remove_action("a"); });
    result_of([&] { return in_room().remove_external_page("e"); });
    for (const char* kind : {"glance/g", "webPanel/p", "dialog/d", "action/a", "externalPage/e"})
        called("DELETE", at + kind, "admin_room");
}

}  // namespace
}  // namespace hipchat::testing
