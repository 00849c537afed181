#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace hipchat {

/// Background of a notification (addon-side.md 8.1).
enum class color { yellow, green, red, purple, gray, random };

enum class message_format { text, html };

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

    const std::string& message() const noexcept { return message_; }
    message_format format() const noexcept { return format_; }
    hipchat::color background() const noexcept { return color_; }
    bool notifies() const noexcept { return notify_; }
    const std::string& label() const noexcept { return from_; }

private:
    std::string message_;
    message_format format_ = message_format::text;
    hipchat::color color_ = hipchat::color::yellow;
    bool notify_ = false;
    std::string from_;
};

}  // namespace hipchat
