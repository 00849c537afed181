#pragma once

#include <memory>
#include <optional>
#include <string>

#include "addon/declaration.hpp"
#include "addon/dispatch.hpp"
#include "addon/pages/page_core.hpp"

namespace hipchat::addons {

/// Serves one address of a page: makes what the handler is given, awaits what it returns, and adds
/// what every such answer must carry. Loop thread only; the references must outlive it.
class page_endpoint {
public:
    page_endpoint(const detail::page_route& route, const page_site& site);

    /// Does not keep `caller`. `request` must live until the answer is there.
    answer serve(const page_caller& caller, const inbound& request) const;
    answer serve_anybody(const inbound& request) const;

private:
    task<reply> run(std::shared_ptr<const detail::page_core> core) const;
    reply write(const response& said, const detail::page_core& core) const;

    const detail::page_route& route_;
    const page_site& site_;
};

/// Where a redirect leads, as an absolute URL. Throws config_error unless it stays on the origin of
/// `base_url`.
std::string redirect_target(const std::string& where, const std::string& base_url);

}  // namespace hipchat::addons
