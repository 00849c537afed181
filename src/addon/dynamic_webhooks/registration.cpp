#include "addon/dynamic_webhooks/registration.hpp"

#include <charconv>

#include "base/random.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/members.hpp"

namespace hipchat::addons {
namespace {

using status = registration::status;

constexpr std::string_view prefix = "webhook:";
// With the longest number of a room, the 40 characters of a module key.
constexpr std::size_t random_characters = 20;
constexpr std::chrono::minutes longest_adding{10};

std::string_view word_for(status state) {
    switch (state) {
        case status::adding:
            return "adding";
        case status::added:
            return "added";
        case status::removing:
            break;
    }
    return "removing";
}

status state_named(std::string_view word) {
    for (const status one : {status::adding, status::added, status::removing})
        if (word_for(one) == word) return one;
    throw protocol_error("state", "is not known; the store was written by another version");
}

}  // namespace

std::string new_registration_id(std::int64_t room) {
    return std::to_string(room) + "-" + random_alphanumeric(random_characters);
}

std::optional<std::int64_t> room_of_id(std::string_view id) {
    std::int64_t room = 0;
    const auto [end, failed] = std::from_chars(id.data(), id.data() + id.size(), room);
    if (failed != std::errc() || room < 0 || end == id.data() + id.size() || *end != '-')
        return std::nullopt;
    return room;
}

std::string registration_key(std::string_view id) {
    return std::string(prefix) + std::string(id);
}

std::string registration_prefix(std::int64_t room) {
    return registration_key(std::to_string(room) + "-");
}

std::string write_registration(const registration& what) {
    json::object text;
    text["name"] = what.name;
    text["pattern"] = what.pattern;
    text["state"] = word_for(what.state);
    text["at"] = what.at.count();
    return json::serialize(text);
}

registration read_registration(std::string_view key, std::string_view text) {
    const json::value parsed = protocol::parse_strict_object(text);
    const protocol::members from(parsed.get_object(), std::string(key));
    registration made;
    made.id = key.substr(prefix.size());
    made.name = from.required_text("name");
    made.pattern = from.text("pattern").value_or("");
    made.state = state_named(from.required_text("state"));
    made.at = std::chrono::seconds(from.id("at").value_or(0));
    return made;
}

bool serves(const registration& what, std::chrono::seconds now) {
    return what.state == status::added
           || (what.state == status::adding && now - what.at < longest_adding);
}

}  // namespace hipchat::addons
