#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hipchat/lozenge.hpp"
#include "hipchat/message_format.hpp"

namespace hipchat {

enum class card_style { application, link, image, file, media };

/// How much of an application card's description is shown: 1 to 2 lines, or 1 to 5.
enum class card_format { compact, medium };

/// A picture on a card: one URL, or two, and what size it has. A URL has at most 250 characters.
class card_thumbnail {
public:
    explicit card_thumbnail(std::string url) : url_(std::move(url)) {}

    /// The picture for dense screens.
    card_thumbnail& dense(std::string url_2x) & {
        url_2x_ = std::move(url_2x);
        return *this;
    }
    card_thumbnail&& dense(std::string url_2x) && { return std::move(dense(std::move(url_2x))); }

    /// Width and height in pixels; both at least 1.
    card_thumbnail& sized(int width, int height) & {
        width_ = width;
        height_ = height;
        return *this;
    }
    card_thumbnail&& sized(int width, int height) && { return std::move(sized(width, height)); }

    const std::string& url() const noexcept { return url_; }
    const std::string& url_2x() const noexcept { return url_2x_; }
    std::optional<int> width() const noexcept { return width_; }
    std::optional<int> height() const noexcept { return height_; }

private:
    std::string url_;
    std::string url_2x_;
    std::optional<int> width_;
    std::optional<int> height_;
};

/// One named value on a card, for example "status: FAILED".
class card_attribute {
public:
    explicit card_attribute(std::string value) : value_(std::move(value)) {}

    /// What the value is; 1 to 50 characters.
    card_attribute& label(std::string name) & {
        label_ = std::move(name);
        return *this;
    }
    card_attribute&& label(std::string name) && { return std::move(label(std::move(name))); }

    /// Draws the value as a lozenge.
    card_attribute& lozenge(lozenge_type type = lozenge_type::standard) & {
        lozenge_ = type;
        return *this;
    }
    card_attribute&& lozenge(lozenge_type type = lozenge_type::standard) && {
        return std::move(lozenge(type));
    }

    /// Opened by a click on the value.
    card_attribute& url(std::string opened) & {
        url_ = std::move(opened);
        return *this;
    }
    card_attribute&& url(std::string opened) && { return std::move(url(std::move(opened))); }

    /// A picture before the value.
    card_attribute& icon(std::string url, std::string url_2x = {}) & {
        icon_ = std::move(url);
        icon_2x_ = std::move(url_2x);
        return *this;
    }
    card_attribute&& icon(std::string url, std::string url_2x = {}) && {
        return std::move(icon(std::move(url), std::move(url_2x)));
    }

    const std::string& value() const noexcept { return value_; }
    const std::optional<std::string>& label() const noexcept { return label_; }
    std::optional<lozenge_type> lozenge_colour() const noexcept { return lozenge_; }
    const std::string& url() const noexcept { return url_; }
    const std::string& icon_url() const noexcept { return icon_; }
    const std::string& icon_url_2x() const noexcept { return icon_2x_; }

private:
    std::string value_;
    std::optional<std::string> label_;
    std::optional<lozenge_type> lozenge_;
    std::string url_;
    std::string icon_;
    std::string icon_2x_;
};

/// An object shown with a notification (addon-side.md 8.2): made by the function of its style,
/// changed by fluent setters.
///
///     hipchat::card::application("build/812", "Build 812 failed")
///         .url("https://ci.example.com/812")
///         .attribute("status", "FAILED", hipchat::lozenge_type::error)
///
/// A card has an id, the same for every time that one object is sent, and a title of 1 to 500
/// characters. Limits are checked when it is sent, among them what a client needs in order to draw
/// it: a link needs a description, an image a URL. Where no card can be shown, the notification's
/// message is.
class card {
public:
    card(card_style style, std::string id, std::string title)
        : style_(style), id_(std::move(id)), title_(std::move(title)) {}

    static card application(std::string id, std::string title) {
        return {card_style::application, std::move(id), std::move(title)};
    }
    /// @param url opened by a click, also for the next three
    static card link(std::string id, std::string title, std::string url) {
        return card(card_style::link, std::move(id), std::move(title)).url(std::move(url));
    }
    static card image(std::string id, std::string title, std::string url) {
        return card(card_style::image, std::move(id), std::move(title)).url(std::move(url));
    }
    static card file(std::string id, std::string title, std::string url) {
        return card(card_style::file, std::move(id), std::move(title)).url(std::move(url));
    }
    static card media(std::string id, std::string title, std::string url) {
        return card(card_style::media, std::move(id), std::move(title)).url(std::move(url));
    }

