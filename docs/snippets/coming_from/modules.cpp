// Everything that an add-on can show: glance, panel, dialog, actions, external and configuration
// pages, with a template, a page's token and a call of the page.

#include <hipchat/addon.hpp>
#include <hipchat/data.hpp>
#include <hipchat/json.hpp>

namespace {

// [template]
hipchat::page_template page() {
    return hipchat::page_template(
        R"(<p>{{who}}</p><form method="post" action="{{base}}/call">
<input type="hidden" name="signed_request" value="{{token}}"></form>{{{connect}}})");
}
// [/template]

// [configure]
hipchat::task<hipchat::response> configure(hipchat::page_request& request) {
    const auto stored = co_await request.tenant().data().get("greeting");
    co_return stored ? std::string(stored->as_string()) : std::string("hi");
}

hipchat::task<hipchat::response> save(hipchat::page_request& request) {
    const hipchat::json::value greeting(request.text("greeting"));
    co_await request.tenant().data().set("greeting", greeting);
    co_return hipchat::redirect(request.link("/configure"));
}
// [/configure]

}  // namespace

int main() {
    hipchat::addon shown{{.key = "peers.modules", .name = "Modules"}};

    // [glance]
    shown.glance({.key = "glance",
                  .name = "Glance",
                  .icon = {"/icon.png", "/icon@2x.png"},
                  .target = hipchat::module_target{.key = "panel"}},
                 [](hipchat::glance_query& query) {
                     return hipchat::glance("for " + query.user_id())
                         .lozenge("NEW", hipchat::lozenge_type::current);
                 });
    // [/glance]

    // [panel]
    shown.web_panel({.key = "panel", .name = "Panel"},
                    [made = page()](hipchat::page_request& request) {
                        const hipchat::json::object data{{"who", "<" + request.user_id() + ">"}};
                        return request.render(made, data);
                    });
    // [/panel]

    // [more]
    shown.dialog({.key = "dialog", .title = "Dialog"},
                 [](hipchat::page_request&) { return hipchat::html("<h1>Dialog</h1>"); });
    shown.action({.key = "action", .name = "Act", .target = {.key = "dialog"}});
    shown.external_page({.key = "external", .name = "External"},
                        [](hipchat::page_request&) { return hipchat::html("<h1>Alone</h1>"); });
    // [/more]

    shown.configure_page(configure);
    shown.user_route("POST", "/configure", save);

    // [call]
    shown.route("POST", "/call", [](hipchat::page_request& request) {
        const auto room = request.room();
        hipchat::json::object said{{"user", request.user_id()}, {"room", room ? room->id() : 0}};
        return hipchat::response(said);
    });
    // [/call]
    return hipchat::run(shown);
}
