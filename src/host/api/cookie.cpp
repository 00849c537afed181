#include "host/api/cookie.hpp"

#include <string_view>

namespace hipchat::host {
namespace {

constexpr std::string_view name = "hipchat_session";

std::string cookie(std::string_view value, std::chrono::seconds good_for, bool is_secure) {
    std::string text(name);
    text.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Lax; Max-Age=");
    text.append(std::to_string(good_for.count()));
    return is_secure ? text + "; Secure" : text;
}

}  // namespace

secret shown_session(const request& asked) {
    std::string_view rest = asked.header("Cookie");
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        std::string_view one = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (one.starts_with(' '))
            one.remove_prefix(1);
        if (one.starts_with(name) && one.substr(name.size()).starts_with('='))
            return secret(std::string(one.substr(name.size() + 1)));
    }
    return {};
}

std::string session_cookie(const secret& shown, std::chrono::seconds good_for, bool is_secure) {
    return cookie(shown.reveal(), good_for, is_secure);
}

std::string no_session_cookie(bool is_secure) {
    return cookie("", std::chrono::seconds(0), is_secure);
}

}  // namespace hipchat::host