    /// Text of at most 500 characters.
    card& description(std::string text) & {
        description_ = std::move(text);
        description_format_.reset();
        return *this;
    }
    card&& description(std::string text) && { return std::move(description(std::move(text))); }
    /// Text or HTML of 1 to 1000 characters; of HTML, a, b, i, strong and span stay.
    card& description(std::string value, message_format format) & {
        description_ = std::move(value);
        description_format_ = format;
        return *this;
    }
    card&& description(std::string value, message_format format) && {
        return std::move(description(std::move(value), format));
    }

    card& format(card_format lines) & {
        format_ = lines;
        return *this;
    }
    card&& format(card_format lines) && { return std::move(format(lines)); }

    card& url(std::string opened) & {
        url_ = std::move(opened);
        return *this;
    }
    card&& url(std::string opened) && { return std::move(url(std::move(opened))); }

    /// @param url_2x for dense screens; may be empty
    card& icon(std::string url, std::string url_2x = {}) & {
        icon_ = std::move(url);
        icon_2x_ = std::move(url_2x);
        return *this;
    }
    card&& icon(std::string url, std::string url_2x = {}) && {
        return std::move(icon(std::move(url), std::move(url_2x)));
    }

    card& thumbnail(card_thumbnail picture) & {
        thumbnail_ = std::move(picture);
        return *this;
    }
    card&& thumbnail(card_thumbnail picture) && { return std::move(thumbnail(std::move(picture))); }

    /// Adds one; at most 10.
    card& attribute(card_attribute added) & {
        attributes_.push_back(std::move(added));
        return *this;
    }
    card&& attribute(card_attribute added) && { return std::move(attribute(std::move(added))); }
    card& attribute(std::string label, std::string value) & {
        return attribute(card_attribute(std::move(value)).label(std::move(label)));
    }
    card&& attribute(std::string label, std::string value) && {
        return std::move(attribute(std::move(label), std::move(value)));
    }
    card& attribute(std::string label, std::string value, lozenge_type type) & {
        return attribute(card_attribute(std::move(value)).label(std::move(label)).lozenge(type));
    }
    card&& attribute(std::string label, std::string value, lozenge_type type) && {
        return std::move(attribute(std::move(label), std::move(value), type));
    }

    /// Makes the card one line of HTML that expands to the rest.
    card& activity(std::string html, std::string icon = {}, std::string icon_2x = {}) & {
        activity_ = std::move(html);
        activity_icon_ = std::move(icon);
        activity_icon_2x_ = std::move(icon_2x);
        return *this;
    }
    card&& activity(std::string html, std::string icon = {}, std::string icon_2x = {}) && {
        return std::move(activity(std::move(html), std::move(icon), std::move(icon_2x)));
    }

    /// What conditions of kind card_matches look at, and what an action is given. Replaces what was
    /// set before.
    card& metadata(const boost::json::object& all) &;
    card&& metadata(const boost::json::object& all) && { return std::move(metadata(all)); }
    /// One member of it.
    card& metadata(std::string_view name, const boost::json::value& value) &;
    card&& metadata(std::string_view name, const boost::json::value& value) && {
        return std::move(metadata(name, value));
    }

    card_style style() const noexcept { return style_; }
    const std::string& id() const noexcept { return id_; }
    const std::string& title() const noexcept { return title_; }
    const std::optional<std::string>& description() const noexcept { return description_; }
    /// Absent: a plain description.
    std::optional<message_format> description_format() const noexcept {
        return description_format_;
    }
    std::optional<card_format> format() const noexcept { return format_; }
    const std::string& url() const noexcept { return url_; }
    const std::string& icon_url() const noexcept { return icon_; }
    const std::string& icon_url_2x() const noexcept { return icon_2x_; }
    const std::optional<card_thumbnail>& thumbnail() const noexcept { return thumbnail_; }
    const std::vector<card_attribute>& attributes() const noexcept { return attributes_; }
    const std::optional<std::string>& activity() const noexcept { return activity_; }
    const std::string& activity_icon_url() const noexcept { return activity_icon_; }
    const std::string& activity_icon_url_2x() const noexcept { return activity_icon_2x_; }
    /// Null if none was set.
    const boost::json::object* metadata() const noexcept { return metadata_.get(); }

private:
    card_style style_;
    std::string id_;
    std::string title_;
    std::optional<std::string> description_;
    std::optional<message_format> description_format_;
    std::optional<card_format> format_;
    std::string url_;
    std::string icon_;
    std::string icon_2x_;
    std::optional<card_thumbnail> thumbnail_;
    std::vector<card_attribute> attributes_;
    std::optional<std::string> activity_;
    std::string activity_icon_;
    std::string activity_icon_2x_;
    std::shared_ptr<const boost::json::object> metadata_;
};

}  // namespace hipchat
