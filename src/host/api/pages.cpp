#include "host/api/page_policy.hpp"
#include "host/api/web.hpp"

namespace hipchat::host {
namespace {

http_response page(const assets& files, const char* name, const request& asked,
                   std::string policy) {
    http_response response = files.serve(name, asked.header("If-None-Match"));
    response.headers.emplace_back("Content-Security-Policy", std::move(policy));
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    return response;
}

task<http_response> get_root(services& on, const person_here& who) {
    http_response response;
    response.status = 302;
    response.headers.emplace_back("Location", "/rooms/" + std::to_string(first_room(on, who)->id));
    co_return response;
}

// What pages of other origins load.
http_response cross_origin(http_response response) {
    response.headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
    return response;
}

// The page itself says so if there is no such room; the status says it to everything else.
task<http_response> get_page(services& on, const assets& files, const char* name,
                             const request& asked, const person_here& who) {
    room_ptr where = on.places.find(asked.captured("room"));
    if (where && !may_see(on, who, *where)) where = nullptr;
    http_response response =
        page(files, name, asked, page_policy(on.installed, where ? where->id : 0));
    if (response.status == 200 && !where) response.status = 404;
    co_return response;
}

// Both debugging variants are the same bytes: the script knows by its own address what it is.
task<http_response> get_frame_file(const assets& files, const request& asked) {
    const std::string& name = asked.captured("file");
    std::string_view path;
    if (name == "all.js" || name == "all-debug.js") path = "connect/all.js";
    if (name == "all.css" || name == "all-debug.css") path = "connect/all.css";
    if (path.empty()) co_return refusal(404, "There is nothing at this address").response();
    co_return cross_origin(files.serve(path, asked.header("If-None-Match")));
}

task<http_response> get_asset(const assets& files, const request& asked) {
    co_return files.serve("assets/" + asked.captured("path"), asked.header("If-None-Match"));
}

// The host's half of the frame protocol.
task<http_response> get_frame_module(const assets& files, const request& asked) {
    co_return files.serve("connect/" + asked.captured("path"), asked.header("If-None-Match"));
}

}  // namespace

void add_account_page_routes(router& to, services& on, const assets& files) {
    // The policy of a page without add-ons.
    const auto show = [&on, &files](const char* name, const request& asked) -> task<http_response> {
        co_return page(files, name, asked, page_policy(on.installed, 0));
    };
    for (const auto& [path, name] : {std::pair{"/sign-in", "sign_in.html"},
                                     {"/setup", "setup.html"},
                                     {"/join", "join.html"},
                                     {"/guest/{token}", "guest.html"}})
        to.for_anybody("GET", path,
                       [show, name](const request& asked) { return show(name, asked); });
    for (const auto& [path, name] :
         {std::pair{"/profile", "profile.html"}, {"/people", "people.html"}})
        to.for_page(path, role::member, [show, name](const request& asked, const person_here&) {
            return show(name, asked);
        });
    to.for_page("/rooms/{room}/access", role::member,
                [&on, &files](const request& asked, const person_here& who) {
                    return get_page(on, files, "access.html", asked, who);
                });
}

void add_page_routes(router& to, services& on, const assets& files) {
    to.for_page("/", role::guest,
                [&on](const request&, const person_here& who) { return get_root(on, who); });
    to.for_page("/rooms/{room}", role::guest,
                [&on, &files](const request& asked, const person_here& who) {
                    return get_page(on, files, "room.html", asked, who);
                });
    to.for_page("/rooms/{room}/integrations", role::member,
                [&on, &files](const request& asked, const person_here& who) {
                    return get_page(on, files, "integrations.html", asked, who);
                });
    to.for_page("/rooms/{room}/integrations/{key}", role::member,
                [&on, &files](const request& asked, const person_here& who) {
                    return get_page(on, files, "configure.html", asked, who);
                });
    to.for_anybody("GET", "/assets/{path...}",
                   [&files](const request& asked) { return get_asset(files, asked); });
    to.for_anybody("GET", "/connect/{path...}",
                   [&files](const request& asked) { return get_frame_module(files, asked); });
    to.for_anybody("GET", "/atlassian-connect/{file}",
                   [&files](const request& asked) { return get_frame_file(files, asked); });
}

}  // namespace hipchat::host
