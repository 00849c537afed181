#include "host/inspector/redact.hpp"

#include <algorithm>
#include <array>

#include "hipchat/json.hpp"
#include "protocol/utf8.hpp"

namespace hipchat::host {
namespace {

constexpr std::string_view not_shown = "(not shown: it may hold a secret)";

constexpr std::array<std::string_view, 9> secret_names = {
    "oauthSecret",    "access_token", "refresh_token", "client_secret", "password",
    "signed_request", "auth_token",   "Authorization", "authorization"};

constexpr std::array<std::string_view, 4> secret_parameters = {"signed_request", "auth_token",
                                                               "access_token", "token"};

bool is_secret_name(std::string_view name) {
    return std::ranges::find(secret_names, name) != secret_names.end();
}

void redact(json::value& value) {
    if (json::object* const members = value.if_object()) {
        for (auto& member : *members) {
            if (is_secret_name(member.key()))
                member.value() = hidden;
            else
                redact(member.value());
        }
    } else if (json::array* const items = value.if_array()) {
        for (json::value& item : *items)
            redact(item);
    }
}

// Replaces the values of `name=value` pairs joined by '&' whose name `is_secret` accepts.
template <class Test>
std::string redact_pairs(std::string_view pairs, Test is_secret) {
    std::string shown;
    while (true) {
        const std::string_view pair = pairs.substr(0, pairs.find('&'));
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && is_secret(pair.substr(0, equals)))
            shown.append(pair.substr(0, equals + 1)).append(hidden);
        else
            shown.append(pair);
        if (pair.size() == pairs.size()) return shown;
        shown += '&';
        pairs.remove_prefix(pair.size() + 1);
    }
}

bool looks_like_form(std::string_view body) {
    const auto is_form_letter = [](char each) {
        return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z')
               || (each >= '0' && each <= '9')
               || std::string_view("-._~%+&=*:/").find(each) != std::string_view::npos;
    };
    return body.find('=') != std::string_view::npos && std::ranges::all_of(body, is_form_letter);
}

// At most longest_shown bytes, cut between characters.
std::string cut(const std::string& text) {
    if (!protocol::count_characters(text)) return "(not text)";
    return std::string(protocol::head_of(text, longest_shown));
}

}  // namespace

std::string redact_body(std::string_view body) {
    boost::system::error_code flaw;
    json::value value = json::parse(body, flaw);
    if (!flaw && !body.empty()) {
        redact(value);
        return cut(json::serialize(value));
    }
    if (looks_like_form(body)) return cut(redact_pairs(body, is_secret_name));
    const bool may_hold_secret = std::ranges::any_of(secret_names, [&](std::string_view name) {
        return body.find(name) != std::string_view::npos;
    });
    return may_hold_secret ? std::string(not_shown) : cut(std::string(body));
}

std::string redact_url(std::string_view url) {
    const std::size_t mark = std::min(url.find('?'), url.size());
    std::string shown(url.substr(0, mark));
    constexpr std::string_view session = "/oauth/token/";
    const std::size_t token = shown.find(session);
    if (token != std::string::npos)
        shown.replace(token + session.size(), std::string::npos, hidden);
    if (mark == url.size()) return shown;
    const auto is_secret = [](std::string_view name) {
        return std::ranges::find(secret_parameters, name) != secret_parameters.end();
    };
    return shown + '?' + redact_pairs(url.substr(mark + 1), is_secret);
}

}  // namespace hipchat::host
