#include "protocol/card.hpp"

#include <array>
#include <limits>
#include <string_view>

#include "hipchat/errors.hpp"
#include "protocol/limits.hpp"
#include "protocol/metadata.hpp"

// {"style": "application" | "link" | "image" | "file" | "media", "id": text, "title": text,
//  "description": text | {"value": text, "format": "html" | "text"},
//  "format": "compact" | "medium", "url": text,
//  "icon": {"url": text, "url@2x": text},
//  "thumbnail": {"url": text, "url@2x": text, "width": number, "height": number},
//  "attributes": [{"label": text,
//                  "value": {"label": text, "url": text, "style": "lozenge-…", "icon": {...}}}],
//  "activity": {"html": text, "icon": {...}}, "metadata": {...}}

namespace hipchat {

card& card::metadata(const json::object& all) & {
    metadata_ = std::make_shared<const json::object>(all);
    return *this;
}

card& card::metadata(std::string_view name, const json::value& value) & {
    metadata_ = protocol::with_member(metadata_.get(), name, value);
    return *this;
}

namespace protocol {
namespace {

constexpr std::size_t any_length = std::numeric_limits<std::size_t>::max();
constexpr std::size_t longest_title = 500;
constexpr std::size_t longest_plain_description = 500;
constexpr std::size_t longest_description = 1000;
constexpr std::size_t longest_thumbnail_url = 250;
constexpr std::size_t longest_attribute_label = 50;
constexpr std::size_t most_attributes = 10;

// In the order of card_style.
constexpr std::array<std::string_view, 5> styles = {"application", "link", "image", "file",
                                                    "media"};

std::string_view lozenge_style(lozenge_type type, const std::string& field) {
    switch (type) {
        case lozenge_type::standard:
            return "lozenge";
        case lozenge_type::success:
            return "lozenge-success";
        case lozenge_type::error:
            return "lozenge-error";
        case lozenge_type::current:
            return "lozenge-current";
        case lozenge_type::complete:
            return "lozenge-complete";
        case lozenge_type::moved:
            return "lozenge-moved";
        case lozenge_type::new_:
            break;
    }
    throw config_error(field + " has no lozenge of type new; use another type");
}

// Writes one card; every member knows its dotted path.
class writer {
public:
    writer(const card& value, const std::string& path) : value_(value), path_(path) {}

    json::object write() {
        made_["style"] = styles[static_cast<std::size_t>(value_.style())];
        text("id", value_.id(), any_length);
        text("title", value_.title(), longest_title);
        description();
        if (value_.format())
            made_["format"] = *value_.format() == card_format::compact ? "compact" : "medium";
        if (!value_.url().empty() || value_.style() == card_style::image)
            text("url", value_.url(), any_length);
        if (!value_.icon_url().empty())
            made_["icon"] = icon(value_.icon_url(), value_.icon_url_2x(), "icon");
        if (value_.thumbnail()) made_["thumbnail"] = thumbnail(*value_.thumbnail());
        attributes();
        activity();
        if (value_.metadata() != nullptr) made_["metadata"] = *value_.metadata();
        return std::move(made_);
    }

private:
    std::string at(const std::string& member) const { return path_ + '.' + member; }

    void text(const std::string& member, const std::string& content, std::size_t most) {
        check_text(at(member), content, 1, most);
        made_[member] = content;
    }

    void description() {
        if (!value_.description()) {
            if (value_.style() == card_style::link)
                throw config_error(at("description")
                                   + " is missing; clients show a link card only with one");
            return;
        }
        const std::string& content = *value_.description();
        if (!value_.description_format()) {
            check_text(at("description"), content, 0, longest_plain_description);
            made_["description"] = content;
            return;
        }
        check_text(at("description.value"), content, 1, longest_description);
        json::object formatted;
        formatted["value"] = content;
        formatted["format"] =
            *value_.description_format() == message_format::html ? "html" : "text";
        made_["description"] = std::move(formatted);
    }

    json::object icon(const std::string& url, const std::string& url_2x,
                      const std::string& member) const {
        check_text(at(member + ".url"), url, 1, any_length);
        json::object pair;
        pair["url"] = url;
        if (!url_2x.empty()) {
            check_text(at(member + ".url@2x"), url_2x, 1, any_length);
            pair["url@2x"] = url_2x;
        }
        return pair;
    }

    json::object thumbnail(const card_thumbnail& picture) const {
        check_text(at("thumbnail.url"), picture.url(), 1, longest_thumbnail_url);
        check_text(at("thumbnail.url@2x"), picture.url_2x(), 0, longest_thumbnail_url);
        json::object made;
        made["url"] = picture.url();
        if (!picture.url_2x().empty()) made["url@2x"] = picture.url_2x();
        length(made, "width", picture.width());
        length(made, "height", picture.height());
        return made;
    }

    void length(json::object& into, const std::string& member, std::optional<int> pixels) const {
        if (!pixels) return;
        if (*pixels < 1)
            throw config_error(at("thumbnail." + member) + " is " + std::to_string(*pixels)
                               + "; give it in pixels, at least 1");
        into[member] = *pixels;
    }

    void attributes() {
        const std::vector<card_attribute>& all = value_.attributes();
        if (all.empty()) return;
        if (all.size() > most_attributes)
            throw config_error(at("attributes") + " has " + std::to_string(all.size())
                               + " elements; send at most " + std::to_string(most_attributes));
        json::array made;
        for (const card_attribute& one : all)
            made.push_back(attribute(one, "attributes[" + std::to_string(made.size()) + "]"));
        made_["attributes"] = std::move(made);
    }

    json::object attribute(const card_attribute& one, const std::string& member) const {
        json::object made;
        if (one.label()) {
            check_text(at(member + ".label"), *one.label(), 1, longest_attribute_label);
            made["label"] = *one.label();
        }
        check_text(at(member + ".value.label"), one.value(), 1, any_length);
        json::object content;
        content["label"] = one.value();
        if (!one.url().empty()) {
            check_text(at(member + ".value.url"), one.url(), 1, any_length);
            content["url"] = one.url();
        }
        if (one.lozenge_colour())
            content["style"] = lozenge_style(*one.lozenge_colour(), at(member + ".value.style"));
        if (!one.icon_url().empty())
            content["icon"] = icon(one.icon_url(), one.icon_url_2x(), member + ".value.icon");
        made["value"] = std::move(content);
        return made;
    }

    void activity() {
        if (!value_.activity()) return;
        check_text(at("activity.html"), *value_.activity(), 1, any_length);
        json::object made;
        made["html"] = *value_.activity();
        if (!value_.activity_icon_url().empty())
            made["icon"] =
                icon(value_.activity_icon_url(), value_.activity_icon_url_2x(), "activity.icon");
        made_["activity"] = std::move(made);
    }

    const card& value_;
    const std::string& path_;
    json::object made_;
};

}  // namespace

json::object write_card(const card& value, const std::string& path) {
    return writer(value, path).write();
}

}  // namespace protocol
}  // namespace hipchat
