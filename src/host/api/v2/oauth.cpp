#include "protocol/oauth.hpp"
#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

protocol::token_request read_token_request(const request& asked) {
    try {
        return protocol::parse_token_request(asked.header("Content-Type"), asked.raw().body);
    } catch (const protocol_error& flaw) {
        throw refusal(400, flaw.what());
    }
}

task<http_response> post_token(services& on, const request& asked, const known_client& who) {
    const protocol::token_request wanted = read_token_request(asked);
    if (wanted.grant_type != "client_credentials")
        throw refusal(400, "grant_type must be client_credentials");
    const auto scopes = granted_scopes(*who.who(), wanted.scopes);
    if (!scopes)
        throw refusal(400, "scope must be some of those that the add-on's descriptor asks for");
    task<std::optional<secret>> issuing = on.issued.issue(who.who(), *scopes);
    std::optional<secret> token = co_await issuing;
    if (!token) throw refusal(401, "Invalid client credentials");
    protocol::token_grant grant;
    grant.access_token = *std::move(token);
    grant.expires_in = tokens::lifetime;
    grant.scopes = *scopes;
    grant.group_id = on.places.group_id();
    grant.group_name = on.places.group_name();
    co_return json_response(200, protocol::write_token_grant(grant));
}

json::array names(const std::vector<scope>& scopes) {
    json::array list;
    for (const scope each : scopes)
        list.emplace_back(to_string(each));
    return list;
}

json::value room_of(const services& on, const client& who) {
    const room_ptr where = who.room_id ? on.places.find(*who.room_id) : nullptr;
    if (!where) return nullptr;
    json::object links;
    links["self"] = on.self.base_url() + "/v2/room/" + std::to_string(where->id);
    json::object room;
    room["id"] = where->id;
    room["name"] = where->name;
    room["links"] = std::move(links);
    return room;
}

// A session is shown to, and ended by, whoever holds a token of the same holder.
client_token session_of_client(const services& on, const request& asked, const access& who) {
    auto session = on.issued.find(secret(asked.captured("token")));
    if (!session || session->who->oauth_id != who.client()->oauth_id)
        throw refusal(404, "There is no such session");
    return *std::move(session);
}

personal_token own_token(const services& on, const request& asked, const access& who) {
    auto found = on.made.find(secret(asked.captured("token")));
    const bool is_own =
        found
        && (who.user() != nullptr ? found->person_id == who.user()->id
                                  : found->person_id == 0 && who.may_touch(found->room_id));
    if (!is_own) throw refusal(404, "There is no such session");
    return *std::move(found);
}

json::object session_document(const services& on, const request& asked,
                              const std::vector<scope>& scopes, std::chrono::seconds expires) {
    json::object body;
    body["access_token"] = asked.captured("token");
    body["expires_in"] = (expires - on.time.unix_time()).count();
    body["scopes"] = names(scopes);
    body["owner"] = nullptr;
    body["client"] = nullptr;
    return body;
}

json::object client_session(const services& on, const request& asked, const access& who) {
    const client_token session = session_of_client(on, asked, who);
    json::object body = session_document(on, asked, session.scopes, session.expires);
    json::object& owner = body["client"].emplace_object();
    owner["id"] = session.who->oauth_id;
    owner["oauth_client_id"] = session.who->oauth_id;
    owner["name"] = session.who->descriptor.name;
    owner["allowed_scopes"] = names(session.who->descriptor.scopes);
    owner["room"] = room_of(on, *session.who);
    body["owner_type"] = "client";
    return body;
}

json::object personal_session(const services& on, const request& asked, const access& who) {
    const personal_token session = own_token(on, asked, who);
    json::object body = session_document(on, asked, session.scopes, session.expires);
    body["owner_type"] = who.user() != nullptr ? "user" : "room";
    if (who.user() != nullptr) body["owner"] = person_item(*who.user(), on.self.base_url());
    return body;
}

task<http_response> get_session(services& on, const request& asked, const access& who) {
    co_return json_response(
        200, who.client() ? client_session(on, asked, who) : personal_session(on, asked, who));
}

task<http_response> delete_session(services& on, const request& asked, const access& who) {
    const secret token(asked.captured("token"));
    if (who.client()) {
        session_of_client(on, asked, who);
        task<> revoking = on.issued.revoke(token);
        co_await revoking;
    } else {
        own_token(on, asked, who);
        task<> revoking = on.made.revoke(token);
        co_await revoking;
    }
    co_return http_response::no_content();
}

}  // namespace

void add_oauth_routes(router& to, services& on) {
    to.for_client("POST", "/v2/oauth/token", [&on](const request& asked, const known_client& who) {
        return recorded(on, asked,
                        {.what = "token", .about = who.who(), .room_id = who.who()->room_id},
                        post_token(on, asked, who));
    });
    to.for_bearer(
        "GET", "/v2/oauth/token/{token}", {},
        [&on](const request& asked, const access& who) { return get_session(on, asked, who); });
    to.for_bearer(
        "DELETE", "/v2/oauth/token/{token}", {},
        [&on](const request& asked, const access& who) { return delete_session(on, asked, who); });
}

}  // namespace hipchat::host
