#pragma once

#include <string>
#include <vector>

#include "addon/declaration.hpp"
#include "addon/settings.hpp"
#include "hipchat/descriptor.hpp"

namespace hipchat::addons {

/// Where the library's own routes lie, below the base URL.
constexpr const char* descriptor_path = "/addon/descriptor";
constexpr const char* installable_path = "/addon/installable";

/// Where the content of the glance of that key is asked for.
std::string glance_path(const std::string& key);

/// Where installs and the like arrive, below the base URL; empty: not declared, or elsewhere.
struct lifecycle_paths {
    std::string install = installable_path;  ///< never empty; uninstalls below it
    std::string update = {};
    std::string installed = {};  ///< these by the browser (addon-side.md 2.4)
    std::string updated = {};
    std::string uninstalled = {};
};

/// A descriptor with nothing left to fill in, and where its webhooks are served.
struct completed_descriptor {
    descriptor value;
    std::string base_url;  ///< without a slash at the end
    /// Path of each declared hook, in the order of declaration; distinct.
    std::vector<std::string> hook_paths;
    lifecycle_paths lifecycle = {};
};

/// Completes what `declared` says with `given` and the library's defaults: URLs, the install
/// callback, one webhook for each handler. A handler whose event and pattern a webhook of the
/// descriptor has already is served at that webhook's URL.
/// Throws config_error naming the member and the rule if the result is not a valid descriptor.
completed_descriptor complete(const detail::declaration& declared, const settings& given,
                              std::uint16_t port);

/// The base URL in force: the setting's, else http://localhost:PORT.
std::string base_url_of(const settings& given, std::uint16_t port);

}  // namespace hipchat::addons
