#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

std::int64_t own_group(const services& on, const request& asked) {
    if (asked.captured("group") != std::to_string(on.places.group_id()))
        throw refusal(404, "Group not found");
    return on.places.group_id();
}

task<json::object> get_group(services& on, const request& asked, const access&) {
    const std::int64_t id = own_group(on, asked);
    const std::string self = on.self.base_url() + "/v2/group/" + std::to_string(id);
    json::object links;
    links["self"] = self;
    json::object plan;
    plan["id"] = 1;
    plan["type"] = "self-hosted";
    json::object statistics;
    statistics["links"].emplace_object()["self"] = self + "/statistics";
    json::object document;
    document["id"] = id;
    document["name"] = on.places.group_name();
    document["domain"] = nullptr;
    document["subdomain"] = nullptr;
    document["created"] = nullptr;
    document["avatar_url"] = on.self.base_url() + "/assets/avatars/group.svg";
    document["owner"] = nullptr;
    document["plan"] = std::move(plan);
    document["statistics"] = std::move(statistics);
    document["links"] = std::move(links);
    co_return document;
}

task<json::object> get_statistics(services& on, const request& asked, const access&) {
    const std::int64_t id = own_group(on, asked);
    const auto read = [](connection& from) {
        statement counted = from.query("SELECT count(*) FROM changes WHERE is_message = 1");
        return counted.step() ? counted.integer(0) : 0;
    };
    task<std::int64_t> reading = on.store.read(read);
    const std::int64_t messages = co_await reading;
    json::object links;
    links["self"] = on.self.base_url() + "/v2/group/" + std::to_string(id) + "/statistics";
    json::object document;
    document["messages_sent"] = messages;
    document["users"] = on.persons.all().size();
    document["rooms"] = on.places.all().size();
    document["links"] = std::move(links);
    co_return document;
}

}  // namespace

void add_group_routes(rest_routes to, services& on) {
    to.shown.add(
        "/v2/group/{group}", {scope::view_group},
        [&on](const request& asked, const access& who) { return get_group(on, asked, who); });
    to.shown.add(
        "/v2/group/{group}/statistics", {scope::view_group},
        [&on](const request& asked, const access& who) { return get_statistics(on, asked, who); });
}

}  // namespace hipchat::host
