#include <algorithm>
#include <array>

#include "host/api/v2/history_query.hpp"
#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

task<std::vector<change_ptr>> read_part(const services& on, message_log from, history_part wanted) {
    const auto read = [from, wanted](connection& store) {
        return read_history(store, from, wanted);
    };
    task<std::vector<change_ptr>> reading = on.store.read(read);
    co_return co_await reading;
}

task<change_ptr> read_one(const services& on, message_log from, std::string id) {
    const auto read = [from, id](connection& store) { return find_message(store, from, id); };
    task<change_ptr> reading = on.store.read(read);
    co_return co_await reading;
}

json::array message_items(const services& on, const std::vector<change_ptr>& newest_first,
                          bool oldest_first) {
    json::array items;
    for (const change_ptr& each : newest_first)
        items.push_back(message_document(on, *each));
    if (oldest_first) std::ranges::reverse(items);
    return items;
}

task<json::object> get_history(services& on, const request& asked, message_log from) {
    const history_query query = read_history_query(asked);
    const page wanted = query.wanted;
    // One more than wanted tells whether there are more.
    task<std::vector<change_ptr>> reading = read_part(on, from, query.part);
    std::vector<change_ptr> found = co_await reading;
    const bool has_more = std::cmp_greater(found.size(), wanted.most);
    if (has_more) found.pop_back();
    co_return list_document(message_items(on, found, query.oldest_first), wanted,
                            has_more && !query.is_recent, asked, on.self.base_url());
}

// Where a client has got to, so that it is told of what came after.
task<json::object> get_latest(services& on, const request& asked, message_log from) {
    const page wanted = page_of(asked, 75);
    history_part part{.start = wanted.start, .most = wanted.most};
    part.include_deleted = asked.parameter("include_deleted") == "true";
    if (const auto after = asked.parameter("not-before")) {
        task<change_ptr> finding = read_one(on, from, *after);
        const change_ptr known = co_await finding;
        if (!known)
            refuse_field("not-before", "exists", json::string(*after), "is no message here");
        part.earliest = std::string(known->content.at("at").as_string());
    }
    task<std::vector<change_ptr>> reading = read_part(on, from, part);
    const std::vector<change_ptr> found = co_await reading;
    co_return list_document(message_items(on, found, true), wanted, false, asked,
                            on.self.base_url());
}

task<json::object> get_message(services& on, const request& asked, message_log from) {
    task<change_ptr> finding = read_one(on, from, asked.captured("message"));
    const change_ptr found = co_await finding;
    const bool is_hidden =
        found && found->content.contains("deleted") && asked.parameter("include_deleted") != "true";
    if (!found || is_hidden) throw refusal(404, "Message not found");
    json::object document;
    document["message"] = message_document(on, *found);
    co_return document;
}

using show_log = task<json::object> (*)(services&, const request&, message_log);

// What is below /history, by the rest of its path.
constexpr std::array<std::pair<const char*, show_log>, 3> logs{
    {{"", get_history}, {"/latest", get_latest}, {"/{message}", get_message}}};

}  // namespace

void add_history_routes(rest_routes to, services& on) {
    for (const auto& [rest, show] : logs) {
        to.shown.add(std::string("/v2/room/{room}/history") + rest, {scope::view_messages},
                     [&on, read = show](const request& asked, const access& who) {
                         const room_ptr where = room_for(who, on, asked);
                         return read(on, asked, message_log::in_room(where->id));
                     });
        // What the caller and that person said to each other.
        to.shown.add_for_users(
            std::string("/v2/user/{user}/history") + rest, {scope::view_messages},
            [&on, read = show](const request& asked, const access& who) {
                const std::int64_t other = user_for(on, asked).id;
                return read(on, asked, message_log::between(who.user()->id, other));
            });
    }
}

}  // namespace hipchat::host
