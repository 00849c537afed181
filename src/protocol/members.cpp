#include "protocol/members.hpp"

#include "hipchat/errors.hpp"
#include "protocol/event.hpp"
#include "protocol/strict_json.hpp"

namespace hipchat::protocol {

const json::value* members::find(std::string_view name) const noexcept {
    const json::value* value = from_.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> members::text(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return std::nullopt;
    const json::string* text = value->if_string();
    if (text == nullptr) throw protocol_error(path_of(name), "must be a text; put it in quotes");
    return std::string(text->data(), text->size());
}

std::optional<bool> members::boolean(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (!value->is_bool()) throw protocol_error(path_of(name), "must be true or false");
    return value->get_bool();
}

std::optional<std::int64_t> members::id(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return std::nullopt;
    const std::optional<std::int64_t> id = read_id(*value);
    if (!id) throw protocol_error(path_of(name), "must be an id; send a whole number");
    return id;
}

const json::object* members::object(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return nullptr;
    if (!value->is_object()) throw protocol_error(path_of(name), "must be an object");
    return value->if_object();
}

std::string members::required_text(std::string_view name) const {
    std::optional<std::string> value = text(name);
    if (!value || value->empty())
        throw protocol_error(path_of(name), "is missing; send a text that is not empty");
    return std::move(*value);
}

const json::object& members::required_object(std::string_view name) const {
    const json::object* value = object(name);
    if (value == nullptr) throw protocol_error(path_of(name), "is missing; send an object");
    return *value;
}

std::string members::path_of(std::string_view name) const {
    std::string path = path_;
    if (!path.empty()) path += '.';
    path += name;
    return path;
}

json::value parse_strict_object(std::string_view text) {
    json::value value = parse_strict(text);
    if (!value.is_object()) throw protocol_error("", "not a JSON object; send one");
    return value;
}

}  // namespace hipchat::protocol
