#include <hipchat/addon.hpp>
#include <hipchat/json.hpp>

namespace {

void declare(hipchat::addon& bot) {
    // [post]
    bot.on_room_enter([](hipchat::room_enter& event) -> hipchat::task<> {
        hipchat::notification greeting("hi: " + event.sender().name());
        greeting.in(hipchat::color::green).notify();
        co_await event.room().send_notification(greeting);
    });
    // [/post]

    // [answer]
    bot.on_message("^/ping", [](hipchat::room_message&) {
        return hipchat::notification("pong").in(hipchat::color::purple);
    });
    // [/answer]

    // [html]
    bot.on_message("^/who", [](hipchat::room_message& event) {
        return hipchat::notification::html("You are <b>"
                                           + hipchat::escape_html(event.sender().name()) + "</b>");
    });
    // [/html]

    // [errors]
    bot.on_room_exit([](hipchat::room_exit& event) -> hipchat::task<> {
        try {
            co_await event.room().send_notification("bye, " + event.sender().name());
        } catch (const hipchat::rate_limited&) {
            // A farewell is not worth the wait.
        }
    });
    // [/errors]
}

// [card]
hipchat::card build_card() {
    return hipchat::card::application("build/812", "Build 812 failed")
        .description("2 of 947 tests failed")
        .url("https://ci.example.com/812")
        .icon("https://ci.example.com/icon.png")
        .attribute("status", "FAILED", hipchat::lozenge_type::error)
        .attribute("branch", "main")
        .activity("<b>Build 812</b> failed");
}

hipchat::task<> report(const hipchat::room& room) {
    hipchat::notification failed("Build 812 failed: https://ci.example.com/812");
    failed.in(hipchat::color::red).card(build_card());
    co_await room.send_notification(failed);
}
// [/card]

// [styles]
hipchat::card styles() {
    auto picture = hipchat::card_thumbnail("https://ci.example.com/graph.png")
                       .dense("https://ci.example.com/graph@2x.png")
                       .sized(300, 200);
    return hipchat::card::link("post/7", "What we learnt", "https://blog.example.com/7")
        .description("A year of <b>builds</b>", hipchat::message_format::html)
        .thumbnail(picture)
        .attribute(hipchat::card_attribute("Ada")
                       .label("author")
                       .url("https://blog.example.com/ada")
                       .icon("https://blog.example.com/ada.png"))
        .metadata("post", 7);
}
// [/styles]

}  // namespace

int main() {
    hipchat::addon bot{{.key = "docs.notifications",
                        .name = "Notifications",
                        .scopes = {hipchat::scope::send_notification}}};
    declare(bot);
    bot.on_installed([](hipchat::installed& event) -> hipchat::task<> {
        if (const auto room = event.room()) co_await report(*room);
    });
    bot.on_message("^/card", [](hipchat::room_message&) {
        return hipchat::notification("A post").card(styles());
    });
    return hipchat::run(bot);
}
