#include "protocol/card_check.hpp"

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/utf8.hpp"

namespace hipchat::protocol {
namespace {

constexpr std::size_t any_length = std::numeric_limits<std::size_t>::max();
constexpr std::size_t longest_title = 500;
constexpr std::size_t longest_plain_description = 500;
constexpr std::size_t longest_description = 1000;
constexpr std::size_t longest_thumbnail_url = 250;
constexpr std::size_t longest_label = 50;

using names = std::initializer_list<std::string_view>;

struct text_rule {
    std::size_t least = 0;
    std::size_t most = any_length;
    bool required = false;
    names one_of = {};
};

struct broken {
    validation_failure why;
};

[[noreturn]] void fail(std::string field, std::string rule, const json::value& value,
                       const std::string& why) {
    validation_failure failure;
    failure.message = "Value for field '" + field + "' " + why;
    failure.field = std::move(field);
    failure.validation = std::move(rule);
    failure.value = value;
    throw broken{std::move(failure)};
}

[[noreturn]] void fail_type(std::string field, const json::value& value, std::string expected) {
    validation_failure failure;
    failure.message = "Value for field '" + field + "' is not of type " + expected;
    failure.field = std::move(field);
    failure.validation = "type";
    failure.value = value;
    failure.expected_type = std::move(expected);
    throw broken{std::move(failure)};
}

void check_text(const std::string& path, const json::value& value, const text_rule& rule) {
    if (!value.is_string()) fail_type(path, value, "string");
    const std::string_view text = value.get_string();
    const std::size_t length = count_characters(text).value_or(0);
    if (length < rule.least) fail(path, "min_length", value, "is too short");
    if (length > rule.most)
        fail(path, "max_length", value,
             "is longer than " + std::to_string(rule.most) + " characters");
    if (rule.one_of.size() > 0 && std::ranges::find(rule.one_of, text) == rule.one_of.end())
        fail(path, "enum", value, "is not in the enumeration");
}

// One object of a card; null members count as absent.
class part {
public:
    part(const json::value& value, std::string path) : path_(std::move(path)) {
        if (!value.is_object()) fail_type(path_, value, "object");
        object_ = &value.get_object();
    }

    const json::value* find(std::string_view name) const {
        const json::value* const found = object_->if_contains(name);
        return found == nullptr || found->is_null() ? nullptr : found;
    }
    const json::value& required(std::string_view name) const {
        const json::value* const found = find(name);
        if (found == nullptr) fail(path_of(name), "required", nullptr, "is required");
        return *found;
    }
    void text(std::string_view name, const text_rule& rule) const {
        const json::value* const found = rule.required ? &required(name) : find(name);
        if (found != nullptr) check_text(path_of(name), *found, rule);
    }
    void number(std::string_view name) const {
        const json::value* const found = find(name);
        if (found != nullptr && !found->is_number()) fail_type(path_of(name), *found, "number");
    }
    void only(names known) const {
        for (const auto& [name, value] : *object_)
            if (std::ranges::find(known, std::string_view(name)) == known.end())
                fail(path_of(name), "additional_properties", value, "is not a known member");
    }
    std::string path_of(std::string_view name) const { return path_ + "." + std::string(name); }

private:
    std::string path_;
    const json::object* object_ = nullptr;
};

void check_icon(const part& owner, std::string_view name) {
    const json::value* const icon = owner.find(name);
    if (icon == nullptr) return;
    const std::string path = owner.path_of(name);
    if (icon->is_string()) {
        check_text(path, *icon, {.least = 1});
        return;
    }
    const part inner(*icon, path);
    inner.text("url", {.least = 1, .required = true});
    inner.text("url@2x", {});
}

void check_description(const part& card) {
    const json::value* const description = card.find("description");
    if (description == nullptr) return;
    const std::string path = card.path_of("description");
    if (description->is_string()) {
        check_text(path, *description, {.most = longest_plain_description});
        return;
    }
    const part inner(*description, path);
    inner.text("value", {.least = 1, .most = longest_description, .required = true});
    inner.text("format", {.required = true, .one_of = {"html", "text"}});
}

void check_thumbnail(const part& card) {
    const json::value* const thumbnail = card.find("thumbnail");
    if (thumbnail == nullptr) return;
    const part inner(*thumbnail, card.path_of("thumbnail"));
    inner.text("url", {.least = 1, .most = longest_thumbnail_url, .required = true});
    inner.text("url@2x", {.most = longest_thumbnail_url});
    inner.number("width");
    inner.number("height");
}

void check_attribute(const json::value& value, const std::string& path) {
    const part attribute(value, path);
    attribute.only({"label", "value"});
    attribute.text("label", {.least = 1, .most = longest_label});
    const part shown(attribute.required("value"), attribute.path_of("value"));
    shown.only({"label", "url", "style", "icon"});
    shown.text("label", {.required = true});
    shown.text("url", {});
    shown.text("style", {.one_of = {"lozenge", "lozenge-success", "lozenge-error",
                                    "lozenge-current", "lozenge-complete", "lozenge-moved"}});
    check_icon(shown, "icon");
}

void check_attributes(const part& card) {
    const json::value* const attributes = card.find("attributes");
    if (attributes == nullptr) return;
    const std::string path = card.path_of("attributes");
    if (!attributes->is_array()) fail_type(path, *attributes, "array");
    const json::array& list = attributes->get_array();
    for (std::size_t each = 0; each < list.size(); ++each)
        check_attribute(list[each], path + "[" + std::to_string(each) + "]");
}

void check_activity(const part& card) {
    const json::value* const activity = card.find("activity");
    if (activity == nullptr) return;
    const part inner(*activity, card.path_of("activity"));
    inner.only({"html", "icon"});
    inner.text("html", {.required = true});
    check_icon(inner, "icon");
}

void check_members(const json::value& value) {
    const part card(value, "card");
    card.text("style",
              {.required = true, .one_of = {"application", "link", "image", "file", "media"}});
    card.text("id", {.least = 1, .required = true});
    card.text("title", {.least = 1, .most = longest_title, .required = true});
    card.text("format", {.one_of = {"compact", "medium"}});
    card.text("url", {});
    check_description(card);
    check_icon(card, "icon");
    check_thumbnail(card);
    check_attributes(card);
    check_activity(card);
    const json::value* const metadata = card.find("metadata");
    if (metadata != nullptr && !metadata->is_object())
        fail_type("card.metadata", *metadata, "object");
}

}  // namespace

std::optional<validation_failure> check_card(const json::value& card) {
    try {
        check_members(card);
    } catch (broken& found) {
        return std::move(found.why);
    }
    return std::nullopt;
}

}  // namespace hipchat::protocol
