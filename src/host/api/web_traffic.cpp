#include "host/api/web.hpp"

namespace hipchat::host {
namespace {

task<http_response> get_traffic(services& on, const request& asked, const person_here& who) {
    const room_ptr where = room_to_change(on, who, asked);
    const std::int64_t after = asked.number("after", 0, 0, INT64_MAX);
    const std::chrono::seconds wait(asked.number("wait", 0, 0, 30));
    task<std::vector<exchange>> reading = on.record.after(where->id, after, wait);
    const std::vector<exchange> found = co_await reading;
    json::array list;
    for (const exchange& each : found)
        list.push_back(to_json(each));
    json::object body;
    body["exchanges"] = std::move(list);
    body["cursor"] = found.empty() ? after : found.back().seq;
    co_return json_response(200, body);
}

}  // namespace

void add_web_traffic_routes(router& to, services& on) {
    to.for_person_here("GET", "/api/rooms/{room}/traffic", role::member,
                       [&on](const request& asked, const person_here& who) {
                           return get_traffic(on, asked, who);
                       });
}

}  // namespace hipchat::host
