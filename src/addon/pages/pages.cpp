#include "addon/pages/pages.hpp"

#include <utility>

#include "addon/pages/connect_script.hpp"
#include "protocol/form.hpp"

namespace hipchat::addons {
namespace {

constexpr std::size_t most_static_bytes = std::size_t{64} * 1024 * 1024;

caller_policy policy_of(detail::route_caller who, const page_endpoint& endpoint) {
    const auto proved = [&endpoint](const page_caller& caller, const inbound& request) {
        return endpoint.serve(caller, request);
    };
    switch (who) {
        case detail::route_caller::page:
            return from_page{proved};
        case detail::route_caller::user:
            return from_user{proved};
        case detail::route_caller::anybody:
            break;
    }
    return anonymous{
        [&endpoint](const inbound& request) { return endpoint.serve_anybody(request); }};
}

}  // namespace

pages::pages(const detail::declaration& declared, page_site site)
    : declared_(declared),
      site_(std::move(site)),
      connect_script_(embedded_file(connect_script_path, connect_script())) {
    std::size_t left = most_static_bytes;
    for (const detail::static_folder& one : declared.static_folders) {
        folders_.push_back(read_folder(one.folder, left));
        for (const auto& [name, content] : folders_.back())
            left -= content.bytes.size();
    }
}

void pages::add_to(dispatcher& routes) {
    for (const detail::page_route& route : declared_.page_routes) {
        const page_endpoint& endpoint = endpoints_.emplace_back(route, site_);
        routes.add(route.method, route.path, policy_of(route.who, endpoint));
    }
    for (std::size_t i = 0; i < folders_.size(); ++i)
        add_folder(routes, declared_.static_folders[i].path, folders_[i]);
    // Only an add-on with pages has a use for it, but nobody is harmed by it.
    routes.add("GET", connect_script_path, anonymous{[this](const inbound& request) -> answer {
                   return send_file(connect_script_, request);
               }});
}

void pages::add_folder(dispatcher& routes, const std::string& path, const files& in) {
    routes.add("GET", path, anonymous{[&in](const inbound& request) -> answer {
                   const auto name = protocol::percent_decode(request.tail);
                   const auto found = name ? in.find(*name) : in.end();
                   if (found == in.end())
                       return reply::refused(404, "There is nothing at this address.\n");
                   return send_file(found->second, request);
               }});
}

}  // namespace hipchat::addons
