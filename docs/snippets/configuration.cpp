#include <hipchat/addon.hpp>
#include <hipchat/data.hpp>
#include <hipchat/json.hpp>

namespace {

// [page]
hipchat::page_template settings_page() {
    return hipchat::page_template(R"(<!doctype html>
<head><title>Greeter</title>{{{connect}}}</head>
<body>
  <form method="post" action="{{base}}/configure">
    <label>Greeting <input name="greeting" value="{{greeting}}"></label>
    <button>Save</button>
  </form>
</body>)");
}

hipchat::task<std::string> greeting_of(const hipchat::tenant& tenant) {
    const auto stored = co_await tenant.data().get("greeting");
    co_return stored ? std::string(stored->as_string()) : "hi";
}

hipchat::task<hipchat::response> show(const hipchat::page_template& page,
                                      hipchat::page_request& request) {
    const std::string greeting = co_await greeting_of(request.tenant());
    const hipchat::json::object data{{"greeting", greeting}};
    co_return request.render(page, data);
}

hipchat::task<hipchat::response> save(hipchat::page_request& request) {
    const std::string greeting = request.text("greeting");
    if (greeting.empty()) throw hipchat::bad_request("greeting", "is empty; say something");
    const hipchat::json::value value(greeting);
    co_await request.tenant().data().set("greeting", value);
    co_return hipchat::redirect(request.link("/configure"));
}

void declare(hipchat::addon& greeter) {
    greeter.configure_page(
        [page = settings_page()](hipchat::page_request& request) { return show(page, request); });
    greeter.user_route("POST", "/configure", save);
    greeter.on_room_enter([](hipchat::room_enter& event) -> hipchat::task<> {
        const std::string greeting = co_await greeting_of(event.tenant());
        co_await event.room().send_notification(greeting + ": " + event.sender().name());
    });
}
// [/page]

// [rooms]
std::string key_of(const std::optional<hipchat::room>& room) {
    return room ? "room:" + std::to_string(room->id()) : "group";
}
// [/rooms]

// [admin]
void declare_admin(hipchat::addon& greeter) {
    greeter.admin_page([](hipchat::page_request& request) {
        return hipchat::html("<h1>" + hipchat::escape_html(request.tenant().group_name())
                             + "</h1>");
    });
}
// [/admin]

}  // namespace

int main() {
    hipchat::addon greeter{{.key = "docs.configuration",
                            .name = "Greeter",
                            .scopes = {hipchat::scope::send_notification}}};
    declare(greeter);
    declare_admin(greeter);
    greeter.user_route("GET", "/key",
                       [](hipchat::page_request& request) { return key_of(request.room()); });
    return hipchat::run(greeter);
}
