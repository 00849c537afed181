// Records what is said in a room while an incident is open there, and shows everybody its state.

#include <chrono>
#include <cstdlib>
#include <hipchat/addon.hpp>

#include "incidents.hpp"
#include "pages.hpp"

namespace {

namespace json = hipchat::json;
using hipchat::task;
using incidents::incident;

const std::string glance_key = "incident";
const std::string recorder = "record";

hipchat::glance shown(const std::optional<incident>& latest) {
    if (!latest || latest->closed != 0)
        return hipchat::glance("No incident").lozenge("ok", hipchat::lozenge_type::success);
    return hipchat::glance(latest->title)
        .lozenge(incidents::age_of(*latest), hipchat::lozenge_type::error);
}

/// Shows the state to all in the room. Where that fails, clients ask for the glance by themselves.
task<> push(hipchat::room room, incident now) {
    try {
        co_await room.push_glance(glance_key, shown(now));
    } catch (const hipchat::error&) {
    }
}

/// Listens there no longer: what the host cannot be told now is refused from here on.
task<> stop_listening(hipchat::room room) {
    try {
        const auto webhooks = co_await room.webhooks();
        for (const hipchat::added_webhook& one : webhooks)
            co_await room.remove_webhook(one.id);
    } catch (const hipchat::api_error&) {
    } catch (const hipchat::transport_error&) {
    }
}

task<std::optional<incident>> end(hipchat::tenant tenant, hipchat::room room) {
    auto ended = co_await incidents::close(tenant.data(), room.id());
    if (!ended) co_return std::nullopt;
    co_await push(room, *ended);
    co_await stop_listening(room);
    co_return ended;
}

task<std::string> say_state(hipchat::command_call& call) {
    const auto latest = co_await incidents::latest_in(call.tenant().data(), call.room().id());
    if (!latest || latest->closed != 0) co_return "No incident is open. Say /incident open TITLE";
    co_return "Open for " + incidents::age_of(*latest) + ": " + latest->title;
}

task<std::string> open_incident(hipchat::command_call& call) {
    const hipchat::room room = call.room();
    incident begun;
    begun.room = room.id();
    begun.title = call.rest();
    begun.opened_by = call.sender().name();
    begun.opened = incidents::now();
    if (begun.title.empty() || begun.title.size() > 200)
        co_return "Say what is wrong, in at most 200 letters: /incident open TITLE";
    const bool first = co_await incidents::open(call.tenant().data(), begun);
    if (!first) co_return co_await say_state(call);
    co_await push(room, begun);
    try {
        co_await room.add_webhook(recorder);
    } catch (const hipchat::api_error& refused) {
        call.log().warning("the room is not recorded", {{"error", refused.what()}});
        co_return "Incident: " + begun.title + " (nothing is recorded: the host does not allow it)";
    }
    co_return "Incident: " + begun.title + ". What is said from now on is in its timeline.";
}

task<std::string> close_incident(hipchat::command_call& call) {
    const auto ended = co_await end(call.tenant(), call.room());
    co_return ended ? "Closed after " + incidents::age_of(*ended) + ": " + ended->title
                    : "No incident is open.";
}

/// Something is said in a room that has an incident.
task<> record(hipchat::room_message& event) {
    const auto data = event.tenant().data();
    const auto latest = co_await incidents::latest_in(data, event.room().id());
    if (latest && latest->closed == 0) {
        const auto at = event.message().date.value_or(hipchat::time_point());
        const incidents::line said{at.time_since_epoch().count(), event.sender().name(),
                                   event.text()};
        co_await incidents::record(data, *latest, event.message().id, said);
    } else {
        co_await event.room().remove_webhook(event.added_as());  // what a broken closing left
    }
}

/// Shows how old the open incidents have become.
task<> age(hipchat::background& work) {
    auto all = work.tenants().all();
    while (const auto tenant = co_await all.next()) {
        const auto latest = co_await incidents::latest(tenant->data());
        for (const incident& one : latest)
            if (one.closed == 0) co_await push(tenant->room(one.room), one);
    }
}

/// How often they age: INCIDENT_INTERVAL, in seconds.
std::chrono::seconds ageing_interval() {
    const char* const given = std::getenv("INCIDENT_INTERVAL");
    return std::chrono::seconds(given == nullptr ? 60 : std::stoi(given));
}

json::object row(const incident& one) {
    return {{"room", one.room},
            {"title", one.title},
            {"opened_by", one.opened_by},
            {"date", incidents::date_of(one.opened)},
            {"age", incidents::age_of(one)},
            {"open", one.closed == 0}};
}

/// What the timeline's page shows.
task<json::object> timeline(const hipchat::page_request& page) {
    json::object data = {{"title", "No incident"}, {"again", page.link(page.path())}};
    const auto room = page.room();
    if (!room) throw hipchat::bad_request("", "open this page in a room");
    const auto latest = co_await incidents::latest_in(page.tenant().data(), room->id());
    if (!latest) co_return data;
    data["title"] = latest->title;
    data["incident"] = row(*latest);
    json::array& lines = data["lines"].emplace_array();
    const auto said = co_await incidents::timeline(page.tenant().data(), *latest);
    for (const incidents::line& one : said)
        lines.push_back(json::object{{"date", incidents::date_of(one.at / 1'000'000)},
                                     {"name", one.name},
                                     {"text", one.text}});
    co_return data;
}

/// What the administrator's page shows.
task<json::object> overview(const hipchat::page_request& page) {
    json::array rows;
    const auto latest = co_await incidents::latest(page.tenant().data());
    for (const incident& one : latest)
        rows.push_back(row(one));
    co_return json::object{{"incidents", std::move(rows)}};
}

void declare_command(hipchat::addon& program) {
    program
        .command({.name = "/incident", .description = "Says whether an incident is open"},
                 say_state)
        .sub({.name = "open", .usage = "TITLE", .description = "Opens one in this room"},
             open_incident)
        .sub({.name = "close", .description = "Closes it"}, close_incident);
    program.dynamic_webhook<hipchat::room_message>(recorder, record);
}

void declare_glance(hipchat::addon& program) {
    program.glance({.key = glance_key,
                    .name = "Incident",
                    .icon = {"/icon.svg", "/icon.svg"},
                    .target = hipchat::module_target{"timeline"}},
                   [](hipchat::glance_query& query) -> task<hipchat::glance> {
                       const auto room = query.room();
                       if (!room) co_return shown(std::nullopt);
                       const auto data = query.tenant().data();
                       const auto latest = co_await incidents::latest_in(data, room->id());
                       co_return shown(latest);
                   });
    program.anonymous_route("GET", "/icon.svg", [](hipchat::anonymous_request&) {
        return hipchat::response::of("image/svg+xml", incidents::pages::icon);
    });
    program.on_start(age).every(ageing_interval(), age);
}

void declare_pages(hipchat::addon& program) {
    const auto page_of = [](const char* text) {
        return hipchat::page_template(text).with_part("style", incidents::pages::style);
    };
    program.external_page({.key = "timeline", .name = "Incident"},
                          [page = page_of(incidents::pages::timeline)](
                              hipchat::page_request& request) -> task<hipchat::html> {
                              const json::object data = co_await timeline(request);
                              co_return request.render(page, data);
                          });
    program.admin_page([page = page_of(incidents::pages::admin)](
                           hipchat::page_request& request) -> task<hipchat::html> {
        const json::object data = co_await overview(request);
        co_return request.render(page, data);
    });
    program.user_route("POST", "/close",
                       [](hipchat::page_request& request) -> task<hipchat::redirect> {
                           const auto tenant = request.tenant();
                           const std::int64_t room = request.whole_number("room");
                           const auto latest = co_await incidents::latest_in(tenant.data(), room);
                           if (!latest) throw hipchat::bad_request("room", "never had an incident");
                           co_await end(tenant, tenant.room(room));
                           co_return hipchat::redirect(request.link("/admin"));
                       });
}

}  // namespace

int main() {
    using hipchat::scope;
    hipchat::addon program{{
        .key = "hipchat-incident",
        .name = "HipChat Incident",
        .description = "Records what is said while something is broken",
        .scopes = {scope::send_notification, scope::view_room, scope::admin_room},
    }};
    declare_command(program);
    declare_glance(program);
    declare_pages(program);
    return hipchat::run(program);
}
