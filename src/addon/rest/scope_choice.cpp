#include "addon/rest/scope_choice.hpp"

#include <algorithm>
#include <string>

#include "hipchat/errors.hpp"

namespace hipchat::addons {
namespace {

bool is_of_the_group(scope value) {
    return value == scope::view_group || value == scope::admin_group || value == scope::import_data
           || value == scope::manage_rooms;
}

bool holds(const std::vector<scope>& all, scope value) {
    return std::ranges::find(all, value) != all.end();
}

}  // namespace

std::vector<scope> choose_scope(const std::vector<scope>& any_of,
                                const std::vector<scope>& declared, bool room_install) {
    std::vector<scope> wanted = any_of.empty() ? declared : any_of;
    if (room_install)
        std::ranges::stable_partition(wanted, [](scope value) { return !is_of_the_group(value); });
    for (const scope value : wanted)
        if (holds(declared, value)) return {value};
    if (any_of.empty()) return {};
    std::string names(to_string(wanted.front()));
    for (std::size_t i = 1; i < wanted.size(); ++i)
        names += " or " + std::string(to_string(wanted[i]));
    throw config_error("this call needs the scope " + names
                       + ": add it to the descriptor's scopes and install the add-on again");
}

}  // namespace hipchat::addons
