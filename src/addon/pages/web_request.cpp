// What the handler of a page or route can ask its request.

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "addon/pages/page_core.hpp"
#include "hipchat/page.hpp"
#include "protocol/form.hpp"
#include "protocol/members.hpp"
#include "protocol/strict_json.hpp"
#include "transport/text.hpp"

namespace hipchat {
namespace {

using detail::page_core;

// "application/json; charset=utf-8" -> "application/json"
std::string_view content_type(const page_core& core) {
    std::string_view type = core.request.header_value("Content-Type");
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' '))
        type.remove_suffix(1);
    return type;
}

bool is_json(const page_core& core) {
    return transport::same_word(content_type(core), "application/json");
}

bool is_form(const page_core& core) {
    return transport::same_word(content_type(core), "application/x-www-form-urlencoded");
}

page_core::fields read_fields(std::string_view text, const char* what) {
    auto fields = protocol::read_form(text);
    if (!fields) throw bad_request(what, "is badly encoded; percent-encode UTF-8 text");
    return *std::move(fields);
}

const page_core::fields& query_of(const page_core& core) {
    if (!core.query) core.query = read_fields(core.request.query, "query");
    return *core.query;
}

const page_core::fields& form_of(const page_core& core) {
    if (!core.form)
        core.form = is_form(core) ? read_fields(core.request.body, "form") : page_core::fields();
    return *core.form;
}

std::optional<std::string> first(const page_core::fields& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &page_core::fields::value_type::first);
    if (found == fields.end()) return std::nullopt;
    return found->second;
}

protocol::members members_of(const json::value& document) {
    if (!document.is_object()) throw bad_request("", "the body must be a JSON object");
    return {document.get_object(), {}};
}

// What a reader of members found wrong is the caller's fault.
template <class Read>
auto reading(Read read) {
    try {
        return read();
    } catch (const protocol_error& wrong) {
        throw bad_request("", wrong.what());
    }
}

[[noreturn]] void throw_missing(std::string_view field) {
    throw bad_request(std::string(field), "is missing; send it");
}

}  // namespace

web_request::web_request(std::shared_ptr<const page_core> core) noexcept : core_(std::move(core)) {
}

std::string_view web_request::method() const noexcept {
    return core_->request.method == "HEAD" ? std::string_view("GET") : core_->request.method;
}

std::string_view web_request::path() const noexcept {
    return core_->request.path;
}

const std::string& web_request::part(std::string_view name) const {
    const auto& parts = core_->request.parts;
    const auto found =
        std::ranges::find(parts, name, &addons::path_pattern::values::value_type::first);
    if (found == parts.end())
        throw std::out_of_range("the path of this route has no part {" + std::string(name) + "}");
    return found->second;
}

std::string web_request::header(std::string_view name) const {
    return std::string(core_->request.header_value(name));
}

std::string_view web_request::body() const noexcept {
    return core_->request.body;
}

std::optional<std::string> web_request::query(std::string_view name) const {
    return first(query_of(*core_), name);
}

std::optional<std::string> web_request::form(std::string_view name) const {
    return first(form_of(*core_), name);
}

std::vector<std::string> web_request::form_values(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [field, value] : form_of(*core_))
        if (field == name) values.push_back(value);
    return values;
}

const json::value& web_request::json() const {
    if (core_->document) return *core_->document;
    if (!is_json(*core_))
        throw bad_request("Content-Type", "must be application/json here; send JSON");
    core_->document = reading([&] { return protocol::parse_strict(core_->request.body); });
    return *core_->document;
}

std::string web_request::text(std::string_view field) const {
    auto value = is_json(*core_) ? reading([&] { return members_of(json()).text(field); })
                                 : first(form_of(*core_), field);
    if (!value) throw_missing(field);
    return *std::move(value);
}

std::int64_t web_request::whole_number(std::string_view field) const {
    if (is_json(*core_)) {
        const json::value* value = members_of(json()).find(field);
        if (value == nullptr) throw_missing(field);
        if (const std::int64_t* number = value->if_int64()) return *number;
        throw bad_request(std::string(field), "must be a whole number");
    }
    const auto text = first(form_of(*core_), field);
    if (!text) throw_missing(field);
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (failure != std::errc() || end != text->data() + text->size())
        throw bad_request(std::string(field), "must be a whole number");
    return number;
}

bool web_request::flag(std::string_view field) const {
    if (!is_json(*core_)) return first(form_of(*core_), field).has_value();
    const auto value = reading([&] { return members_of(json()).boolean(field); });
    if (!value) throw_missing(field);
    return *value;
}

}  // namespace hipchat
