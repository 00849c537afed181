// Counts name++ and name--, and shows who leads.

#include <algorithm>
#include <cstdint>
#include <hipchat/addon.hpp>
#include <hipchat/data.hpp>
#include <string>
#include <vector>

#include "pages.hpp"

namespace {

namespace json = hipchat::json;
using hipchat::task;

// A name of at most 60 characters, perhaps mentioned, and what it gets: a word of its own.
constexpr auto name_and_change = R"((?:^|\s)@?([^\s@+-][^\s+]{0,59}?)(\+\+|--)(?:\s|$))";

const std::string key_prefix = "karma:";

struct score {
    std::string name = {};
    std::int64_t points = 0;
};

/// Everybody's karma, the best first.
task<std::vector<score>> scores_in(hipchat::tenant_data data) {
    std::vector<score> all;
    hipchat::data_range stored = data.all(key_prefix);
    while (const auto one = co_await stored.next())
        all.push_back({one->key.substr(key_prefix.size()), one->value.as_int64()});
    std::ranges::stable_sort(all, std::ranges::greater(), &score::points);
    co_return all;
}

task<std::string> count(hipchat::room_message& event) {
    const std::string name(event.match()[1]);
    const bool up = event.match()[2] == "++";
    if (up && name == event.sender().mention_name())
        co_return "Nobody gives karma to themselves, " + name + ".";
    const std::int64_t points = co_await event.tenant().data().add(key_prefix + name, up ? 1 : -1);
    co_return name + (up ? " rises to " : " falls to ") + std::to_string(points);
}

task<hipchat::glance> leader(hipchat::glance_query& query) {
    const std::vector<score> all = co_await scores_in(query.tenant().data());
    if (all.empty()) co_return "No karma yet";
    co_return hipchat::glance(all.front().name).lozenge(std::to_string(all.front().points));
}

task<json::object> leaders(hipchat::tenant_data data) {
    std::vector<score> best = co_await scores_in(std::move(data));
    if (best.size() > 10) best.resize(10);
    json::array rows;
    for (const score& one : best)
        rows.push_back(json::object{{"name", one.name}, {"points", one.points}});
    co_return json::object{{"leaders", std::move(rows)}};
}

}  // namespace

int main() {
    hipchat::addon program{{
        .key = "hipchat-karma",
        .name = "HipChat Karma",
        .description = "Counts name++ and name--, and shows who leads",
        .scopes = {hipchat::scope::send_notification},
    }};
    const hipchat::page_template rows(karma::pages::leaders);
    const auto panel =
        hipchat::page_template(karma::pages::panel).with_part("leaders", karma::pages::leaders);

    program.on_message(name_and_change, count);

    program.glance({.key = "karma",
                    .name = "Karma",
                    .icon = {"/icon.svg", "/icon.svg"},
                    .target = hipchat::module_target{"leaderboard"}},
                   leader);

    program.web_panel({.key = "leaderboard", .name = "Karma"},
                      [panel](hipchat::page_request& page) -> task<hipchat::html> {
                          const json::object data = co_await leaders(page.tenant().data());
                          co_return page.render(panel, data);
                      });

    // What the panel asks for when somebody's karma has changed.
    program.route("GET", "/leaders", [rows](hipchat::page_request& page) -> task<hipchat::html> {
        const json::object data = co_await leaders(page.tenant().data());
        co_return rows.render(data);
    });

    program.anonymous_route("GET", "/icon.svg", [](hipchat::anonymous_request&) {
        return hipchat::response::of("image/svg+xml", karma::pages::icon);
    });

    return hipchat::run(program);
}
