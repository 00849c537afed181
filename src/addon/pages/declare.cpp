// What each declaration of a page leaves behind: a module in the descriptor, and a route.

#include <algorithm>
#include <array>
#include <string_view>

#include "addon/declaration.hpp"
#include "addon/path_pattern.hpp"
#include "hipchat/errors.hpp"

namespace hipchat::detail {
namespace {

// The library's own addresses, of which there may be more one day.
constexpr std::string_view reserved = "/addon/";

std::string plain_path(const std::string& what, const std::string& url) {
    std::string path = url.substr(0, url.find_first_of("?#"));
    const bool printable = std::ranges::all_of(path, [](char c) { return c > ' ' && c < 0x7f; });
    if (!path.starts_with('/') || path.starts_with("//") || !printable)
        throw config_error(what + ": '" + url
                           + "' is not a path below the base URL; begin it with one '/', and "
                             "percent-encode what is not ASCII");
    if (path.starts_with(reserved))
        throw config_error(what + ": the paths below " + std::string(reserved)
                           + " are the library's; choose another");
    return path;
}

// Fills in the URL of a module and adds its route.
void add_page(declaration& all, const std::string& what, std::string& url, std::string path,
              authentication signing, page_handler handler) {
    if (url.empty()) url = std::move(path);
    if (signing == authentication::none)
        throw config_error(what
                           + ": a page with a handler is signed by the host. For one that anybody "
                             "may see, declare the module in the descriptor and its address with "
                             "anonymous_route");
    all.page_routes.push_back(
        {route_caller::page, "GET", plain_path(what, url), std::move(handler)});
}

}  // namespace

void declare_web_panel(declaration& all, web_panel_module about, page_handler handler) {
    add_page(all, "web panel '" + about.key + "'", about.url, "/webpanel/" + about.key,
             about.authentication, std::move(handler));
    all.about.web_panels.push_back(std::move(about));
}

void declare_dialog(declaration& all, dialog_module about, page_handler handler) {
    add_page(all, "dialog '" + about.key + "'", about.url, "/dialog/" + about.key,
             about.authentication, std::move(handler));
    all.about.dialogs.push_back(std::move(about));
}

void declare_action(declaration& all, action_module about) {
    all.about.actions.push_back(std::move(about));
}

void declare_external_page(declaration& all, external_page_module about, page_handler handler) {
    add_page(all, "external page '" + about.key + "'", about.url, "/page/" + about.key,
             authentication::jwt, std::move(handler));
    all.about.external_pages.push_back(std::move(about));
}

void declare_configure_page(declaration& all, configurable about, page_handler handler) {
    if (all.about.configurable)
        throw config_error("configure page: there is one already; an add-on has at most one");
    add_page(all, "configure page", about.url, "/configure", about.authentication,
             std::move(handler));
    all.about.configurable = std::move(about);
}

void declare_admin_page(declaration& all, page_handler handler) {
    if (!all.about.admin_page.empty())
        throw config_error("admin page: there is one already; an add-on has at most one");
    add_page(all, "admin page", all.about.admin_page, "/admin", authentication::jwt,
             std::move(handler));
}

void declare_route(declaration& all, route_caller who, std::string method, std::string path,
                   page_handler handler) {
    constexpr std::array<std::string_view, 5> methods = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    const std::string what = "route " + method + " " + path;
    if (std::ranges::find(methods, method) == methods.end())
        throw config_error(what + ": the method must be GET, POST, PUT, PATCH or DELETE");
    std::string own = plain_path(what, path);
    if (own.size() < path.size())
        throw config_error(what + ": a route has no query; ask the request for its fields");
    all.page_routes.push_back({who, std::move(method), std::move(own), std::move(handler)});
}

void declare_static_files(declaration& all, std::string path, std::string folder) {
    const std::string what = "static files " + path;
    if (!path.ends_with('/')) path += '/';
    if (plain_path(what, path) != path || path == "/" || addons::path_pattern::varies(path))
        throw config_error(what + ": name a plain path such as /static");
    all.static_folders.push_back({std::move(path), std::move(folder)});
}

}  // namespace hipchat::detail
