#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "addon/declaration.hpp"
#include "addon/settings.hpp"

namespace hipchat::addons {

/// One add-on of a process: where it lies, and the settings that count for it.
struct placed_addon {
    const detail::declaration* declared = nullptr;
    std::string path = {};  ///< below the base URL of the process: "" or like "/karma"
    settings given = {};    ///< with a base URL and a store of its own
};

/// Gives each add-on its place. One alone lies at the base URL unless it says otherwise; of
/// several, each lies at "/" and its key unless it says otherwise, and keeps its tenants in a store
/// of its own (store_of).
/// @param base_url of the process, without a slash at the end
/// Throws config_error if there is none, if two have one key, or if a setting that can mean one
/// add-on only (AC_ADDON_KEY, _NAME, _DESCRIPTION) is given to several.
std::vector<placed_addon> place(const std::vector<const detail::declaration*>& programs,
                                const settings& given, const std::string& base_url);

/// The store of one add-on among several: the key is put before the suffix of the file's name,
/// "sqlite:./bots.db" becomes "sqlite:./bots-karma.db". Stores that are no files stay as they are.
std::string store_of(std::string_view store, std::string_view key);

}  // namespace hipchat::addons
