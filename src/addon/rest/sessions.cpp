#include "hipchat/rest/sessions.hpp"

#include "addon/rest/call.hpp"
#include "addon/rest/shapes.hpp"
#include "hipchat/json.hpp"

namespace hipchat::rest {
namespace {

std::vector<scope> scopes_in(const protocol::members& from, std::string_view name) {
    std::vector<scope> found;
    for (const std::string& one : texts_in(from, name))
        if (const auto known = scope_named(one)) found.push_back(*known);
    return found;
}

session read_session(const protocol::members& from) {
    session made;
    json::object kept = from.object();
    kept.erase("access_token");
    made.json = std::make_shared<const json::object>(std::move(kept));
    made.expires_in = std::chrono::seconds(number_in(from, "expires_in"));
    made.scopes = scopes_in(from, "scopes");
    made.owner_type = text_in(from, "owner_type");
    if (const auto owner = object_in(from, "owner")) made.owner = read_user_summary(*owner);
    if (const auto client = object_in(from, "client")) {
        made.client_id = text_in(*client, "oauth_client_id");
        if (made.client_id.empty()) made.client_id = text_in(*client, "id");
        made.client_name = text_in(*client, "name");
        made.allowed_scopes = scopes_in(*client, "allowed_scopes");
        if (const auto room = object_in(*client, "room")) made.room = read_room_summary(*room);
    }
    return made;
}

rest_request ask_about_token(std::string method) {
    rest_request request = ask(std::move(method), "oauth/token/{token}", {});
    request.shown_path = "oauth/token/…";
    return request;
}

rest_request ask_about(std::string method, secret token) {
    rest_request request = ask_about_token(std::move(method));
    request.user_token = std::move(token);
    return request;
}

}  // namespace

task<session> sessions::current() const {
    return fetch_as<read_session>(host_.core(), ask_about_token("GET"));
}

task<session> sessions::get(secret access_token) const {
    return fetch_as<read_session>(host_.core(), ask_about("GET", std::move(access_token)));
}

task<> sessions::remove(secret access_token) const {
    return perform(host_.core(), ask_about("DELETE", std::move(access_token)));
}

}  // namespace hipchat::rest
