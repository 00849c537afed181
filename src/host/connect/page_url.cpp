#include "host/connect/page_url.hpp"

#include <algorithm>

#include "base/random.hpp"
#include "protocol/jwt.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {
namespace {

constexpr std::chrono::seconds token_lifetime{3600};
constexpr std::size_t jti_length = 20;

// The value at a dotted path; null if there is none.
const json::value* value_at(const json::object& values, std::string_view path) {
    const json::object* at = &values;
    while (true) {
        const std::size_t end = std::min(path.find('.'), path.size());
        const json::value* const found = at->if_contains(path.substr(0, end));
        if (found == nullptr || end == path.size()) return found;
        if (!found->is_object()) return nullptr;
        at = &found->get_object();
        path.remove_prefix(end + 1);
    }
}

std::string text_of(const json::value* value) {
    if (value == nullptr || value->is_null()) return {};
    if (value->is_string()) return std::string(value->get_string());
    return json::serialize(*value);
}

}  // namespace

std::string fill_template(std::string_view url, const json::object& values) {
    std::string filled;
    while (!url.empty()) {
        const std::size_t open = std::min(url.find('{'), url.size());
        const std::size_t close = url.find('}', open);
        filled += url.substr(0, close == std::string_view::npos ? url.size() : open);
        if (close == std::string_view::npos) break;
        const std::string_view path = url.substr(open + 1, close - open - 1);
        filled += protocol::percent_encode(text_of(value_at(values, path)));
        url.remove_prefix(close + 1);
    }
    return filled;
}

std::string page_token(const client& of, std::int64_t room_id, const person& who,
                       std::chrono::seconds now) {
    protocol::jwt_claims claims;
    claims.issuer = of.oauth_id;
    claims.user_id = std::to_string(who.id);
    claims.issued_at = now;
    claims.expires_at = now + token_lifetime;
    claims.jti = random_alphanumeric(jti_length);
    if (room_id != 0) claims.room_id = room_id;
    claims.user_tz = who.timezone;
    return protocol::sign(claims, of.secret);
}

std::string page_url(std::string url, std::string_view signed_request, std::string_view theme) {
    std::string fragment;
    if (const std::size_t hash = url.find('#'); hash != std::string::npos) {
        fragment = url.substr(hash);
        url.resize(hash);
    }
    const auto add = [&](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        url += url.find('?') == std::string::npos ? '?' : '&';
        url.append(name).append("=").append(value);
    };
    add("signed_request", signed_request);
    add("connect_client_api_version", "1");
    add("theme", theme);
    return url + fragment;
}

std::string origin_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::size_t end = std::min(url.find_first_of("/?#", scheme + 3), url.size());
    const std::string origin(url.substr(0, end));
    return protocol::parse_web_url(origin) ? origin : std::string();
}

}  // namespace hipchat::host
