#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>

#include "addon/background/start_beside.hpp"
#include "addon/declaration.hpp"
#include "base/log.hpp"
#include "hipchat/tenant.hpp"

namespace hipchat::addons {

/// Where everything ends that the author's handlers throw: in the log, in the count of failures,
/// and in the author's own handler, if there is one. Never in an answer. Loop thread only.
class error_boundary {
public:
    /// The references must outlive this.
    error_boundary(const detail::declaration& declared, start_beside beside, logger& log)
        : declared_(declared), beside_(std::move(beside)), log_(log) {}

    /// @param where  path of the request, or name of the event
    /// @param whose  for whom the handler worked; empty if for nobody in particular
    /// @param thrown not null
    void report(std::string where, std::optional<tenant> whose, request_id request,
                const std::exception_ptr& thrown);

    /// Failures reported since the start.
    std::uint64_t count() const noexcept { return count_; }

private:
    const detail::declaration& declared_;
    start_beside beside_;
    logger& log_;
    std::uint64_t count_ = 0;
};

}  // namespace hipchat::addons
