#include "protocol/oauth.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "hipchat/errors.hpp"
#include "protocol/base64url.hpp"
#include "protocol/id.hpp"
#include "protocol/members.hpp"
#include "protocol/scopes.hpp"
#include "protocol/url.hpp"

// Request:  grant_type=client_credentials&scope=send_notification+view_room, or the same as JSON
// Answer:   {"access_token": text, "token_type": "bearer", "expires_in": seconds,
//            "scope": text, "group_id": number, "group_name": text}

namespace hipchat::protocol {
namespace {

constexpr std::string_view basic_scheme = "basic ";

// Ten years; more is a mistake.
constexpr std::int64_t longest_life = 315'360'000;

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char left, char right) {
        return std::tolower(static_cast<unsigned char>(left))
               == std::tolower(static_cast<unsigned char>(right));
    });
}

bool is_json(std::string_view content_type) {
    std::string_view type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' '))
        type.remove_suffix(1);
    return equal_ignoring_case(type, "application/json");
}

// Calls `each` with every word of `text`.
template <class Each>
void for_words(std::string_view text, Each each) {
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (!word.empty()) each(word);
    }
}

void require_scope(std::string_view name, std::vector<scope>& scopes) {
    const std::optional<scope> value = scope_named(name);
    if (!value)
        throw protocol_error("scope",
                             "names a scope that does not exist; use those of "
                             "addon-side.md 3.3, separated by blanks");
    if (std::ranges::find(scopes, *value) == scopes.end()) scopes.push_back(*value);
}

std::optional<std::vector<scope>> scopes_of_text(std::string_view text) {
    std::vector<scope> scopes;
    for_words(text, [&scopes](std::string_view word) { require_scope(word, scopes); });
    if (scopes.empty()) return std::nullopt;
    return scopes;
}

std::optional<std::vector<scope>> scopes_of_array(const json::array& names) {
    std::vector<scope> scopes;
    for (const json::value& name : names) {
        if (!name.is_string()) throw protocol_error("scope", "must hold texts only");
        require_scope(name.get_string(), scopes);
    }
    if (scopes.empty()) return std::nullopt;
    return scopes;
}

token_request parse_json_request(std::string_view text) {
    const json::value document = parse_strict_object(text);
    const members body(document.get_object(), "");
    token_request request;
    request.grant_type = body.required_text("grant_type");
    const json::value* scopes = body.find("scope");
    if (scopes != nullptr && scopes->is_array())
        request.scopes = scopes_of_array(scopes->get_array());
    else if (const std::optional<std::string> names = body.text("scope"))
        request.scopes = scopes_of_text(*names);
    return request;
}

// Base64 as RFC 4648 section 4 has it, with its padding.
std::optional<std::string> decode_base64(std::string_view text) {
    if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string_view::npos)
        return std::nullopt;
    std::string translated(text);
    for (int padding = 0; padding < 2 && translated.ends_with('='); ++padding)
        translated.pop_back();
    std::ranges::replace(translated, '+', '-');
    std::ranges::replace(translated, '/', '_');
    return base64url_decode(translated);
}

}  // namespace

token_request parse_token_request(std::string_view content_type, std::string_view body) {
    if (is_json(content_type)) return parse_json_request(body);
    token_request request;
    request.grant_type = form_value(body, "grant_type").value_or("");
    if (request.grant_type.empty())
        throw protocol_error("grant_type", "is missing; send client_credentials");
    request.scopes = scopes_of_text(form_value(body, "scope").value_or(""));
    return request;
}

std::string write_token_request(const std::vector<scope>& scopes) {
    std::string body = "grant_type=client_credentials";
    if (scopes.empty()) return body;
    std::string names = join_scopes(scopes);
    std::ranges::replace(names, ' ', '+');
    return body + "&scope=" + names;
}

secret write_code_request(const secret& code, std::string_view redirect_uri) {
    return secret("grant_type=authorization_code&code=" + percent_encode(code.reveal())
                  + "&redirect_uri=" + percent_encode(redirect_uri));
}

secret write_refresh_request(const secret& refresh_token) {
    return secret("grant_type=refresh_token&refresh_token="
                  + percent_encode(refresh_token.reveal()));
}

token_grant parse_token_grant(std::string_view text) {
    const json::value document = parse_strict_object(text);
    const members body(document.get_object(), "");
    token_grant grant;
    grant.access_token = secret(body.required_text("access_token"));
    grant.refresh_token = secret(body.text("refresh_token").value_or(""));
    const std::int64_t life = body.id("expires_in").value_or(0);
    if (life <= 0 || life > longest_life)
        throw protocol_error("expires_in", "must be a positive number of seconds");
    grant.expires_in = std::chrono::seconds(life);
    for_words(body.text("scope").value_or(""), [&grant](std::string_view word) {
        if (const std::optional<scope> known = scope_named(word)) grant.scopes.push_back(*known);
    });
    grant.group_id = body.id("group_id");
    grant.group_name = body.text("group_name").value_or("");
    return grant;
}

json::object write_token_grant(const token_grant& value) {
    json::object body;
    body["access_token"] = value.access_token.reveal();
    body["token_type"] = "bearer";
    if (!value.refresh_token.empty()) body["refresh_token"] = value.refresh_token.reveal();
    body["expires_in"] = value.expires_in.count();
    body["scope"] = join_scopes(value.scopes);
    if (value.group_id) body["group_id"] = *value.group_id;
    if (!value.group_name.empty()) body["group_name"] = value.group_name;
    return body;
}

basic_credentials parse_basic_authorization(std::string_view header) {
    if (header.size() < basic_scheme.size()
        || !equal_ignoring_case(header.substr(0, basic_scheme.size()), basic_scheme))
        return {};
    header.remove_prefix(basic_scheme.size());
    while (header.starts_with(' '))
        header.remove_prefix(1);
    std::optional<std::string> decoded = decode_base64(header);
    if (!decoded) return {};
    const secret pair(std::move(*decoded));
    const std::size_t colon = pair.reveal().find(':');
    if (colon == std::string_view::npos) return {};
    basic_credentials credentials;
    credentials.id = std::string(pair.reveal().substr(0, colon));
    credentials.password = secret(std::string(pair.reveal().substr(colon + 1)));
    return credentials;
}

secret write_basic_authorization(std::string_view id, const secret& password) {
    std::string pair(id);
    pair += ':';
    pair += password.reveal();
    const secret wiped(std::move(pair));
    return secret("Basic " + base64_encode(wiped.reveal()));
}

}  // namespace hipchat::protocol
