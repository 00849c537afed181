#include <chrono>

#include <hipchat/addon.hpp>
#include <hipchat/data.hpp>
#include <hipchat/json.hpp>

namespace {

// [data]
hipchat::task<std::string> count(hipchat::room_message& event) {
    const auto data = event.tenant().data();
    const std::int64_t messages = co_await data.add("messages");
    const hipchat::json::value last(event.text());
    co_await data.set("last", last);
    co_return std::to_string(messages);
}
// [/data]

// [update]
hipchat::task<> remember(const hipchat::tenant& tenant, std::string name) {
    const auto append = [name](hipchat::json::value current) {
        if (!current.is_array()) current = hipchat::json::array();
        current.as_array().emplace_back(name);
        return current;
    };
    const std::function<hipchat::json::value(hipchat::json::value)> change = append;
    co_await tenant.data().update("people", change);
}
// [/update]

// [range]
hipchat::task<std::string> best(hipchat::tenant tenant) {
    std::string winner = "nobody";
    std::int64_t most = 0;
    hipchat::data_range scores = tenant.data().all("score:");
    while (auto one = co_await scores.next()) {
        if (one->value.as_int64() <= most) continue;
        most = one->value.as_int64();
        winner = one->key.substr(6);
    }
    co_return winner;
}
// [/range]

// [lifecycle]
void follow(hipchat::addon& bot) {
    bot.on_installed([](hipchat::installed& event) -> hipchat::task<> {
        if (const auto room = event.room()) co_await room->send_notification("Hello, room");
    });
    bot.on_uninstalled([](hipchat::uninstalled& event) {
        // Its data can still be read, for as long as AC_DATA_GRACE says.
        static_cast<void>(event.tenant().oauth_id());
    });
}
// [/lifecycle]

}  // namespace

int main() {
    // [redirect]
    hipchat::addon bot{{.key = "docs.tenants",
                        .name = "Tenants",
                        .scopes = {hipchat::scope::send_notification},
                        .installable = {.installed_url = "/installed",
                                        .updated_url = "/updated",
                                        .uninstalled_url = "/uninstalled"}}};
    // [/redirect]
    follow(bot);
    bot.on_message("^/count", count);
    bot.on_message("^/best", [](hipchat::room_message& event) { return best(event.tenant()); });
    bot.on_message("^/me", [](hipchat::room_message& event) -> hipchat::task<> {
        co_await remember(event.tenant(), event.sender().name());
    });
    return hipchat::run(bot);
}
