#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "addon/access.hpp"
#include "addon/dispatch.hpp"
#include "addon/pages/page_caller.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "hipchat/json.hpp"

namespace hipchat::addons {

/// What all pages of one add-on share. Outlives every request.
struct page_site {
    const access& to;
    std::string base_url;  ///< without a slash at the end
    const clock& time;
    logger& log;
};

}  // namespace hipchat::addons

namespace hipchat::detail {

/// What stands behind a page_request or an anonymous_request. Lives until the handler has ended,
/// and no longer than the request it points to. Loop thread only.
struct page_core {
    using fields = std::vector<std::pair<std::string, std::string>>;

    const addons::page_site& site;
    const addons::inbound& request;
    std::optional<addons::page_caller> caller = {};  ///< absent: anybody
    std::string token = {};                          ///< for the page; empty for anybody

    // Read when they are asked for first.
    mutable std::optional<fields> query = {};
    mutable std::optional<fields> form = {};
    mutable std::optional<json::value> document = {};
};

}  // namespace hipchat::detail
