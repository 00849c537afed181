// Collects what everybody has done: by a command, in a dialog, from a message.

#include <hipchat/addon.hpp>
#include <hipchat/rest/rooms.hpp>

#include "pages.hpp"
#include "reports.hpp"

namespace {

namespace json = hipchat::json;
using hipchat::task;

hipchat::room room_of(const hipchat::page_request& page) {
    const auto room = page.room();
    if (!room) throw hipchat::bad_request("", "open this page in a room");
    return *room;
}

/// Who has reported today.
task<std::string> summary(hipchat::command_call& call) {
    const auto data = call.tenant().data();
    const auto settings = co_await standup::settings_of(data, call.room().id());
    const auto reports = co_await standup::reports_of(data, call.room().id());
    if (reports.empty()) co_return settings.title + ": nobody yet. Say /standup help";
    std::string said = settings.title + " of " + standup::today();
    for (const standup::report& one : reports)
        if (said.size() < 8000) said += "\n" + one.name + ": " + one.done;
    co_return said;
}

task<std::string> add(hipchat::command_call& call) {
    if (call.rest().empty()) co_return "Say what you have done: /standup add TEXT";
    const hipchat::person who = call.sender();
    try {
        co_await standup::add_line(call.tenant().data(), call.room().id(), std::to_string(who.id()),
                                   who.name(), call.rest());
    } catch (const hipchat::bad_request& full) {
        co_return full.what();
    }
    co_return "Noted, " + who.name();
}

/// Posts the person's report of today once more.
task<hipchat::notification> show(hipchat::command_call& call) {
    const auto data = call.tenant().data();
    const std::int64_t room = call.room().id();
    const auto written =
        co_await standup::report_of(data, room, std::to_string(call.sender().id()));
    if (written.done.empty()) co_return "You have not reported yet. Say /standup help";
    const auto settings = co_await standup::settings_of(data, room);
    co_return standup::shown(written, settings, room);
}

/// A page knows the id of whoever opened it; the host knows the name.
task<std::string> name_of_user(const hipchat::page_request& page) {
    const hipchat::rest::rooms rooms(page.tenant().rest());
    auto people = rooms.participants(room_of(page).id());
    while (const auto one = co_await people.next())
        if (std::to_string(one->id) == page.user_id()) co_return one->name;
    co_return "User " + page.user_id();
}

std::string text_in(const hipchat::page_request& page, std::string_view field) {
    std::string text = page.text(field);
    if (text.size() > standup::longest_text)
        throw hipchat::bad_request(std::string(field), "is too long; shorten it");
    return text;
}

/// The dialog's form arrives.
task<> take_report(hipchat::page_request& page) {
    standup::report written;
    written.done = text_in(page, "done");
    written.next = text_in(page, "next");
    written.blocked = text_in(page, "blocked");
    if (written.done.empty()) throw hipchat::bad_request("done", "say what you have done");
    written.name = co_await name_of_user(page);
    const hipchat::room room = room_of(page);
    const auto data = page.tenant().data();
    co_await standup::keep_report(data, room.id(), page.user_id(), written);
    const auto settings = co_await standup::settings_of(data, room.id());
    co_await room.send_notification(standup::shown(written, settings, room.id()));
}

/// The configuration page's form arrives.
task<hipchat::redirect> take_settings(hipchat::page_request& page) {
    standup::settings changed;
    changed.title = page.text("title");
    changed.hour = page.whole_number("hour");
    if (changed.title.empty() || changed.title.size() > 80)
        throw hipchat::bad_request("title", "write 1 to 80 characters");
    if (changed.hour < 1 || changed.hour > 24)
        throw hipchat::bad_request("hour", "write a number from 1 to 24");
    co_await standup::keep_settings(page.tenant().data(), room_of(page).id(), changed);
    co_return hipchat::redirect(page.link("/configure?saved=yes"));
}

void declare_commands(hipchat::addon& program) {
    program
        .command(
            {.name = "/standup", .description = "Shows who has reported today", .aliases = {"/su"}},
            summary)
        .sub({.name = "add", .usage = "TEXT", .description = "Adds a line to your report"}, add)
        .sub({.name = "show", .description = "Posts your report", .aliases = {"post"}}, show);
}

void declare_dialog(hipchat::addon& program) {
    const auto page =
        hipchat::page_template(standup::pages::report).with_part("style", standup::pages::style);
    hipchat::dialog_options options;
    options.size = hipchat::dialog_size{"480px", "360px"};
    options.primary_action = hipchat::dialog_button{.name = "Post", .key = "post"};
    program.dialog({.key = "report", .title = "Your report", .options = options},
                   [page](hipchat::page_request& request) -> task<hipchat::html> {
                       const auto written = co_await standup::report_of(
                           request.tenant().data(), room_of(request).id(), request.user_id());
                       const json::object data = {{"title", "Your report"},
                                                  {"done", written.done},
                                                  {"next", written.next},
                                                  {"blocked", written.blocked}};
                       co_return request.render(page, data);
                   });
    program.user_route("POST", "/report", take_report);

    // The two ways to it: from the input, and from a message, which the page gets as an event.
    program.action({.key = "write-standup",
                    .name = "Write your standup report",
                    .location = hipchat::action_module::place::input,
                    .target = {"report"}});
    program.action({.key = "add-to-standup",
                    .name = "Add to standup",
                    .target = {"report"},
                    .conditions = {{.id = "user_is_guest", .invert = true}}});
}

void declare_settings(hipchat::addon& program) {
    const auto page =
        hipchat::page_template(standup::pages::configure).with_part("style", standup::pages::style);
    hipchat::configurable about;
    about.allow_access_to_room_admins = true;
    program.configure_page(about, [page](hipchat::page_request& request) -> task<hipchat::html> {
        const auto settings =
            co_await standup::settings_of(request.tenant().data(), room_of(request).id());
        const json::object data = {{"title", settings.title},
                                   {"hour", settings.hour},
                                   {"saved", request.query("saved").has_value()}};
        co_return request.render(page, data);
    });
    program.route("POST", "/settings", take_settings);
}

}  // namespace

int main() {
    hipchat::addon program{{
        .key = "hipchat-standup",
        .name = "HipChat Standup",
        .description = "Collects what everybody has done",
        .scopes = {hipchat::scope::send_notification, hipchat::scope::view_room},
    }};
    declare_commands(program);
    declare_dialog(program);
    declare_settings(program);
    return hipchat::run(program);
}
