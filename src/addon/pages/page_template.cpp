#include "hipchat/page_template.hpp"

#include <array>
#include <charconv>
#include <kainjow/mustache.hpp>
#include <map>
#include <optional>

#include "addon/pages/file.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"

// The library's own holds its defaults in variables that are made at a time nobody knows, and
// authors keep templates in variables of namespace scope.
template <>
class kainjow::mustache::delimiter_set<std::string> {
public:
    std::string begin = "{{";
    std::string end = "}}";
    bool is_default() const { return begin == "{{" && end == "}}"; }
};

namespace hipchat {
namespace {

namespace mustache = kainjow::mustache;

using part_map = std::map<std::string, mustache::data, std::less<>>;

// The shortest text that means the same number; JSON's own has an exponent always.
std::string text_of_number(const json::value& number) {
    if (!number.is_double()) return json::serialize(number);
    std::array<char, 32> text{};
    char* const end =
        std::to_chars(text.data(), text.data() + text.size(), number.get_double()).ptr;
    return {text.data(), end};
}

mustache::data data_of(const json::value& value);

mustache::data data_of(const json::object& object) {
    mustache::data made;
    for (const auto& [name, value] : object)
        made[std::string(name)] = data_of(value);
    return made;
}

mustache::data data_of(const json::array& array) {
    mustache::list made;
    made.reserve(array.size());
    for (const json::value& value : array)
        made.push_back(data_of(value));
    return {made};
}

mustache::data data_of(const json::value& value) {
    switch (value.kind()) {
        case json::kind::object:
            return data_of(value.get_object());
        case json::kind::array:
            return data_of(value.get_array());
        case json::kind::string:
            if (value.get_string().empty()) return {false};
            return {std::string(value.get_string().data(), value.get_string().size())};
        case json::kind::bool_:
            return {value.get_bool()};
        case json::kind::null:
            return {false};
        default:
            return {text_of_number(value)};
    }
}

// The library would take a part of the data's own: a person's text that happens to have the name of
// a part, or a name that the template's author mistyped.
class separate_parts final : public mustache::context<std::string> {
public:
    separate_parts(const mustache::data* data, const part_map& parts)
        : context(data), parts_(parts) {}

    const mustache::data* get_partial(const std::string& name) const override {
        const auto found = parts_.find(name);
        if (found == parts_.end())
            throw config_error("page template: there is no part {{> " + name
                               + "}}; add it with with_part");
        return &found->second;
    }

private:
    const part_map& parts_;
};

mustache::mustache parse(std::string_view text) {
    mustache::mustache made{std::string(text)};
    if (!made.is_valid())
        throw config_error("page template: " + made.error_message() + "; correct it");
    made.set_custom_escape([](const std::string& plain) { return escape_html(plain); });
    return made;
}

}  // namespace

class page_template::parsed {
public:
    explicit parsed(std::string_view text) : page_(parse(text)) {}

    void add_part(std::string name, std::string_view text) {
        parse(text);  // so that a mistake is seen now
        parts_.insert_or_assign(std::move(name), mustache::data(std::string(text)));
    }

    std::string render(const json::object& data) {
        const mustache::data converted = data_of(data);
        separate_parts context(&converted, parts_);
        std::string made = page_.render(context);
        if (!page_.is_valid()) throw config_error("page template: " + page_.error_message());
        return made;
    }

private:
    mustache::mustache page_;
    part_map parts_;
};

page_template::page_template(std::string_view text) : own_(std::make_shared<parsed>(text)) {
}

page_template page_template::from_file(const std::string& path) {
    const std::optional<std::string> text = addons::read_file(path);
    if (!text) throw config_error("page template: cannot read " + path + "; correct the path");
    return page_template(*text);
}

page_template& page_template::with_part(std::string name, std::string_view text) & {
    own_->add_part(std::move(name), text);
    return *this;
}

page_template&& page_template::with_part(std::string name, std::string_view text) && {
    own_->add_part(std::move(name), text);
    return std::move(*this);
}

html page_template::render(const json::object& data) const {
    return html(own_->render(data));
}

}  // namespace hipchat
