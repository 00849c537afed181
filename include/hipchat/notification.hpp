#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hipchat/card.hpp"
#include "hipchat/message_format.hpp"

namespace hipchat {

/// Background of a notification (addon-side.md 8.1).
enum class color { yellow, green, red, purple, gray, random };

/// What an add-on posts into a room: made from text, changed by fluent setters.
///
///     hipchat::notification("deployed").in(hipchat::color::green).notify()
///
/// Plain text is the default, so that a person's name cannot become markup; html() is for markup
/// of your own. Limits (addon-side.md 8.1) are checked when it is sent: message 1 to 10000
/// characters, from at most 64.
class notification {
public:
    template <class Text>
        requires std::convertible_to<Text, std::string>
    notification(Text&& text) : message_(std::forward<Text>(text)) {}

    /// A notification whose message is HTML of the protocol's subset.
    static notification html(std::string markup) {
        notification made(std::move(markup));
        made.format_ = message_format::html;
        return made;
    }

    notification& in(hipchat::color background) & {
        color_ = background;
        return *this;
    }
    notification&& in(hipchat::color background) && {
        color_ = background;
        return std::move(*this);
    }

    /// Makes clients draw attention to it.
    notification& notify(bool on = true) & {
        notify_ = on;
        return *this;
    }
    notification&& notify(bool on = true) && {
        notify_ = on;
        return std::move(*this);
    }

    /// A label beside the sender's name.
    notification& from(std::string label) & {
        from_ = std::move(label);
        return *this;
    }
    notification&& from(std::string label) && {
        from_ = std::move(label);
        return std::move(*this);
    }

    /// Shows it next to the message of that id, if it is sent within five minutes of it.
    notification& attach_to(std::string message_id) & {
        attach_to_ = std::move(message_id);
        return *this;
    }
    notification&& attach_to(std::string message_id) && {
        return std::move(attach_to(std::move(message_id)));
    }

    /// Shows `object` with it; the message is for clients that show no cards.
    notification& card(hipchat::card object) & {
        card_ = std::move(object);
        return *this;
    }
    notification&& card(hipchat::card object) && { return std::move(card(std::move(object))); }

    const std::string& message() const noexcept { return message_; }
    message_format format() const noexcept { return format_; }
    hipchat::color background() const noexcept { return color_; }
    bool notifies() const noexcept { return notify_; }
    const std::string& label() const noexcept { return from_; }
    /// Empty: to none.
    const std::string& attached_to() const noexcept { return attach_to_; }
    const std::optional<hipchat::card>& shown_card() const noexcept { return card_; }

private:
    std::string message_;
    message_format format_ = message_format::text;
    hipchat::color color_ = hipchat::color::yellow;
    bool notify_ = false;
    std::string from_;
    std::string attach_to_;
    std::optional<hipchat::card> card_;
};

}  // namespace hipchat
