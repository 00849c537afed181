// What the handler of a page can ask beyond the request: who, where, and the page's token.

#include "addon/handles.hpp"
#include "addon/pages/page_core.hpp"
#include "addon/tenant_origin.hpp"
#include "hipchat/page.hpp"
#include "protocol/url.hpp"

namespace hipchat {
namespace {

std::string host_page(const storage::tenant& tenant) {
    const bool known = protocol::parse_web_url(tenant.homepage).has_value();
    return known ? tenant.homepage : addons::tenant_origin(tenant);
}

std::string attribute(std::string_view name, std::string_view value) {
    std::string text = " ";
    return text.append(name).append("=\"").append(escape_html(value)).append("\"");
}

}  // namespace

tenant page_request::tenant() const {
    return detail::tenant_of(core().site.to, core().caller->tenant());
}

std::optional<room> page_request::room() const {
    const addons::page_caller& caller = *core().caller;
    const auto id = caller.room_id() ? caller.room_id() : caller.tenant()->room_id;
    if (!id) return std::nullopt;
    return detail::room_of(core().site.to, caller.tenant(), *id);
}

const std::string& page_request::user_id() const noexcept {
    return core().caller->user_id();
}

const std::string& page_request::time_zone() const noexcept {
    return core().caller->user_tz();
}

const std::string& page_request::theme() const noexcept {
    return core().caller->theme();
}

const std::string& page_request::token() const {
    return core().token;
}

std::string page_request::link(std::string_view path) const {
    if (!path.starts_with('/'))
        throw config_error("link: '" + std::string(path) + "' does not begin with '/'");
    const std::string_view before = path.substr(0, path.find('#'));
    std::string made = core().site.base_url;
    made += before;
    made += before.find('?') == std::string_view::npos ? '?' : '&';
    made += "signed_request=" + token();
    made += path.substr(before.size());
    return made;
}

std::string page_request::connect_script() const {
    const std::string& base = core().site.base_url;
    const std::string host = host_page(*core().caller->tenant());
    const auto life = std::chrono::seconds(addons::page_token_life).count();
    return "<script" + attribute("src", base + "/addon/connect.js")
           + attribute("data-host", protocol::join_url(host, "atlassian-connect/all.js"))
           + attribute("data-base", base) + attribute("data-token", token())
           + attribute("data-life", std::to_string(life)) + "></script>";
}

html page_request::render(const page_template& page, const json::object& data) const {
    json::object all = data;
    all.emplace("connect", connect_script());
    all.emplace("token", token());
    all.emplace("theme", theme());
    all.emplace("user_id", user_id());
    all.emplace("base", core().site.base_url);
    return page.render(all);
}

html page_request::render(const page_template& page) const {
    return render(page, json::object());
}

}  // namespace hipchat
