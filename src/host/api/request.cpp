#include "host/api/request.hpp"

#include <charconv>

#include "host/api/refusal.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {

bool request::is_v1() const {
    const std::vector<std::string_view> segments = split_path(raw_.path);
    return !segments.empty() && segments.front() == "v1";
}

const std::string& request::captured(std::string_view name) const {
    const auto found = captures_.find(name);
    if (found == captures_.end()) throw refusal(404, "Not found");
    return found->second;
}

std::optional<std::string> request::parameter(std::string_view name) const {
    return protocol::form_value(raw_.query, name);
}

std::int64_t request::number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                             std::int64_t most) const {
    const std::optional<std::string> text = parameter(name);
    if (!text) return otherwise;
    std::int64_t value = 0;
    const char* const end = text->data() + text->size();
    const auto [stopped, flaw] = std::from_chars(text->data(), end, value);
    if (flaw == std::errc() && stopped == end && value >= least && value <= most) return value;
    protocol::validation_failure failure;
    failure.field = name;
    failure.validation = "range";
    failure.value = json::string(*text);
    failure.message = "Value for field '" + failure.field + "' must be a number from "
                      + std::to_string(least) + " to " + std::to_string(most);
    failure.description = "Value for field '{field}' must be a number in its range";
    throw refusal(failure);
}

json::value request::body() const {
    boost::system::error_code flaw;
    json::value value = json::parse(raw_.body, flaw);
    if (flaw) throw refusal(400, "The body is not JSON");
    return value;
}

json::object request::object() const {
    json::value value = body();
    if (!value.is_object()) throw refusal(400, "The body must be a JSON object");
    return std::move(value.get_object());
}

std::string required_text(const json::object& body, std::string_view name) {
    const json::value* const found = body.if_contains(name);
    if (found != nullptr && found->is_string()) return std::string(found->get_string());
    protocol::validation_failure failure;
    failure.field = name;
    failure.validation = found == nullptr ? "required" : "type";
    failure.message = "Field '" + failure.field + "' must be a text";
    if (found != nullptr) {
        failure.value = *found;
        failure.expected_type = "string";
    }
    throw refusal(failure);
}

}  // namespace hipchat::host
