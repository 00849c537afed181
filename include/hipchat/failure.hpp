#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "hipchat/log.hpp"
#include "hipchat/task.hpp"
#include "hipchat/tenant.hpp"

namespace hipchat {

/// What a handler threw, for addon::on_error. The caller of the handler has got a fixed sentence,
/// and the log has a line of it already; nothing of this ever leaves in an HTTP answer. A value.
class failure {
public:
    /// For the library.
    failure(std::string where, std::optional<hipchat::tenant> tenant, std::exception_ptr thrown,
            hipchat::log log);

    /// The exception in words; "not a std::exception" if it is none.
    const std::string& what() const noexcept { return what_; }
    /// Path of the request, or the name of the event: "/event/room_enter", "installed".
    const std::string& where() const noexcept { return where_; }
    /// For whom the handler worked; empty if that was nobody in particular.
    const std::optional<hipchat::tenant>& tenant() const noexcept { return tenant_; }
    /// To throw it again and look at its type; never null.
    const std::exception_ptr& exception() const noexcept { return thrown_; }
    const hipchat::log& log() const noexcept { return log_; }

private:
    std::string what_;
    std::string where_;
    std::optional<hipchat::tenant> tenant_;
    std::exception_ptr thrown_;
    hipchat::log log_;
};

namespace detail {

template <class Handler>
task<> call_on_error(std::shared_ptr<Handler> handler, failure what) {
    if constexpr (std::is_void_v<std::invoke_result_t<Handler&, const failure&>>) {
        (*handler)(what);
        co_return;
    } else {
        task<> handling = (*handler)(what);
        co_await handling;
    }
}

}  // namespace detail
}  // namespace hipchat
