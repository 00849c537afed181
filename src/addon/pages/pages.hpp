#pragma once

#include <deque>
#include <string>

#include "addon/declaration.hpp"
#include "addon/dispatch.hpp"
#include "addon/pages/file.hpp"
#include "addon/pages/page_core.hpp"
#include "addon/pages/page_endpoint.hpp"

namespace hipchat::addons {

/// Where connect.js lies, below the base URL.
constexpr const char* connect_script_path = "/addon/connect.js";

/// The pages of one add-on, what they call, and the files beside them. Loop thread only.
class pages {
public:
    /// Reads the static files. @param declared must outlive this
    /// Throws config_error if a folder cannot be read.
    pages(const detail::declaration& declared, page_site site);
    pages(const pages&) = delete;
    pages& operator=(const pages&) = delete;

    /// Adds the routes; this must outlive them. Throws config_error if an address is taken.
    void add_to(dispatcher& routes);

private:
    void add_folder(dispatcher& routes, const std::string& path, const files& in);

    const detail::declaration& declared_;
    page_site site_;
    std::deque<page_endpoint> endpoints_;
    std::deque<files> folders_;
    file connect_script_;
};

}  // namespace hipchat::addons
