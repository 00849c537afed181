#include "protocol/api_error.hpp"

#include "protocol/reason_phrase.hpp"
#include "protocol/utf8.hpp"

// {"error": {"code": number, "message": text, "type": reason phrase}}, and for validation failures
// also "field", "validation", "value", "description" and "expected_type".

namespace hipchat::protocol {
namespace {

constexpr std::size_t longest_excerpt = 200;

// The text of `name`, or nothing.
std::string text_of(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    if (value == nullptr || !value->is_string()) return {};
    const json::string& text = value->get_string();
    return {text.data(), text.size()};
}

// The message of a common error body, or of the two other shapes that servers use.
std::string message_in(const json::object& body) {
    const json::value* error = body.if_contains("error");
    if (error != nullptr && error->is_object()) return text_of(error->get_object(), "message");
    for (const std::string_view name : {"message", "error_description", "error"})
        if (std::string text = text_of(body, name); !text.empty()) return text;
    return {};
}

// What may stand in a log line: short, on one line.
std::string excerpt(std::string_view text) {
    std::string line(head_of(text, longest_excerpt));
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) c = ' ';
    return line;
}

}  // namespace

json::object write_api_error(int status, std::string_view message) {
    json::object body;
    json::object& error = body["error"].emplace_object();
    error["code"] = status;
    error["message"] = message;
    error["type"] = reason_phrase(status);
    return body;
}

json::object write_validation_error(const validation_failure& failure) {
    json::object body = write_api_error(400, failure.message);
    json::object& error = body["error"].get_object();
    error["field"] = failure.field;
    error["validation"] = failure.validation;
    error["value"] = failure.value;
    if (!failure.description.empty()) error["description"] = failure.description;
    if (!failure.expected_type.empty()) error["expected_type"] = failure.expected_type;
    return body;
}

std::string api_error_message(std::string_view body) {
    json::error_code flaw;
    const json::value document = json::parse(body, flaw);
    if (!flaw && document.is_object()) {
        const std::string message = message_in(document.get_object());
        if (!message.empty()) return excerpt(message);
    }
    return excerpt(body);
}

}  // namespace hipchat::protocol
