#include "hipchat/rest/links.hpp"

#include "addon/rest/call.hpp"
#include "addon/rest/shapes.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/limits.hpp"

namespace hipchat::rest {
namespace {

constexpr std::size_t longest_target = 10000;

addon_link read_link(const protocol::members& from) {
    addon_link made;
    static_cast<resource&>(made) = read_resource(from);
    made.token = text_in(from, "token");
    if (const auto links = object_in(from, "links")) made.url = text_in(*links, "self");
    if (made.url.empty()) made.url = text_in(from, "url");
    return made;
}

// Who has the token can follow the link, so no error shows it.
rest_request ask_about(std::string method, std::string_view token) {
    rest_request request = ask(std::move(method), "addon/link/" + segment("token", token), {});
    request.shown_path = "addon/link/…";
    return request;
}

}  // namespace

task<addon_link> links::create(std::string target, std::chrono::seconds lifetime) const {
    protocol::check_text("target", target, 1, longest_target);
    if (lifetime < std::chrono::seconds(1))
        throw config_error("ttl is " + std::to_string(lifetime.count())
                           + "; give it in seconds, at least 1");
    json::object body;
    body["target"] = target;
    body["ttl"] = lifetime.count();
    return fetch_as<read_link>(host_.core(), ask("POST", "addon/link", {}, body));
}

task<std::string> links::target(std::string token) const {
    return locate(host_.core(), ask_about("GET", token));
}

task<> links::remove(std::string token) const {
    return perform(host_.core(), ask_about("DELETE", token));
}

}  // namespace hipchat::rest
