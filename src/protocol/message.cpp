#include "protocol/message.hpp"

#include <array>
#include <optional>

#include "protocol/card.hpp"
#include "protocol/limits.hpp"
#include "protocol/utf8.hpp"

// {"message": text, "message_format": "html" | "text", "color": name, "notify": boolean,
//  "from": text, "attach_to": message id, "card": see card.cpp}

namespace hipchat::protocol {
namespace {

constexpr std::size_t longest_message = 10000;
constexpr std::size_t longest_label = 64;

struct named_color {
    std::string_view name;
    color value;
};

// In the order of hipchat::color.
constexpr std::array<named_color, 6> colors = {{{"yellow", color::yellow},
                                                {"green", color::green},
                                                {"red", color::red},
                                                {"purple", color::purple},
                                                {"gray", color::gray},
                                                {"random", color::random}}};

validation_failure failed(std::string field, std::string validation, const json::value& sent,
                          const std::string& why, std::string description) {
    std::string message = "Value for field '" + field + "' " + why;
    return {.field = std::move(field),
            .validation = std::move(validation),
            .value = sent,
            .message = std::move(message),
            .description = std::move(description)};
}

validation_failure wrong_type(std::string field, const json::value& sent, std::string expected) {
    validation_failure failure =
        failed(std::move(field), "type", sent, "is not of type " + expected,
               "Value {value} is not of type {expected_type}");
    failure.expected_type = std::move(expected);
    return failure;
}

// Reads a notification's body member by member and keeps the first failure.
class reader {
public:
    explicit reader(const json::object& body) : body_(body) {}

    // A member that may be absent; null counts as absent.
    const json::value* find(std::string_view name) const {
        const json::value* value = body_.if_contains(name);
        return value == nullptr || value->is_null() ? nullptr : value;
    }

    std::string text(std::string_view name, std::size_t least, std::size_t most) {
        const json::value* value = find(name);
        if (value == nullptr) return {};
        const json::string* text = value->if_string();
        if (text == nullptr) {
            fail(wrong_type(std::string(name), *value, "string"));
            return {};
        }
        // The parser has seen to it that it is UTF-8.
        const std::size_t length = count_characters(*text).value_or(0);
        if (length < least)
            fail(failed(std::string(name), "min_length", *value, "is too short",
                        "Value {value} is shorter than {expected}"));
        if (length > most)
            fail(failed(std::string(name), "max_length", *value,
                        "is longer than " + std::to_string(most) + " characters",
                        "Value {value} is longer than {expected}"));
        return {text->data(), text->size()};
    }

    bool boolean(std::string_view name) {
        const json::value* value = find(name);
        if (value == nullptr) return false;
        if (value->is_bool()) return value->get_bool();
        if (const json::string* text = value->if_string()) {
            if (*text == "true" || *text == "True" || *text == "1") return true;
            if (*text == "false" || *text == "False" || *text == "0" || text->empty()) return false;
        }
        fail(wrong_type(std::string(name), *value, "boolean"));
        return false;
    }

    void refuse_value(std::string_view name) {
        const json::value& value = *find(name);
        const json::string& text = value.get_string();
        validation_failure failure = failed(std::string(name), "enum", value, "",
                                            "Value {value} is not in the enumeration {expected}");
        failure.message = "Value '" + std::string(head_of(text, 40)) + "' for field '"
                          + std::string(name) + "' is not in the enumeration";
        fail(std::move(failure));
    }

    void fail(validation_failure failure) {
        if (!failure_) failure_ = std::move(failure);
    }
    std::optional<validation_failure> take_failure() { return std::move(failure_); }

private:
    const json::object& body_;
    std::optional<validation_failure> failure_;
};

bool reads_as_html(reader& from) {
    const std::string format = from.text("message_format", 0, longest_message);
    if (format == "text") return false;
    if (!format.empty() && format != "html") from.refuse_value("message_format");
    return true;
}

color read_color(reader& from) {
    const std::string name = from.text("color", 0, longest_message);
    if (const std::optional<color> known = color_named(name)) return *known;
    if (!name.empty()) from.refuse_value("color");
    return color::yellow;
}

}  // namespace

json::object write_notification(const notification& value) {
    check_text("message", value.message(), 1, longest_message);
    check_text("from", value.label(), 0, longest_label);
    json::object body;
    body["message"] = value.message();
    body["message_format"] = value.format() == message_format::html ? "html" : "text";
    body["color"] = to_string(value.background());
    body["notify"] = value.notifies();
    if (!value.label().empty()) body["from"] = value.label();
    if (!value.attached_to().empty()) {
        check_text("attach_to", value.attached_to(), 1, longest_message);
        body["attach_to"] = value.attached_to();
    }
    if (value.shown_card()) body["card"] = write_card(*value.shown_card(), "card");
    return body;
}

std::variant<notification, validation_failure> read_notification(const json::value& body) {
    if (!body.is_object()) return wrong_type("body", body, "object");
    reader from(body.get_object());
    if (from.find("message") == nullptr)
        return failed("message", "required", nullptr, "is required", "Field {field} is required");
    std::string message = from.text("message", 1, longest_message);
    const bool html = reads_as_html(from);
    const color background = read_color(from);
    const bool notify = from.boolean("notify");
    std::string label = from.text("from", 0, longest_label);
    std::string attach_to = from.text("attach_to", 0, longest_message);
    if (std::optional<validation_failure> failure = from.take_failure()) return std::move(*failure);
    notification result =
        html ? notification::html(std::move(message)) : notification(std::move(message));
    result.in(background).notify(notify).from(std::move(label)).attach_to(std::move(attach_to));
    return result;
}

std::string_view to_string(color value) noexcept {
    return colors[static_cast<std::size_t>(value)].name;
}

std::optional<color> color_named(std::string_view name) noexcept {
    for (const named_color& known : colors)
        if (known.name == name) return known.value;
    return std::nullopt;
}

}  // namespace hipchat::protocol
