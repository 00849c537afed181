#pragma once

// For programs that have an Asio loop already. The only public header that names Asio; whoever
// includes it needs Boost's headers.

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hipchat/run.hpp"

namespace hipchat {

/// Settings by the names that they have in the environment: {{"AC_PORT", "0"}}. Later ones win.
using named_settings = std::vector<std::pair<std::string, std::string>>;

/// The AC_ settings of this process's environment.
named_settings settings_of_environment();

/// Add-ons in a program that owns an Asio loop: they serve on a port of their own, on that loop.
///
/// The program keeps its signals and its loop: it makes and destroys this on the thread that runs
/// the context, or while none does; exactly one thread runs it. The context and the add-ons must
/// outlive this. Nothing of it keeps the context running once it is destroyed.
class mounted {
public:
    /// Called on the loop once the add-ons have tested themselves: with null, or with why they must
    /// not serve (run() ends in that case). Without it a failure is logged.
    using started = std::function<void(std::exception_ptr failure)>;

    /// Binds the port and opens the stores. Throws config_error naming the setting that is wrong.
    mounted(boost::asio::io_context& loop, addon& program,
            const named_settings& given = settings_of_environment(), started then = {});
    mounted(boost::asio::io_context& loop, const addons_to_run& programs,
            const named_settings& given = settings_of_environment(), started then = {});
    mounted(const mounted&) = delete;
    mounted& operator=(const mounted&) = delete;
    /// Closes every connection. After a drain, or when the context runs no more: handlers that are
    /// still under way would never end.
    ~mounted();

    std::uint16_t port() const noexcept;
    /// Public URL, without a slash at the end (AC_BASE_URL).
    const std::string& base_url() const noexcept;

    /// Stops accepting, answers what is there, and calls `drained` on the loop when all work has
    /// ended or AC_DRAIN has passed; then with the number that was left. This may be destroyed in
    /// that call.
    void drain(std::function<void(std::size_t left)> drained);

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace hipchat
