#include "addon/users/user_grant.hpp"

#include "addon/tokens/token_state.hpp"
#include "hipchat/json.hpp"
#include "protocol/members.hpp"
#include "protocol/scopes.hpp"

// {"access_token": text, "refresh_token": text, "renew_at": seconds, "expires_at": seconds,
//  "scopes": [text]}

namespace hipchat::addons {

user_grant make_user_grant(const protocol::token_grant& granted, const std::vector<scope>& asked,
                           std::chrono::seconds now) {
    const kept_token times = keep_token(granted, now, 0);
    return {user_access_token(granted.access_token), granted.refresh_token, times.renew_at,
            times.expires_at, granted.scopes.empty() ? asked : granted.scopes};
}

std::string user_grant_key(std::string_view user_id) {
    return "user/" + std::string(user_id);
}

std::string write_user_grant(const user_grant& value) {
    json::object body;
    body["access_token"] = value.token.value().reveal();
    body["refresh_token"] = value.refresh_token.reveal();
    body["renew_at"] = value.renew_at.count();
    body["expires_at"] = value.expires_at.count();
    json::array& names = body["scopes"].emplace_array();
    for (const scope one : value.scopes)
        names.emplace_back(to_string(one));
    return json::serialize(body);
}

user_grant read_user_grant(std::string_view text) {
    const json::value document = protocol::parse_strict_object(text);
    const protocol::members body(document.get_object(), "");
    user_grant grant{user_access_token(secret(body.required_text("access_token")))};
    grant.refresh_token = secret(body.text("refresh_token").value_or(""));
    grant.renew_at = std::chrono::seconds(body.id("renew_at").value_or(0));
    grant.expires_at = std::chrono::seconds(body.id("expires_at").value_or(0));
    if (const json::array* names = body.array("scopes"))
        for (const json::value& name : *names)
            if (const auto known = name.is_string() ? scope_named(name.get_string()) : std::nullopt)
                grant.scopes.push_back(*known);
    return grant;
}

}  // namespace hipchat::addons
