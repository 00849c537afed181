#pragma once

#include <boost/json/fwd.hpp>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace hipchat {

/// Markup that is meant to be markup. Text that people wrote must not get in here unescaped: use a
/// page_template, or escape_html().
class html {
public:
    explicit html(std::string markup) : markup_(std::move(markup)) {}

    const std::string& markup() const noexcept { return markup_; }

private:
    std::string markup_;
};

/// `text` so that it means itself in HTML, between tags and in quoted attributes.
std::string escape_html(std::string_view text);

/// Sends the browser to another page of this add-on, by GET (303).
class redirect {
public:
    /// @param where a path below the add-on's base URL ("/configure"), or a URL of its origin. One
    ///              that leads elsewhere is refused when it is sent, as the page would lose its
    ///              host (addon-side.md 7.1): the browser gets 500, the log the reason.
    explicit redirect(std::string where) : where_(std::move(where)) {}

    const std::string& where() const noexcept { return where_; }

private:
    std::string where_;
};

namespace detail {

template <class T>
concept json_document = std::same_as<std::remove_cvref_t<T>, boost::json::value>
                        || std::same_as<std::remove_cvref_t<T>, boost::json::object>
                        || std::same_as<std::remove_cvref_t<T>, boost::json::array>;

std::string text_of_json(const boost::json::value& document);
std::string text_of_json(const boost::json::object& document);
std::string text_of_json(const boost::json::array& document);

}  // namespace detail

/// What a handler of a page or route answers: made from text (plain, so that a person's name cannot
/// become markup), html, JSON, a redirect, or a status; changed by fluent setters.
///
///     co_return hipchat::html("<h1>Hello</h1>");
///     co_return hipchat::json::object{{"name", name}};
///     co_return hipchat::response(404, "There is no such leader.");
class response {
public:
    template <class Text>
        requires std::convertible_to<Text, std::string>
    response(Text&& text) : response(200, std::string(std::forward<Text>(text))) {}

    response(hipchat::html page)
        : content_type_("text/html; charset=utf-8"), body_(page.markup()), is_html_(true) {}

    template <detail::json_document Json>
    response(const Json& document)
        : content_type_("application/json"), body_(detail::text_of_json(document)) {}

    response(hipchat::redirect to) : status_(303), location_(to.where()) {}

    /// @param status 200 to 599
    /// @param text   plain text; empty: no body
    explicit response(int status, std::string text = {})
        : status_(status),
          content_type_(text.empty() ? "" : "text/plain; charset=utf-8"),
          body_(std::move(text)) {}

    /// Bytes of any other content type, "text/csv" for example.
    static response of(std::string content_type, std::string bytes) {
        response made(200);
        made.content_type_ = std::move(content_type);
        made.body_ = std::move(bytes);
        return made;
    }

    response& with_status(int status) & {
        status_ = status;
        return *this;
    }
    response&& with_status(int status) && {
        status_ = status;
        return std::move(*this);
    }

    /// Adds a header. Names and values with line breaks are not sent. A Content-Security-Policy of
    /// yours holds beside the library's own.
    response& with_header(std::string name, std::string value) & {
        headers_.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    response&& with_header(std::string name, std::string value) && {
        headers_.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }

    int status() const noexcept { return status_; }
    /// Empty: there is no body.
    const std::string& content_type() const noexcept { return content_type_; }
    const std::string& body() const noexcept { return body_; }
    bool is_html() const noexcept { return is_html_; }
    /// Of a redirect.
    const std::optional<std::string>& location() const noexcept { return location_; }
    const std::vector<std::pair<std::string, std::string>>& headers() const noexcept {
        return headers_;
    }

private:
    int status_ = 200;
    std::string content_type_;
    std::string body_;
    bool is_html_ = false;
    std::optional<std::string> location_;
    std::vector<std::pair<std::string, std::string>> headers_;
};

}  // namespace hipchat
