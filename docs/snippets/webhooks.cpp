#include <hipchat/addon.hpp>
#include <hipchat/data.hpp>
#include <hipchat/json.hpp>

namespace {

// [first]
void greet(hipchat::addon& bot) {
    bot.on_room_enter([](hipchat::room_enter& event) -> hipchat::task<> {
        co_await event.room().send_notification("hi: " + event.sender().name());
    });
}
// [/first]

// [answers]
void answer(hipchat::addon& bot) {
    bot.on_message("^/ping", [](hipchat::room_message&) { return "pong"; });
    bot.on_message("^/toss",
                   [](hipchat::room_message& event) -> hipchat::task<hipchat::notification> {
                       const std::int64_t number = event.sender().id() % 2;
                       co_return hipchat::notification(number == 0 ? "heads" : "tails")
                           .in(hipchat::color::green);
                   });
    bot.on_message("^/deploy", [](hipchat::room_message& event) -> hipchat::task<> {
        co_await event.room().send_notification("Deploying");
        co_await event.room().send_notification("Done");
    });
}
// [/answers]

// [patterns]
void count(hipchat::addon& bot) {
    bot.on_message(R"((?i)\b(?P<who>\w+)(\+\+|--))", [](hipchat::room_message& event) {
        const std::string who(event.match()["who"]);
        return who + (event.match()[2] == "++" ? " gains a point" : " loses a point");
    });
}
// [/patterns]

// [durable]
void take_orders(hipchat::addon& bot) {
    bot.on_message("^/order",
                   [](hipchat::room_message& event) -> hipchat::task<> {
                       if (event.attempt() > 1) event.log().info("once more");
                       co_await event.room().send_notification("Ordered");
                   })
        .durable();
}
// [/durable]

// [events]
void listen(hipchat::addon& bot) {
    bot.on_room_topic_change([](hipchat::room_topic_change& event) {
        return event.sender().name() + " changed the topic to: " + event.topic();
    });
    bot.on_room_file_upload([](hipchat::room_file_upload& event) {
        return event.file().name + ", " + std::to_string(event.file().size) + " bytes";
    });
    bot.on_message([](hipchat::room_message& event) {
        const hipchat::message said = event.message();
        for (const hipchat::person& one : said.mentions)
            if (one.mention_name() == "bot") return hipchat::notification("You called?");
        return hipchat::notification("heard " + std::to_string(said.links.size()) + " links");
    });
}
// [/events]

// [json]
std::string kind_of_room(const hipchat::webhook_event& event) {
    const hipchat::json::value* kind = event.json().at("item").as_object().if_contains("kind");
    return kind != nullptr && kind->is_string() ? std::string(kind->as_string()) : "plain";
}
// [/json]

// [dynamic]
void record(hipchat::addon& bot) {
    bot.dynamic_webhook<hipchat::room_message>(
        "record", [](hipchat::room_message& event) -> hipchat::task<> {
            co_await event.tenant().data().add("todos:" + event.added_as());
        });
    bot.command("/record", [](hipchat::command_call& call) -> hipchat::task<hipchat::notification> {
        const std::string id = co_await call.room().add_webhook("record", "(?i)todo");
        co_return hipchat::notification("Recording as " + id);
    });
    bot.command("/stop", [](hipchat::command_call& call) -> hipchat::task<hipchat::notification> {
        const std::vector<hipchat::added_webhook> all = co_await call.room().webhooks();
        for (const hipchat::added_webhook& one : all)
            co_await call.room().remove_webhook(one.id);
        co_return hipchat::notification("Stopped");
    });
}
// [/dynamic]

}  // namespace

int main() {
    hipchat::addon bot{{.key = "docs.webhooks",
                        .name = "Webhooks",
                        .scopes = {hipchat::scope::send_notification, hipchat::scope::admin_room}}};
    greet(bot);
    answer(bot);
    count(bot);
    listen(bot);
    record(bot);
    take_orders(bot);
    bot.on_room_exit(
        [](hipchat::room_exit& event) { return "left a room: " + kind_of_room(event); });
    return hipchat::run(bot);
}
