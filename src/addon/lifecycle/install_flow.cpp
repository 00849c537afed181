#include "addon/lifecycle/install_flow.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "hipchat/errors.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

std::string origin_of(std::string_view url) {
    const auto parsed = protocol::parse_web_url(url);
    return parsed ? parsed->origin() : std::string();
}

bool same_installation(const protocol::installation& request, const storage::tenant& known) {
    return known.state == storage::tenant::status::active && request.oauth_secret
           && *request.oauth_secret == known.secret && request.room_id == known.room_id
           && request.capabilities_url == known.capabilities_url;
}

// An update need not repeat where the add-on is installed (addon-side.md 2.5).
void keep_place(protocol::installation& update, const storage::tenant& known) {
    if (!update.room_id) update.room_id = known.room_id;
    if (!update.group_id) update.group_id = known.group_id;
}

// Anyone may send an update, so nothing that it says by itself may move a tenant.
bool same_place(const protocol::installation& update, const storage::tenant& known) {
    return update.room_id == known.room_id && update.group_id == known.group_id;
}

}  // namespace

std::optional<refuse_install> install_flow::wrong_kind() const {
    if (request_.room_id && !rules_.allow_room)
        return refuse_install{400, "This add-on can only be installed for a whole group."};
    if (!request_.room_id && !rules_.allow_global)
        return refuse_install{400, "This add-on can only be installed into one room."};
    return std::nullopt;
}

// Empty group: nobody said which.
std::optional<refuse_install> install_flow::wrong_group(std::optional<std::int64_t> group) const {
    if (rules_.groups.empty()) return std::nullopt;
    if (group && std::ranges::find(rules_.groups, *group) != rules_.groups.end())
        return std::nullopt;
    return refuse_install{403, "groupId: "
                                   + (group ? "the group " + std::to_string(*group) + " is not one"
                                            : "the token endpoint did not name a group")
                                   + " of those that may install this add-on. To allow it, add it "
                                     "to AC_ALLOWED_GROUPS."};
}

install_step install_flow::judge(protocol::installation request,
                                 std::shared_ptr<const storage::tenant> known,
                                 bool proved_by_old_secret) {
    request_ = std::move(request);
    known_ = std::move(known);
    const bool update = known_ && !request_.oauth_secret;
    if (update) keep_place(request_, *known_);
    if (auto refusal = wrong_kind()) return *refusal;
    // What the body says proves nothing, but a wrong group is refused before anything is fetched.
    if (request_.group_id)
        if (auto refusal = wrong_group(request_.group_id)) return *refusal;
    if (const auto why = rules_.hosts.policy().refusal(request_.capabilities_url))
        return refuse_install{
            400, "capabilitiesUrl: " + *why + ". To allow this host, add it to AC_ALLOWED_HOSTS."};
    if (!known_ && !request_.oauth_secret)
        return refuse_install{400, "oauthSecret: required, because this oauthId is not installed."};
    if (known_) {
        if (same_installation(request_, *known_)) return already_installed{};
        const bool same_secret = request_.oauth_secret && *request_.oauth_secret == known_->secret;
        const bool same_origin =
            origin_of(request_.capabilities_url) == origin_of(known_->capabilities_url);
        const bool harmless = update && same_place(request_, *known_);
        if (!proved_by_old_secret && !(same_origin && (harmless || same_secret)))
            return refuse_install{409,
                                  "oauthId: already installed with another secret or from "
                                  "another host. Uninstall it first, or sign the request "
                                  "with the secret that is known here."};
    }
    secret_ = request_.oauth_secret ? *request_.oauth_secret : known_->secret;
    return fetch_capabilities{request_.capabilities_url};
}

install_step install_flow::on_capabilities(const transport::http_answer& answer) {
    const std::string where = "capabilitiesUrl " + request_.capabilities_url + ": ";
    if (answer.status >= 300 && answer.status < 400)
        return refuse_install{400, where + "answered with a redirect, which is not followed. Send "
                                           "the final URL."};
    if (answer.status != 200)
        return refuse_install{400, where + "answered " + std::to_string(answer.status) + "."};
    try {
        host_ = protocol::parse_host_capabilities(answer.body);
    } catch (const protocol_error& wrong) {
        return refuse_install{400, where + wrong.what()};
    }
    if (host_.self != request_.capabilities_url)
        return refuse_install{400, where + "links.self is " + host_.self
                                       + ", which is not the same URL. Send that one, or correct "
                                         "the host's base URL."};
    if (auto refusal = foreign_endpoint(host_)) return *refusal;
    return ask_for_token{host_.token_url, request_.oauth_id, secret_};
}

std::optional<refuse_install> install_flow::foreign_endpoint(
    const protocol::host_capabilities& document) const {
    const std::string home = origin_of(document.self);
    const std::array<std::pair<const char*, const std::string&>, 5> endpoints{{
        {"capabilities.oauth2Provider.tokenUrl", document.token_url},
        {"capabilities.hipchatApiProvider.url", document.api_provider_url},
        {"links.api", document.api},
        {"links.homepage", document.homepage},
        {"capabilities.oauth2Provider.authorizationUrl", document.authorization_url},
    }};
    for (const auto& [member, url] : endpoints) {
        if (url.empty()) continue;
        const std::string origin = origin_of(url);
        if (!origin.empty() && rules_.hosts.together(home, origin)) continue;
        return refuse_install{400, std::string(member) + ": " + url
                                       + " is not on the host's origin " + home
                                       + ". If both belong to one host, list them together in "
                                         "AC_ALLOWED_HOSTS: "
                                       + home + "+" + (origin.empty() ? "ORIGIN" : origin)};
    }
    return std::nullopt;
}

install_step install_flow::on_capabilities_failure(const transport_error& failure) const {
    std::string reason = "capabilitiesUrl " + request_.capabilities_url + ": " + failure.what();
    if (failure.why() == transport_error::reason::timeout)
        reason += ". The document must arrive within 5 s.";
    if (failure.why() == transport_error::reason::too_large)
        reason += ". The document must not be larger than 64 KiB.";
    if (failure.why() == transport_error::reason::refused_destination)
        reason += ". To allow this host, add it to AC_ALLOWED_HOSTS.";
    return refuse_install{400, std::move(reason)};
}

install_step install_flow::on_token(const token_answer& answer) {
    if (!answer.grant)
        return refuse_install{400, "The new credentials did not yield a token at " + host_.token_url
                                       + ": " + answer.why + "."};
    const std::optional<std::int64_t> group = answer.grant->group_id;
    if (group && request_.group_id && *group != *request_.group_id)
        return refuse_install{400, "groupId: the request says " + std::to_string(*request_.group_id)
                                       + ", but the token belongs to the group "
                                       + std::to_string(*group) + "."};
    if (auto refusal = wrong_group(group)) return *refusal;
    storage::tenant made;
    made.oauth_id = request_.oauth_id;
    made.secret = secret_;
    made.group_id = group ? group : request_.group_id;
    made.group_name = answer.grant->group_name;
    made.room_id = request_.room_id;
    made.capabilities_url = host_.self;
    made.api_url = protocol::join_url(host_.api_provider_url, "");
    made.token_url = host_.token_url;
    made.homepage = host_.homepage;
    made.authorization_url = host_.authorization_url;
    return store_tenant{std::move(made), known_ ? known_->generation : 0};
}

install_step install_flow::on_stored(bool stored) const {
    if (stored) return installed_now{};
    return refuse_install{409, "oauthId: another request for it was accepted at the same time."};
}

}  // namespace hipchat::addons
