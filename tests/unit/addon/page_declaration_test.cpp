// What one declaration of a module leaves behind, and what is refused before anything is served.

#include <gtest/gtest.h>

#include "addon/completed.hpp"
#include "addon/declaration.hpp"
#include "hipchat/addon.hpp"
#include "hipchat/json.hpp"
#include "protocol/descriptor.hpp"
#include "support/contains.hpp"

namespace hipchat::addons {
namespace {

using testing::contains;

addon empty_addon() {
    return addon({.key = "sample", .name = "Sample", .scopes = {scope::view_room}});
}

html page(page_request&) {
    return html("<p>page</p>");
}

json::object capabilities_of(const addon& program) {
    const auto made = complete(program.declared(), settings(), 5000);
    return protocol::write_descriptor(made.value).at("capabilities").as_object();
}

std::string error_of(const addon& program) {
    try {
        complete(program.declared(), settings(), 5000);
    } catch (const config_error& wrong) {
        return wrong.what();
    }
    return "no error";
}

template <class Declare>
std::string error_of_declaring(Declare declare) {
    addon program = empty_addon();
    try {
        declare(program);
    } catch (const config_error& wrong) {
        return wrong.what();
    }
    return "no error";
}

std::vector<std::string> routes_of(const addon& program) {
    std::vector<std::string> found;
    for (const detail::page_route& one : program.declared().page_routes)
        found.push_back(one.method + " " + one.path);
    return found;
}

const icon picture{"/static/i.png", "/static/i@2x.png"};

// proves: addon 1.6 webPanel; addon 1.10 leaf; addon 1.1 weight
TEST(declared_page, of_a_web_panel_has_all_that_was_said) {
    addon program = empty_addon();
    program.web_panel({.key = "board",
                       .name = "Board",
                       .icon = picture,
                       .weight = 7,
                       .conditions = {{.id = "user_is_guest", .invert = true}}},
                      page);
    EXPECT_EQ(routes_of(program), std::vector<std::string>{"GET /webpanel/board"});
    EXPECT_EQ(capabilities_of(program).at("webPanel"), json::parse(R"([{
        "key": "board", "name": {"value": "Board"}, "weight": 7,
        "url": "http://localhost:5000/webpanel/board",
        "location": "hipchat.sidebar.right",
        "icon": {"url": "http://localhost:5000/static/i.png",
                 "url@2x": "http://localhost:5000/static/i@2x.png"},
        "conditions": [{"condition": "user_is_guest", "invert": true}]}])"));
}

// proves: addon 1.7 dialog; addon 7.1 templates
TEST(declared_page, of_a_dialog_keeps_its_options_and_the_templates_of_its_url) {
    addon program = empty_addon();
    program.dialog({.key = "snippet",
                    .title = "Snippet",
                    .url = "/snippet/{id}?text={message.body}",
                    .options = dialog_options{.size = "large", .hint = "A hint"}},
                   page);
    EXPECT_EQ(routes_of(program), std::vector<std::string>{"GET /snippet/{id}"});
    EXPECT_EQ(capabilities_of(program).at("dialog"), json::parse(R"([{
        "key": "snippet", "title": {"value": "Snippet"},
        "url": "http://localhost:5000/snippet/{id}?text={message.body}",
        "options": {"size": "large", "hint": {"value": "A hint"}}}])"));
}

// proves: addon 1.8 action; addon 7.4 actions; addon 1.1 target
TEST(declared_page, is_opened_by_actions_of_messages_and_of_the_input) {
    addon program = empty_addon();
    program.dialog({.key = "quote", .title = "Quote"}, page);
    program.action({.key = "quote-it",
                    .name = "Quote it",
                    .target = {.key = "quote"},
                    .conditions = {{.id = "message_contains_link"}}});
    program.action({.key = "new-quote",
                    .name = "New quote",
                    .location = action_module::place::input,
                    .target = {.key = "quote", .options = R"({"a":1})"},
                    .weight = 3});
    EXPECT_EQ(capabilities_of(program).at("action"), json::parse(R"([
        {"key": "quote-it", "name": {"value": "Quote it"}, "location": "hipchat.message.action",
         "target": "quote", "conditions": [{"condition": "message_contains_link"}]},
        {"key": "new-quote", "name": {"value": "New quote"}, "location": "hipchat.input.action",
         "target": {"key": "quote", "options": {"a": 1}}, "weight": 3}])"));
    EXPECT_EQ(routes_of(program), std::vector<std::string>{"GET /dialog/quote"});
}

