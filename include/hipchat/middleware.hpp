#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "hipchat/log.hpp"
#include "hipchat/task.hpp"

namespace hipchat {

namespace addons {
class chain;
struct inbound;
struct reply;
}  // namespace addons

/// A request on its way to the add-on's routes, as middleware sees it: nobody has looked yet at who
/// sends it. Valid until the middleware's task ends.
class passing_request {
public:
    /// For the library.
    passing_request(const addons::inbound& request, logger& to) : request_(request), to_(to) {}

    std::string_view method() const noexcept;
    /// Below the add-on's base URL, not decoded; begins with '/'.
    std::string_view path() const noexcept;
    /// What follows '?', not decoded. It may carry tokens: keep it out of logs.
    std::string_view query() const noexcept;
    /// Value of the first header of that name (ASCII case does not matter); empty if absent.
    std::string_view header(std::string_view name) const noexcept;
    std::string_view body() const noexcept;
    /// Address of who sent it; behind a proxy of AC_TRUSTED_PROXIES, what that says.
    std::string_view peer() const noexcept;
    hipchat::log log() const noexcept;

private:
    const addons::inbound& request_;
    logger& to_;
};

/// What a request is answered with. A value that is moved on.
class outcome {
public:
    /// An answer of the middleware's own, in plain text.
    /// @param status 200 to 599
    /// @param text   is shown to the caller; says what to do and nothing internal
    outcome(int status, std::string text);
    /// For the library.
    explicit outcome(addons::reply&& made);
    outcome(outcome&&) noexcept;
    outcome& operator=(outcome&&) noexcept;
    ~outcome();

    int status() const noexcept;
    /// Adds a header. Content-Length, Connection and Date are the server's business.
    outcome& add_header(std::string name, std::string value);
    /// For the library.
    addons::reply&& take() && noexcept { return std::move(*made_); }

private:
    std::unique_ptr<addons::reply> made_;
};

/// The rest of the way: the middleware that was added next, and at the end the add-on's own routes.
/// A middleware that does not call it has refused the request.
class next {
public:
    /// For the library.
    next(const addons::chain& of, std::size_t link, const addons::inbound& request)
        : chain_(&of), link_(link), request_(&request) {}

    /// At most once; std::logic_error if it is called again.
    task<outcome> operator()();

private:
    const addons::chain* chain_;  // null once called
    std::size_t link_;
    const addons::inbound* request_;
};

namespace detail {
using middleware = std::function<task<outcome>(const passing_request&, next)>;
}

}  // namespace hipchat
