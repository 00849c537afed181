#include "protocol/glance.hpp"

#include <array>
#include <limits>

#include "hipchat/errors.hpp"
#include "protocol/html.hpp"
#include "protocol/limits.hpp"
#include "protocol/metadata.hpp"

// {"label": {"type": "html", "value": markup},
//  "status": {"type": "lozenge", "value": {"label": text, "type": name}}
//          | {"type": "icon", "value": {"url": text, "url@2x": text}},
//  "metadata": {...}}

namespace hipchat {

glance& glance::metadata(const json::object& all) & {
    metadata_ = std::make_shared<const json::object>(all);
    return *this;
}

glance& glance::metadata(std::string_view name, const json::value& value) & {
    metadata_ = protocol::with_member(metadata_.get(), name, value);
    return *this;
}

namespace protocol {
namespace {

constexpr std::size_t any_length = std::numeric_limits<std::size_t>::max();
constexpr std::size_t longest_label = 1000;
constexpr std::size_t longest_lozenge = 20;
constexpr std::size_t longest_key = 40;

// In the order of lozenge_type.
constexpr std::array<std::string_view, 7> lozenge_names = {
    "default", "success", "error", "current", "complete", "moved", "new"};

json::object typed(std::string_view type, json::value value) {
    json::object made;
    made["type"] = type;
    made["value"] = std::move(value);
    return made;
}

// `path` ends with a dot, or is empty.
json::object write_at(const glance& value, const std::string& path) {
    const std::string label = value.is_html() ? value.label() : escape_html(value.label());
    check_text(path + "label.value", label, 1, longest_label);
    json::object made;
    made["label"] = typed("html", json::string(label));
    json::object inner;
    switch (value.shows()) {
        case glance::status::none:
            break;
        case glance::status::lozenge:
            check_text(path + "status.value.label", value.lozenge_label(), 1, longest_lozenge);
            inner["label"] = value.lozenge_label();
            inner["type"] = to_string(value.lozenge_colour());
            made["status"] = typed("lozenge", std::move(inner));
            break;
        case glance::status::icon:
            check_text(path + "status.value.url", value.icon_url(), 1, any_length);
            check_text(path + "status.value.url@2x", value.icon_url_2x(), 1, any_length);
            inner["url"] = value.icon_url();
            inner["url@2x"] = value.icon_url_2x();
            made["status"] = typed("icon", std::move(inner));
            break;
    }
    if (value.metadata() != nullptr) made["metadata"] = *value.metadata();
    return made;
}

}  // namespace

json::object write_glance(const glance& value) {
    return write_at(value, "");
}

json::object write_glance_push(const std::vector<std::pair<std::string, glance>>& glances) {
    if (glances.empty()) throw config_error("glance is empty; push at least one");
    json::array all;
    for (const auto& [key, value] : glances) {
        const std::string path = "glance[" + std::to_string(all.size()) + "].";
        check_text(path + "key", key, 1, longest_key);
        json::object one;
        one["key"] = key;
        one["content"] = write_at(value, path + "content.");
        all.push_back(std::move(one));
    }
    json::object body;
    body["glance"] = std::move(all);
    return body;
}

std::string_view to_string(lozenge_type type) noexcept {
    return lozenge_names[static_cast<std::size_t>(type)];
}

}  // namespace protocol
}  // namespace hipchat
