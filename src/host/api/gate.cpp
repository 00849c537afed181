#include "host/api/gate.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "host/api/refusal.hpp"
#include "protocol/oauth.hpp"

namespace hipchat::host {
namespace {

bool same_letters(std::string_view a, std::string_view b) {
    const auto lower = [](char each) {
        return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    };
    return std::ranges::equal(a, b, {}, lower, lower);
}

// The header's value after "Bearer ", else ?auth_token=; empty if there is neither.
secret presented_token(const request& asked) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view header = asked.header("Authorization");
    if (same_letters(header.substr(0, scheme.size()), scheme))
        return secret(std::string(header.substr(scheme.size())));
    return secret(asked.parameter("auth_token").value_or(""));
}

std::string quoted(const std::vector<scope>& scopes) {
    std::string text;
    for (const scope each : scopes) {
        if (!text.empty()) text += ", ";
        text.append("'").append(to_string(each)).append("'");
    }
    return text;
}

bool is_json(std::string_view content_type) {
    std::string_view type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' '))
        type.remove_suffix(1);
    return same_letters(type, "application/json");
}

}  // namespace

known_client gate::check_client(const request& asked) const {
    const protocol::basic_credentials given =
        protocol::parse_basic_authorization(asked.header("Authorization"));
    client_ptr who = given.id.empty() ? nullptr : clients_.find(given.id);
    if (!who || !(who->secret == given.password))
        throw refusal(401, "Invalid client credentials")
            .with("WWW-Authenticate", "Basic realm=\"hipchat\"");
    return known_client(std::move(who));
}

access gate::check_bearer(const request& asked, const std::vector<scope>& scopes) const {
    const secret token = presented_token(asked);
    auto holder = token.empty() ? std::nullopt : tokens_.find(token);
    if (!holder)
        throw refusal(401, "Invalid OAuth session")
            .with("WWW-Authenticate", "Bearer realm=\"hipchat\"");
    const bool has_one = std::ranges::find_first_of(holder->scopes, scopes) != holder->scopes.end();
    if (!scopes.empty() && !has_one)
        throw refusal(403,
                      "This action requires one of the following scopes: [" + quoted(scopes) + "]");
    return access(*std::move(holder));
}

person_here gate::check_person(const request& asked) const {
    if (!self_.is_host(asked.header("Host")))
        throw refusal(403, "This host is not reached under that name; open " + self_.base_url());
    const std::string_view origin = asked.header("Origin");
    const bool upgrades = !asked.header("Upgrade").empty();
    if ((!origin.empty() || upgrades) && !self_.is_origin(origin))
        throw refusal(403, "Requests from other sites are refused; open " + self_.base_url());
    const std::string_view site = asked.header("Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin" && site != "none")
        throw refusal(403, "Requests from other sites are refused; open " + self_.base_url());
    if (!asked.raw().body.empty() && !is_json(asked.header("Content-Type")))
        throw refusal(415, "The body must be application/json");
    return {};
}

}  // namespace hipchat::host
