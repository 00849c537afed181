#include "protocol/capabilities.hpp"

#include "hipchat/errors.hpp"
#include "protocol/members.hpp"
#include "protocol/scopes.hpp"
#include "protocol/url.hpp"

namespace hipchat::protocol {
namespace {

std::string checked_url(const members& from, std::string_view name, std::string url) {
    if (!url.empty() && !parse_web_url(url))
        throw protocol_error(from.path_of(name), "must be an absolute http or https URL");
    return url;
}

std::string required_url(const members& from, std::string_view name) {
    return checked_url(from, name, from.required_text(name));
}

std::string optional_url(const members& from, std::string_view name) {
    return checked_url(from, name, from.text(name).value_or(""));
}

json::object available_scopes() {
    json::object scopes;
    for (const scope_info& known : known_scopes()) {
        json::object& entry = scopes[known.id].emplace_object();
        entry["id"] = known.id;
        entry["name"] = known.name;
        entry["description"] = known.description;
    }
    return scopes;
}

}  // namespace

host_capabilities parse_host_capabilities(std::string_view text) {
    const json::value document = parse_strict_object(text);
    const members body(document.get_object(), "");
    const members links(body.required_object("links"), "links");
    const members offers(body.required_object("capabilities"), "capabilities");
    const members api(offers.required_object("hipchatApiProvider"),
                      "capabilities.hipchatApiProvider");
    const members oauth(offers.required_object("oauth2Provider"), "capabilities.oauth2Provider");

    host_capabilities result;
    result.name = body.text("name").value_or("");
    result.self = required_url(links, "self");
    result.api = optional_url(links, "api");
    result.homepage = optional_url(links, "homepage");
    result.api_provider_url = required_url(api, "url");
    if (!result.api_provider_url.ends_with('/')) result.api_provider_url += '/';
    result.token_url = required_url(oauth, "tokenUrl");
    result.authorization_url = optional_url(oauth, "authorizationUrl");
    return result;
}

json::object write_host_capabilities(std::string_view base_url) {
    const std::string base(base_url);
    json::object document;
    document["key"] = "hipchat";
    document["name"] = "HipChat";
    document["description"] = "A self-hosted HipChat";
    json::object& vendor = document["vendor"].emplace_object();
    vendor["name"] = "hipchat-connect";
    vendor["url"] = base;
    document["connect_server_api_version"] = 1;
    json::object& links = document["links"].emplace_object();
    links["self"] = base + "/v2/capabilities";
    links["api"] = base + "/v2";
    links["homepage"] = base;
    links["subdomain"] = base;
    json::object& offers = document["capabilities"].emplace_object();
    json::object& api = offers["hipchatApiProvider"].emplace_object();
    api["url"] = base + "/v2/";
    api["availableScopes"] = available_scopes();
    json::object& oauth = offers["oauth2Provider"].emplace_object();
    oauth["tokenUrl"] = base + "/v2/oauth/token";
    oauth["authorizationUrl"] = base + "/users/authorize";
    return document;
}

}  // namespace hipchat::protocol
