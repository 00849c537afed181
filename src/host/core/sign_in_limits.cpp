#include "host/core/sign_in_limits.hpp"

#include <string>

namespace hipchat::host {
namespace {

std::string lowered(std::string_view text) {
    std::string lower(text.substr(0, 254));
    for (char& each : lower)
        if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    return lower;
}

}  // namespace

allowance sign_in_limits::count(std::string_view address, std::string_view name) {
    const std::string who = lowered(name);
    const allowance of_address = of_address_.take(address);
    if (of_address.is_refused) return of_address;
    const allowance of_both = of_both_.take(std::string(address) + ' ' + who);
    if (of_both.is_refused) return of_both;
    return of_name_.take(who);
}

}  // namespace hipchat::host
