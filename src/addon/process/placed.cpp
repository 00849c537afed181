#include "addon/process/placed.hpp"

#include <set>

#include "hipchat/errors.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

void refuse_settings_of_one(const settings& given) {
    const auto refuse = [](const std::string& value, const char* name) {
        if (!value.empty())
            throw config_error(std::string(name)
                               + " means one add-on, and this program has several; take it away, "
                                 "and say it in the program");
    };
    refuse(given.key, "AC_ADDON_KEY");
    refuse(given.name, "AC_ADDON_NAME");
    refuse(given.description, "AC_ADDON_DESCRIPTION");
}

}  // namespace

std::string store_of(std::string_view store, std::string_view key) {
    constexpr std::string_view sqlite = "sqlite:";
    if (!store.starts_with(sqlite)) return std::string(store);
    const std::size_t name = store.find_last_of("/:") + 1;
    const std::size_t dot = store.rfind('.');
    const std::size_t end = dot == std::string_view::npos || dot <= name ? store.size() : dot;
    // Keys are written as in a URL, so that none of them can name another folder.
    return std::string(store.substr(0, end)) + "-" + protocol::percent_encode(key)
           + std::string(store.substr(end));
}

std::vector<placed_addon> place(const std::vector<const detail::declaration*>& programs,
                                const settings& given, const std::string& base_url) {
    if (programs.empty()) throw config_error("there is no add-on to run; give run() at least one");
    const bool several = programs.size() > 1;
    if (several) refuse_settings_of_one(given);
    std::set<std::string> keys;
    std::vector<placed_addon> placed;
    for (const detail::declaration* declared : programs) {
        const std::string& key = declared->about.key;
        if (several && !keys.insert(key).second)
            throw config_error("key: two add-ons of this program are called '" + key
                               + "'; give one of them another key");
        placed_addon one{declared, declared->path, given};
        if (several && one.path.empty()) one.path = "/" + key;
        one.given.base_url = base_url + one.path;
        if (several) one.given.store = store_of(given.store, key);
        placed.push_back(std::move(one));
    }
    return placed;
}

}  // namespace hipchat::addons
