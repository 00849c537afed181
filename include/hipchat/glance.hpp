#pragma once

#include <boost/json/fwd.hpp>
#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "hipchat/lozenge.hpp"

namespace hipchat {

/// What a glance shows (addon-side.md 6.2): made from its label, changed by fluent setters.
///
///     hipchat::glance("5 open").lozenge("2 RED", hipchat::lozenge_type::error)
///
/// A label is text, so that a person's name cannot become markup; html() is for markup of your own,
/// of which clients keep b, i, em and strong. There is one status: the last lozenge or icon set.
/// Limits are checked when it is sent: label 1 to 1000 characters as HTML, lozenge 1 to 20.
class glance {
public:
    enum class status { none, lozenge, icon };

    template <class Text>
        requires std::convertible_to<Text, std::string>
    glance(Text&& text) : label_(std::forward<Text>(text)) {}

    /// A glance whose label is HTML.
    static glance html(std::string markup) {
        glance made(std::move(markup));
        made.is_html_ = true;
        return made;
    }

    /// Shows a small coloured label.
    glance& lozenge(std::string label, lozenge_type type = lozenge_type::standard) & {
        status_ = status::lozenge;
        first_ = std::move(label);
        type_ = type;
        return *this;
    }
    glance&& lozenge(std::string label, lozenge_type type = lozenge_type::standard) && {
        return std::move(lozenge(std::move(label), type));
    }

    /// Shows a picture.
    /// @param url_2x for dense screens; empty: the same
    glance& icon(std::string url, std::string url_2x = {}) & {
        status_ = status::icon;
        second_ = url_2x.empty() ? url : std::move(url_2x);
        first_ = std::move(url);
        return *this;
    }
    glance&& icon(std::string url, std::string url_2x = {}) && {
        return std::move(icon(std::move(url), std::move(url_2x)));
    }

    /// What conditions of kind glance_matches look at. Replaces what was set before.
    glance& metadata(const boost::json::object& all) &;
    glance&& metadata(const boost::json::object& all) && { return std::move(metadata(all)); }
    /// One member of it.
    glance& metadata(std::string_view name, const boost::json::value& value) &;
    glance&& metadata(std::string_view name, const boost::json::value& value) && {
        return std::move(metadata(name, value));
    }

    const std::string& label() const noexcept { return label_; }
    bool is_html() const noexcept { return is_html_; }
    status shows() const noexcept { return status_; }
    /// Of a lozenge; empty without one.
    std::string lozenge_label() const { return status_ == status::lozenge ? first_ : ""; }
    lozenge_type lozenge_colour() const noexcept { return type_; }
    /// Of an icon; empty without one.
    std::string icon_url() const { return status_ == status::icon ? first_ : ""; }
    std::string icon_url_2x() const { return status_ == status::icon ? second_ : ""; }
    /// Null if none was set.
    const boost::json::object* metadata() const noexcept { return metadata_.get(); }

private:
    std::string label_;
    bool is_html_ = false;
    status status_ = status::none;
    lozenge_type type_ = lozenge_type::standard;
    std::string first_;   // the lozenge's label, or the icon's URL
    std::string second_;  // the icon's dense URL
    std::shared_ptr<const boost::json::object> metadata_;
};

}  // namespace hipchat
