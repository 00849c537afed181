#include "protocol/members.hpp"

#include <algorithm>
#include <limits>

#include "hipchat/errors.hpp"
#include "protocol/event.hpp"
#include "protocol/strict_json.hpp"

namespace hipchat::protocol {

const json::value* members::find(std::string_view name) const noexcept {
    const json::value* value = from_->if_contains(name);
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

std::optional<int> members::integer(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return std::nullopt;
    const std::int64_t* number = value->if_int64();
    if (number == nullptr || *number < std::numeric_limits<int>::min()
        || *number > std::numeric_limits<int>::max())
        throw protocol_error(path_of(name), "must be a whole number");
    return static_cast<int>(*number);
}

const json::array* members::array(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return nullptr;
    if (!value->is_array()) throw protocol_error(path_of(name), "must be an array");
    return value->if_array();
}

std::vector<members> members::list(std::string_view name) const {
    std::vector<members> result;
    const json::value* value = find(name);
    if (value == nullptr) return result;
    if (const json::object* bare = value->if_object()) {
        result.emplace_back(*bare, path_of(name) + "[0]");
        return result;
    }
    const json::array& elements = *array(name);
    result.reserve(elements.size());
    for (const json::value& element : elements) {
        std::string path = path_of(name) + '[' + std::to_string(result.size()) + ']';
        if (!element.is_object()) throw protocol_error(std::move(path), "must be an object");
        result.emplace_back(element.get_object(), std::move(path));
    }
    return result;
}

std::optional<members> members::inner(std::string_view name) const {
    const json::object* value = object(name);
    if (value == nullptr) return std::nullopt;
    return members(*value, path_of(name));
}

void members::refuse_others(std::initializer_list<std::string_view> known) const {
    for (const auto& member : *from_)
        if (std::ranges::find(known, std::string_view(member.key())) == known.end())
            throw protocol_error(path_of(member.key()), "is not a member of this; remove it");
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
