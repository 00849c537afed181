#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hipchat/errors.hpp"
#include "hipchat/log.hpp"
#include "hipchat/page_template.hpp"
#include "hipchat/response.hpp"
#include "hipchat/room.hpp"
#include "hipchat/tenant.hpp"

namespace hipchat {

namespace detail {
struct page_core;
}

/// A request of a page or route is not what the handler needs. Thrown out of a handler it is
/// answered with 400 and its text, which must therefore hold nothing secret.
class bad_request : public error {
public:
    /// @param field  name of the offending field; empty if it is the whole request
    /// @param reason what is wrong with it, and what to send instead
    bad_request(std::string field, const std::string& reason)
        : error(field.empty() ? reason : field + ": " + reason), field_(std::move(field)) {}

    const std::string& field() const noexcept { return field_; }

private:
    std::string field_;
};

/// What every request of a page or route has. A handler gets a reference that is valid until its
/// task ends; what is returned by value may be kept.
class web_request {
public:
    web_request(const web_request&) = delete;
    web_request& operator=(const web_request&) = delete;

    /// "GET" also for a HEAD.
    std::string_view method() const noexcept;
    /// Below the base URL, percent-encoded as it came.
    std::string_view path() const noexcept;
    /// The add-on's log; its lines name this request.
    hipchat::log log() const noexcept;
    /// Value of a {part} of the route's path, decoded. Throws std::out_of_range if the path has no
    /// part of that name.
    const std::string& part(std::string_view name) const;
    /// Value of the first header of that name, in any case; empty if absent.
    std::string header(std::string_view name) const;
    std::string_view body() const noexcept;

    /// Value of a field of the query, decoded; the first if there are several.
    /// Throws bad_request if the query is badly encoded.
    std::optional<std::string> query(std::string_view name) const;
    /// The same of a posted form (application/x-www-form-urlencoded).
    std::optional<std::string> form(std::string_view name) const;
    /// All values of a field of a posted form, as of check boxes with one name.
    std::vector<std::string> form_values(std::string_view name) const;

    /// The body as JSON; include <hipchat/json.hpp> to look into it. Throws bad_request unless the
    /// content type is application/json and the body one document that repeats no member.
    const boost::json::value& json() const;

    // A field of the JSON object, or of the form, that was sent. They throw bad_request naming the
    // field if it is absent or not what is asked for.
    std::string text(std::string_view field) const;
    std::int64_t whole_number(std::string_view field) const;
    /// In a form: present means true, as with a check box; absent means false.
    bool flag(std::string_view field) const;

protected:
    explicit web_request(std::shared_ptr<const detail::page_core> core) noexcept;
    ~web_request() = default;
    const detail::page_core& core() const noexcept { return *core_; }

private:
    std::shared_ptr<const detail::page_core> core_;
};

/// A page that a tenant's host opened, or a call that such a page makes (addon-side.md 7.1, 4.4).
class page_request final : public web_request {
public:
    /// For the library.
    explicit page_request(std::shared_ptr<const detail::page_core> core) noexcept
        : web_request(std::move(core)) {}

    /// The installation in which the page was opened; verified.
    hipchat::tenant tenant() const;
    /// The room in which it was opened, else the room of a room install; empty when the host named
    /// none. Its name is not known.
    std::optional<hipchat::room> room() const;
    /// Who opened it; empty for a guest or when the host named nobody. The host says so; that the
    /// person may administer the room or group it does not say (docs/threat-model.md).
    const std::string& user_id() const noexcept;
    /// Name of the person's time zone; may be empty.
    const std::string& time_zone() const noexcept;
    /// "light", "dark", or empty where the host does not say.
    const std::string& theme() const noexcept;

    /// The page's token, for calls that do not go through connect.js: in a form's hidden field
    /// `signed_request`, for example. Accepted for 15 minutes.
    const std::string& token() const;
    /// A path of this add-on with the token in its query, for links to other pages of it.
    std::string link(std::string_view path) const;
    /// The host's page on which the person lets the add-on act for them, with the scopes that
    /// addon::user_tokens names; for a link that opens a window of its own (target="_blank"), since
    /// the host's page is in no frame. Good for 10 minutes and for one answer. Throws config_error
    /// if no scopes are declared, bad_request for a guest, protocol_error if the host has no such
    /// page.
    std::string authorization_url() const;
    /// The script element of connect.js, which loads the host's all.js and gives the page
    /// `connect.fetch(url, options)`: calls with the token, renewed as needed.
    std::string connect_script() const;

    /// Renders `page` with `data` and, unless the data have members of these names: `connect` (the
    /// script element, for {{{connect}}}), `token`, `theme`, `user_id`, and `base` (base URL of the
    /// add-on, for addresses of static files).
    html render(const page_template& page, const boost::json::object& data) const;
    html render(const page_template& page) const;
};

/// A request by anybody: nothing is known about the caller.
class anonymous_request final : public web_request {
public:
    /// For the library.
    explicit anonymous_request(std::shared_ptr<const detail::page_core> core) noexcept
        : web_request(std::move(core)) {}
};

}  // namespace hipchat
