#include "host/api/gate.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "host/api/cookie.hpp"
#include "host/api/refusal.hpp"
#include "protocol/oauth.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {
namespace {

bool same_letters(std::string_view a, std::string_view b) {
    const auto lower = [](char each) {
        return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    };
    return std::ranges::equal(a, b, {}, lower, lower);
}

// The header's value after "Bearer "; empty without.
secret bearer_of(const request& asked) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view header = asked.header("Authorization");
    if (!same_letters(header.substr(0, scheme.size()), scheme)) return {};
    return secret(std::string(header.substr(scheme.size())));
}

std::string plural(role which) {
    return std::string(to_string(which)) + "s";
}

// That, else ?auth_token=, or in API v1 that of a form; empty if
// there is none of them.
secret presented_token(const request& asked) {
    secret in_header = bearer_of(asked);
    if (!in_header.empty()) return in_header;
    if (auto token = asked.parameter("auth_token")) return secret(*std::move(token));
    if (!asked.is_v1()) return {};
    return secret(protocol::form_value(asked.raw().body, "auth_token").value_or(""));
}

std::string quoted(const std::vector<scope>& scopes) {
    std::string text;
    for (const scope each : scopes) {
        if (!text.empty()) text += ", ";
        text.append("'").append(to_string(each)).append("'");
    }
    return text;
}

bool is_type(std::string_view content_type, std::string_view wanted) {
    std::string_view type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' '))
        type.remove_suffix(1);
    return same_letters(type, wanted);
}

}  // namespace

bool access::has(scope wanted) const noexcept {
    return std::ranges::find(scopes_, wanted) != scopes_.end();
}

bool access::may_touch(std::int64_t room_id) const noexcept {
    if (client_) return client_->reaches(room_id);
    return !room_id_ || *room_id_ == room_id;
}

std::string access::key() const {
    if (client_) return client_->oauth_id;
    return who_ ? "person " + std::to_string(who_->id) : "room " + std::to_string(*room_id_);
}

known_client gate::check_client(const request& asked) const {
    const protocol::basic_credentials given =
        protocol::parse_basic_authorization(asked.header("Authorization"));
    client_ptr who = given.id.empty() ? nullptr : of_.installed.find(given.id);
    if (!who || !(who->secret == given.password))
        throw refusal(401, "Invalid client credentials")
            .with("WWW-Authenticate", "Basic realm=\"hipchat\"");
    return known_client(std::move(who));
}

std::optional<access> gate::holder_of(const secret& token) const {
    access found;
    if (auto of_client = of_.issued.find(token)) {
        found.client_ = std::move(of_client->who);
        found.scopes_ = std::move(of_client->scopes);
        return found;
    }
    auto made = of_.made.find(token);
    if (!made) return std::nullopt;
    found.scopes_ = std::move(made->scopes);
    if (made->person_id == 0) {
        found.room_id_ = made->room_id;
        found.room_label_ = std::move(made->label);
        return found;
    }
    const person* const who = of_.persons.find(made->person_id);
    if (who == nullptr || who->is_deleted) return std::nullopt;
    found.who_ = *who;
    return found;
}

std::optional<access> gate::find_token(const request& asked) const {
    const secret token = presented_token(asked);
    return token.empty() ? std::nullopt : holder_of(token);
}

access gate::check_token(const request& asked) const {
    auto holder = find_token(asked);
    if (!holder)
        throw refusal(401, "Invalid OAuth session")
            .with("WWW-Authenticate", "Bearer realm=\"hipchat\"");
    return *std::move(holder);
}

void gate::check_scopes(const access& who, const std::vector<scope>& scopes) {
    const bool has_one = std::ranges::any_of(scopes, [&](scope each) { return who.has(each); });
    if (!scopes.empty() && !has_one)
        throw refusal(403,
                      "This action requires one of the following scopes: [" + quoted(scopes) + "]");
}

access gate::check_bearer(const request& asked, const std::vector<scope>& scopes) const {
    access who = check_token(asked);
    check_scopes(who, scopes);
    return who;
}

addon_access gate::check_addon(const request& asked, const std::vector<scope>& scopes) const {
    access any = check_bearer(asked, scopes);
    if (!any.client_) throw refusal(403, "This action is for add-ons; it needs an add-on's token");
    return addon_access({std::move(any.client_), std::move(any.scopes_), {}});
}

user_access gate::check_user(const request& asked, const std::vector<scope>& scopes) const {
    access any = check_bearer(asked, scopes);
    if (!any.who_) throw refusal(403, "This action is for people; it needs a user's token");
    return user_access(std::move(any));
}

void gate::check_site(const request& asked) const {
    if (!of_.self.is_host(asked.header("Host")))
        throw refusal(403, "This host is not reached under that name; open " + of_.self.base_url());
    const std::string_view origin = asked.header("Origin");
    const bool upgrades = !asked.header("Upgrade").empty();
    if ((!origin.empty() || upgrades) && !of_.self.is_origin(origin))
        throw refusal(403, "Requests from other sites are refused; open " + of_.self.base_url());
    const std::string_view site = asked.header("Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin" && site != "none")
        throw refusal(403, "Requests from other sites are refused; open " + of_.self.base_url());
    // Neither is a type that a form of another site can send.
    const std::string_view type = asked.header("Content-Type");
    const bool is_file = asked.raw().method == "PUT" && is_type(type, "application/octet-stream");
    if (!asked.raw().body.empty() && !is_file && !is_type(type, "application/json"))
        throw refusal(415, "The body must be application/json");
}

visitor gate::check_visitor(const request& asked) const {
    check_site(asked);
    return {};
}

// No page of any site can send an Authorization header here: the host allows no cross-origin calls.
person_here gate::check_person(const request& asked, role least) const {
    if (bearer_of(asked).empty()) check_site(asked);
    return check_page(asked, least);
}

person_here gate::check_page(const request& asked, role least) const {
    person_here here;
    const secret token = bearer_of(asked);
    if (!token.empty()) {
        if (!(token == of_.shell_token)) throw refusal(401, "This is not the shell's token");
        return here;
    }
    if (!of_.signing_in.any()) {
        if (of_.is_single_user) return here;
        throw refusal(401, "This host has no owner yet; open the link that it printed");
    }
    const secret shown = shown_session(asked);
    const auto open = shown.empty() ? std::nullopt : of_.open.find(shown);
    const person* const who = open ? of_.persons.find(open->person_id) : nullptr;
    if (who == nullptr || who->is_deleted) throw refusal(401, "Sign in first");
    if (who->standing < least)
        throw refusal(403, "Only " + plural(least) + " of the group may do this");
    here.who_ = *who;
    here.session_id_ = open->id;
    return here;
}

}  // namespace hipchat::host
