#include <optional>
#include <string>

#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "property.hpp"
#include "protocol/api_error.hpp"
#include "protocol/capabilities.hpp"
#include "protocol/event.hpp"
#include "protocol/installation.hpp"
#include "protocol/oauth.hpp"
#include "protocol/strict_json.hpp"
#include "same_json.hpp"
#include "targets.hpp"

namespace hipchat::fuzz {
namespace {

/// `read(text)`, or nothing if that is refused; any other exception is a finding.
template <typename Read>
auto accepted(const Read& read, std::string_view text) -> std::optional<decltype(read(text))> {
    try {
        return read(text);
    } catch (const protocol_error&) {
        return std::nullopt;
    }
}

void check_strict(std::string_view text) {
    const auto read = [](std::string_view from) { return protocol::parse_strict(from); };
    const auto value = accepted(read, text);
    if (!value) return;
    const auto again = accepted(read, json::serialize(*value));
    require(again.has_value(), "what was accepted is accepted when it is written again");
    require(same(*value, *again), "what was written is read as the same");
    json::error_code failed;
    const json::value plain = json::parse(json::string_view(text.data(), text.size()), failed);
    require(!failed && same(plain, *value), "strict reading accepts less, and nothing else");
}

bool same_secrets(const std::optional<secret>& one, const std::optional<secret>& other) {
    return one.has_value() == other.has_value() && (!one || *one == *other);
}

void check_installation(std::string_view text) {
    const auto value = accepted(protocol::parse_installation, text);
    if (!value) return;
    require(!value->oauth_id.empty() && value->oauth_id.size() <= 100, "an oauthId is limited");
    require(value->oauth_id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                              "0123456789-_.")
                == std::string::npos,
            "an oauthId is plain");
    require(!value->room_id || *value->room_id >= 0, "ids are not negative");
    const std::string written = json::serialize(protocol::write_installation(*value));
    const auto again = accepted(protocol::parse_installation, written);
    require(again.has_value(), "a written installation is accepted");
    require(again->oauth_id == value->oauth_id && again->capabilities_url == value->capabilities_url
                && again->group_id == value->group_id && again->room_id == value->room_id
                && same_secrets(again->oauth_secret, value->oauth_secret),
            "a written installation is the same");
}

void check_event(std::string_view text) {
    const auto read = [](std::string_view from) {
        return protocol::event(protocol::parse_strict(from));
    };
    const auto value = accepted(read, text);
    if (!value) return;
    require(protocol::event_named(to_string(value->kind())) == value->kind(),
            "kinds have their names");
    require(value->room_id() >= 0, "ids are not negative");
    static_cast<void>(value->room_name());
    static_cast<void>(value->message_text());
    static_cast<void>(value->oauth_client_id());
    require(accepted(read, json::serialize(value->payload())).has_value(),
            "a written event is accepted");
}

void check_capabilities(std::string_view text) {
    const auto value = accepted(protocol::parse_host_capabilities, text);
    if (!value) return;
    require(!value->self.empty() && !value->api_provider_url.empty() && !value->token_url.empty(),
            "required members are there");
}

void check_tokens(std::string_view text) {
    for (const char* const type : {"application/json", "application/x-www-form-urlencoded", ""})
        static_cast<void>(accepted(
            [&](std::string_view from) { return protocol::parse_token_request(type, from); },
            text));
    const auto grant = accepted(protocol::parse_token_grant, text);
    if (!grant) return;
    require(grant->expires_in.count() > 0, "a token lives for a while");
    const auto again =
        accepted(protocol::parse_token_grant, json::serialize(protocol::write_token_grant(*grant)));
    require(again && again->expires_in == grant->expires_in && again->scopes == grant->scopes
                && again->access_token == grant->access_token,
            "a written grant is the same");
}

}  // namespace

void bodies(std::string_view input) {
    check_strict(input);
    check_installation(input);
    check_event(input);
    check_capabilities(input);
    check_tokens(input);
    static_cast<void>(protocol::api_error_message(input));
}

}  // namespace hipchat::fuzz