// proves: addon 1.9 externalPage; addon 1.9 configurable; addon 1.9 adminPage
TEST(declared_page, of_administration_lies_where_others_have_it) {
    addon program = empty_addon();
    program.external_page({.key = "report", .name = "Report"}, page)
        .configure_page({.allow_access_to_room_admins = true}, page)
        .admin_page(page);
    const json::object all = capabilities_of(program);
    EXPECT_EQ(all.at("externalPage"), json::parse(R"([{"key": "report",
        "name": {"value": "Report"}, "url": "http://localhost:5000/page/report"}])"));
    EXPECT_EQ(all.at("configurable"), json::parse(R"({"url": "http://localhost:5000/configure",
        "allowAccessToRoomAdmins": true})"));
    EXPECT_EQ(all.at("adminPage"), json::parse(R"({"url": "http://localhost:5000/admin"})"));
    EXPECT_EQ(routes_of(program),
              (std::vector<std::string>{"GET /page/report", "GET /configure", "GET /admin"}));
}

// proves: addon 1.1 unique keys
TEST(declared_page, shares_its_key_with_no_other_module) {
    addon program = empty_addon();
    program.web_panel({.key = "board", .name = "Board"}, page);
    program.dialog({.key = "board", .title = "Board"}, page);
    EXPECT_TRUE(contains(error_of(program), "'board' is the key of another module"));
}

// proves: addon 1.1 module key
TEST(declared_page, has_a_key_that_is_one) {
    for (const char* key : {"", "a b", "a/b", "ü", "12345678901234567890123456789012345678901"}) {
        addon program = empty_addon();
        program.external_page({.key = key, .url = "/page"}, page);
        EXPECT_TRUE(contains(error_of(program), "'" + std::string(key) + "' must be 1 to 40"))
            << error_of(program);
    }
}

TEST(declared_page, is_there_when_an_action_names_it) {
    addon program = empty_addon();
    program.action({.key = "go", .name = "Go", .target = {.key = "nowhere"}});
    EXPECT_TRUE(contains(error_of(program), "names 'nowhere', a module that this add-on does not"));
}

TEST(declared_page, lies_below_the_base_url_and_beside_the_librarys_own) {
    for (const char* url : {"https://elsewhere.test/p", "panel", "//evil.test/p",
                            "/addon/descriptor", "/addon/anything", "/a b", "/ü", "?x"})
        EXPECT_TRUE(contains(error_of_declaring([&](addon& program) {
                                 program.web_panel({.key = "p", .name = "P", .url = url}, page);
                             }),
                             "web panel 'p': "))
            << url;
}

TEST(declared_page, is_signed_by_the_host) {
    EXPECT_TRUE(contains(error_of_declaring([](addon& program) {
                             program.dialog(
                                 {.key = "d", .title = "D", .authentication = authentication::none},
                                 page);
                         }),
                         "dialog 'd': a page with a handler is signed by the host"));
}

TEST(declared_page, of_administration_is_one_of_its_kind) {
    EXPECT_TRUE(contains(error_of_declaring([](addon& program) {
                             program.configure_page(page).configure_page(page);
                         }),
                         "configure page: there is one already"));
    EXPECT_TRUE(contains(
        error_of_declaring([](addon& program) { program.admin_page(page).admin_page(page); }),
        "admin page: there is one already"));
}

TEST(declared_route, has_a_method_and_a_plain_path) {
    const auto declaring = [](const char* method, const char* path) {
        return error_of_declaring(
            [&](addon& program) { program.route(method, path, [](page_request&) {}); });
    };
    EXPECT_EQ(declaring("GET", "/api/leaders"), "no error");
    EXPECT_EQ(declaring("DELETE", "/api/leaders/{name}"), "no error");
    EXPECT_TRUE(contains(declaring("get", "/api"), "the method must be"));
    EXPECT_TRUE(contains(declaring("HEAD", "/api"), "the method must be"));
    EXPECT_TRUE(contains(declaring("GET", "api"), "is not a path"));
    EXPECT_TRUE(contains(declaring("GET", "/api?x=1"), "has no query"));
    EXPECT_TRUE(contains(declaring("GET", "/addon/x"), "are the library's"));
}

TEST(declared_static_files, lie_below_a_plain_path) {
    const auto declaring = [](const char* path) {
        return error_of_declaring([&](addon& program) { program.static_files(path, "/tmp"); });
    };
    EXPECT_EQ(declaring("/static"), "no error");
    EXPECT_EQ(declaring("/static/"), "no error");
    for (const char* path : {"/", "", "static", "/s/{x}", "/s?x", "/addon"})
        EXPECT_TRUE(contains(declaring(path), "static files")) << path;
}

}  // namespace
}  // namespace hipchat::addons
