#pragma once

#include <cstddef>
#include <vector>

#include "addon/dispatch.hpp"
#include "base/log.hpp"
#include "hipchat/middleware.hpp"

namespace hipchat::addons {

/// The middlewares of an add-on, the first outermost, around its routes. Loop thread only; the
/// references must outlive it.
class chain {
public:
    chain(const dispatcher& routes, const std::vector<detail::middleware>& links, logger& log)
        : routes_(routes), links_(links), log_(log) {}

    /// Without middleware this is dispatch() itself. `request` must live until the answer is there.
    answer pass(const inbound& request) const {
        if (links_.empty()) return routes_.dispatch(request);
        return pass_through(request);
    }

    /// The way from that link on.
    task<outcome> go_on(std::size_t link, const inbound& request) const;

private:
    task<reply> pass_through(const inbound& request) const;

    const dispatcher& routes_;
    const std::vector<detail::middleware>& links_;
    logger& log_;
};

}  // namespace hipchat::addons
