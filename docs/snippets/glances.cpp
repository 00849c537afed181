#include <hipchat/addon.hpp>
#include <hipchat/json.hpp>

namespace {

int open_issues(const hipchat::tenant&) {
    return 5;
}

void declare(hipchat::addon& bot) {
    // [glance]
    bot.glance({.key = "issues",
                .name = "Issues",
                .icon = {"/static/issues.png", "/static/issues@2x.png"}},
               [](hipchat::glance_query& query) {
                   const int open = open_issues(query.tenant());
                   return hipchat::glance(std::to_string(open) + " open")
                       .lozenge(open > 3 ? "BUSY" : "FINE", open > 3
                                                                ? hipchat::lozenge_type::error
                                                                : hipchat::lozenge_type::success);
               });
    // [/glance]

    // [target]
    bot.glance({.key = "builds",
                .name = "Builds",
                .icon = {"/static/builds.png", "/static/builds@2x.png"},
                .target = hipchat::module_target{.key = "board"},
                .conditions = {{.id = "user_is_guest", .invert = true}}},
               [](hipchat::glance_query&) -> hipchat::task<hipchat::glance> {
                   co_return hipchat::glance::html("<b>812</b> is green")
                       .icon("/static/green.png", "/static/green@2x.png")
                       .metadata("red", 0);
               });
    bot.web_panel({.key = "board", .name = "Board"},
                  [](hipchat::page_request&) { return hipchat::html("<h1>Builds</h1>"); });
    // [/target]

    // [static]
    bot.glance({.key = "help",
                .name = "How builds work",
                .icon = {"/static/help.png", "/static/help@2x.png"},
                .target = hipchat::module_target{.key = "board"}});
    // [/static]
    bot.static_files("/static", "static");

    // [push]
    bot.on_message("#issue", [](hipchat::room_message& event) -> hipchat::task<> {
        const int open = open_issues(event.tenant());
        co_await event.room().push_glance("issues", std::to_string(open) + " open");
    });
    // [/push]
}

}  // namespace

int main() {
    hipchat::addon bot{
        {.key = "docs.glances", .name = "Glances", .scopes = {hipchat::scope::view_room}}};
    declare(bot);
    return hipchat::run(bot);
}
