#pragma once

#include "addon/access.hpp"
#include "addon/cors.hpp"
#include "addon/declaration.hpp"
#include "addon/dispatch.hpp"

namespace hipchat::addons {

/// Serves the queries of one glance (addon-side.md 6.1): browsers ask, with a token of the host's,
/// and may ask again with the same one. Loop thread only; all references must outlive it.
class glance_endpoint {
public:
    glance_endpoint(const detail::glance_source& source, const access& to,
                    const cors_rule& readers);

    answer serve(const signed_request& who, const inbound& request) const;

private:
    task<reply> ask(std::shared_ptr<const detail::query_core> query) const;
    task<reply> answer_with(std::shared_ptr<const detail::query_core> query,
                            const inbound& request) const;

    const detail::glance_source& source_;
    const access& to_;
    const cors_rule& readers_;
};

}  // namespace hipchat::addons
