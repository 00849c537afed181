#include "host/api/fields.hpp"

#include <algorithm>
#include <utility>

#include "protocol/utf8.hpp"

namespace hipchat::host {
namespace {

[[noreturn]] void refuse_type(std::string_view field, const json::value& sent,
                              std::string expected) {
    protocol::validation_failure failure;
    failure.field = field;
    failure.validation = "type";
    failure.value = sent;
    failure.message = "Value for field '" + failure.field + "' is not of type " + expected;
    failure.description = "Value {value} is not of type {expected_type}";
    failure.expected_type = std::move(expected);
    throw refusal(failure);
}

std::string read_text(std::string_view name, const json::value& value, text_length length) {
    if (!value.is_string()) refuse_type(name, value, "string");
    const std::string_view text = value.get_string();
    const std::size_t characters = protocol::count_characters(text).value_or(0);
    const std::string field(name);
    if (characters < length.least)
        refuse_field(field, "min_length", value,
                     "must have at least " + std::to_string(length.least) + " characters");
    if (characters > length.most)
        refuse_field(field, "max_length", value,
                     "must have at most " + std::to_string(length.most) + " characters");
    return std::string(text);
}

std::string read_one_of(std::string_view name, const json::value& value,
                        std::initializer_list<std::string_view> known) {
    if (!value.is_string()) refuse_type(name, value, "string");
    const std::string_view text = value.get_string();
    if (std::ranges::find(known, text) == known.end())
        refuse_field(std::string(name), "enum", value, "is not in the enumeration");
    return std::string(text);
}

bool read_boolean(std::string_view name, const json::value& value) {
    if (value.is_bool()) return value.get_bool();
    if (value == json::string("true")) return true;
    if (value != json::string("false")) refuse_type(name, value, "boolean");
    return false;
}

}  // namespace

void refuse_field(std::string field, std::string rule, const json::value& sent,
                  const std::string& why) {
    protocol::validation_failure failure;
    failure.message = "Value for field '" + field + "' " + why;
    failure.description = "Value for field '{field}' " + why;
    failure.field = std::move(field);
    failure.validation = std::move(rule);
    failure.value = sent;
    throw refusal(failure);
}

const json::value* fields::find(std::string_view name) const noexcept {
    const json::value* const found = body_.if_contains(name);
    return found == nullptr || found->is_null() ? nullptr : found;
}

const json::value& fields::required(std::string_view name) const {
    const json::value* const found = find(name);
    if (found != nullptr) return *found;
    protocol::validation_failure failure;
    failure.field = name;
    failure.validation = "required";
    failure.message = "Field '" + failure.field + "' is required";
    failure.description = "Field {field} is required";
    throw refusal(failure);
}

std::string fields::text(std::string_view name, text_length length) const {
    return read_text(name, required(name), length);
}

std::optional<std::string> fields::optional_text(std::string_view name, text_length length) const {
    const json::value* const found = find(name);
    if (found == nullptr) return std::nullopt;
    return read_text(name, *found, length);
}

std::string fields::one_of(std::string_view name,
                           std::initializer_list<std::string_view> known) const {
    return read_one_of(name, required(name), known);
}

std::optional<std::string> fields::optional_one_of(
    std::string_view name, std::initializer_list<std::string_view> known) const {
    const json::value* const found = find(name);
    if (found == nullptr) return std::nullopt;
    return read_one_of(name, *found, known);
}

bool fields::boolean(std::string_view name) const {
    return read_boolean(name, required(name));
}

std::optional<bool> fields::optional_boolean(std::string_view name) const {
    const json::value* const found = find(name);
    if (found == nullptr) return std::nullopt;
    return read_boolean(name, *found);
}

std::optional<json::object> fields::optional_object(std::string_view name) const {
    const json::value* const found = find(name);
    if (found == nullptr) return std::nullopt;
    if (!found->is_object()) refuse_type(name, *found, "object");
    return found->get_object();
}

std::optional<std::string> fields::optional_id(std::string_view name) const {
    const json::value* const found = find(name);
    if (found == nullptr) return std::nullopt;
    if (found->is_string()) return std::string(found->get_string());
    if (!found->is_int64()) refuse_type(name, *found, "integer");
    return std::to_string(found->get_int64());
}

}  // namespace hipchat::host
