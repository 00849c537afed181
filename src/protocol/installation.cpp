#include "protocol/installation.hpp"

#include <algorithm>
#include <utility>

#include "hipchat/errors.hpp"
#include "protocol/members.hpp"
#include "protocol/url.hpp"
#include "protocol/utf8.hpp"

// {"oauthId": text, "oauthSecret": text, "capabilitiesUrl": text, "groupId": number,
//  "roomId": number}

namespace hipchat::protocol {
namespace {

constexpr std::size_t longest_id = 100;
constexpr std::size_t longest_secret = 200;

bool is_oauth_id(std::string_view text) {
    return text.size() <= longest_id && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                      || c == '-' || c == '_' || c == '.';
           });
}

std::optional<secret> read_secret(const members& body) {
    if (body.object().if_contains("oauthSecret") == nullptr) return std::nullopt;
    secret shared(body.required_text("oauthSecret"));
    const std::optional<std::size_t> length = count_characters(shared.reveal());
    if (!length || *length > longest_secret)
        throw protocol_error("oauthSecret", "is too long; send 1 to 200 characters");
    return shared;
}

}  // namespace

installation parse_installation(std::string_view text) {
    const json::value document = parse_strict_object(text);
    const members body(document.get_object(), "");
    installation result;
    result.oauth_id = body.required_text("oauthId");
    if (!is_oauth_id(result.oauth_id))
        throw protocol_error("oauthId", "must be 1 to 100 characters of A-Z a-z 0-9 - _ .");
    result.oauth_secret = read_secret(body);
    result.capabilities_url = body.required_text("capabilitiesUrl");
    if (!parse_web_url(result.capabilities_url))
        throw protocol_error("capabilitiesUrl",
                             "must be an absolute http or https URL without user or fragment");
    result.group_id = body.id("groupId");
    result.room_id = body.id("roomId");
    return result;
}

json::object write_installation(const installation& value) {
    json::object body;
    body["oauthId"] = value.oauth_id;
    if (value.oauth_secret) body["oauthSecret"] = value.oauth_secret->reveal();
    body["capabilitiesUrl"] = value.capabilities_url;
    if (value.group_id) body["groupId"] = *value.group_id;
    if (value.room_id) body["roomId"] = *value.room_id;
    return body;
}

}  // namespace hipchat::protocol
