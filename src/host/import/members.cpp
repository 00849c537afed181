#include "host/import/members.hpp"

#include <charconv>

#include "protocol/date.hpp"

namespace hipchat::host::exported {
namespace {

std::string id_of(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    return value.is_number() ? json::serialize(value) : std::string();
}

}  // namespace

std::vector<const json::object*> list_of(const json::value& document, std::string_view name) {
    std::vector<const json::object*> found;
    if (!document.is_array()) return found;
    for (const json::value& each : document.get_array()) {
        if (!each.is_object()) continue;
        if (const json::object* const one = object_in(each.get_object(), name))
            found.push_back(one);
    }
    return found;
}

const json::object* object_in(const json::object& of, std::string_view name) {
    const json::value* const found = of.if_contains(name);
    return found == nullptr ? nullptr : found->if_object();
}

std::string text_in(const json::object& of, std::string_view name) {
    const json::value* const found = of.if_contains(name);
    return found == nullptr || !found->is_string() ? "" : std::string(found->get_string());
}

bool is_true(const json::object& of, std::string_view name) {
    const json::value* const found = of.if_contains(name);
    return found != nullptr && found->is_bool() && found->get_bool();
}

std::string id_in(const json::object& of, std::string_view name) {
    const json::value* const found = of.if_contains(name);
    return found == nullptr ? "" : id_of(*found);
}

std::vector<std::string> ids_in(const json::object& of, std::string_view name) {
    std::vector<std::string> ids;
    const json::value* const found = of.if_contains(name);
    if (found == nullptr || !found->is_array()) return ids;
    for (const json::value& each : found->get_array())
        ids.push_back(each.is_object() ? id_in(each.get_object(), "id") : id_of(each));
    return ids;
}

std::optional<wall_time> time_in(const json::object& of, std::string_view name) {
    const std::string text = text_in(of, name);
    const std::size_t blank = text.find(' ');
    const auto read = protocol::read_date(text.substr(0, blank));
    if (!read) return std::nullopt;
    auto when = std::chrono::floor<std::chrono::microseconds>(*read);
    if (blank != std::string::npos) {
        unsigned more = 0;
        const char* const end = text.data() + text.size();
        const auto [stopped, flaw] = std::from_chars(text.data() + blank + 1, end, more);
        if (flaw == std::errc() && stopped == end && more < 1'000'000)
            when += std::chrono::microseconds(more);
    }
    return when;
}

}  // namespace hipchat::host::exported
