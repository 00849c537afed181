#include "incidents.hpp"

#include <array>
#include <ctime>

namespace incidents {
namespace {

const std::string rooms = "room:";

std::string room_key(std::int64_t room) {
    return rooms + std::to_string(room);
}

std::string lines_of(const incident& one) {
    return "line:" + std::to_string(one.room) + ":" + std::to_string(one.opened) + ":";
}

std::string text_in(const json::value& object, std::string_view name) {
    return json::value_to<std::string>(object.at(name));
}

std::int64_t number_in(const json::value& object, std::string_view name) {
    return object.at(name).as_int64();
}

incident incident_in(const json::value& stored) {
    return {number_in(stored, "room"), text_in(stored, "title"), text_in(stored, "opened_by"),
            number_in(stored, "opened"), number_in(stored, "closed")};
}

json::value stored_form(const incident& one) {
    return json::object{{"room", one.room},
                        {"title", one.title},
                        {"opened_by", one.opened_by},
                        {"opened", one.opened},
                        {"closed", one.closed}};
}

bool is_open(const std::optional<json::value>& stored) {
    return stored && incident_in(*stored).closed == 0;
}

}  // namespace

task<std::optional<incident>> latest_in(hipchat::tenant_data data, std::int64_t room) {
    const auto stored = co_await data.get(room_key(room));
    if (!stored) co_return std::nullopt;
    co_return incident_in(*stored);
}

task<std::vector<incident>> latest(hipchat::tenant_data data) {
    std::vector<incident> found;
    hipchat::data_range stored = data.all(rooms);
    while (const auto one = co_await stored.next())
        found.push_back(incident_in(one->value));
    co_return found;
}

task<bool> open(hipchat::tenant_data data, incident begun) {
    const auto before = co_await data.get(room_key(begun.room));
    if (is_open(before)) co_return false;
    const json::value after = stored_form(begun);
    co_return co_await data.compare_and_set(room_key(begun.room), before, after);
}

task<std::optional<incident>> close(hipchat::tenant_data data, std::int64_t room) {
    const auto before = co_await data.get(room_key(room));
    if (!is_open(before)) co_return std::nullopt;
    incident ended = incident_in(*before);
    ended.closed = now();
    const json::value after = stored_form(ended);
    const bool first = co_await data.compare_and_set(room_key(room), before, after);
    if (!first) co_return std::nullopt;
    co_return ended;
}

task<> record(hipchat::tenant_data data, const incident& in, std::string id, line said) {
    const std::string key = lines_of(in) + std::to_string(said.at) + ":" + id;
    const json::value stored = {{"at", said.at}, {"name", said.name}, {"text", said.text}};
    co_await data.set(key, stored);
}

task<std::vector<line>> timeline(hipchat::tenant_data data, const incident& of) {
    const auto stored = co_await data.list(lines_of(of), "", most_lines);
    std::vector<line> found;
    found.reserve(stored.size());
    for (const auto& one : stored)
        found.push_back(
            {number_in(one.value, "at"), text_in(one.value, "name"), text_in(one.value, "text")});
    co_return found;
}

std::int64_t now() {
    return std::time(nullptr);
}

std::string age_of(const incident& one) {
    const std::int64_t minutes = ((one.closed == 0 ? now() : one.closed) - one.opened) / 60;
    const std::int64_t hours = minutes / 60;
    if (hours == 0) return std::to_string(minutes) + " min";
    if (hours < 48) return std::to_string(hours) + " h";
    return std::to_string(hours / 24) + " d";
}

std::string date_of(std::int64_t time) {
    std::array<char, 20> text{};
    const std::time_t seconds = time;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts);
    return text.data();
}

}  // namespace incidents
