#include "addon/allowed_hosts.hpp"

#include <algorithm>

#include "hipchat/errors.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

constexpr std::string_view separators = " ,\t\n";

[[noreturn]] void refuse(std::string_view entry) {
    throw config_error("AC_ALLOWED_HOSTS: '" + std::string(entry)
                       + "' is not a host name, a *.name, an origin such as "
                         "https://chat.example.com, or origins joined by '+'");
}

protocol::web_url origin_in(std::string_view text) {
    auto url = protocol::parse_web_url(text);
    if (!url || !url->query.empty() || (url->path != "/" && !url->path.empty())) refuse(text);
    return std::move(*url);
}

// "chat.example.com", "*.example.com", "chat.example.com:8443"
transport::listed_destination name_in(std::string_view text) {
    transport::listed_destination listed;
    const std::string_view labels = text.starts_with("*.") ? text.substr(2) : text;
    const auto url = protocol::parse_web_url("http://" + std::string(labels));
    if (!url || url->host.empty() || url->path.size() > 1
        || labels.find('*') != std::string_view::npos)
        refuse(text);
    listed.host = (text.starts_with("*.") ? "*." : "") + url->host;
    if (const auto colon = labels.rfind(':');
        colon != std::string_view::npos && labels.find(']', colon) == std::string_view::npos)
        listed.port = std::to_string(url->port);
    return listed;
}

}  // namespace

allowed_hosts::allowed_hosts(std::string_view setting, std::string_view own_base_url) {
    bool any = false;
    for (std::size_t at = setting.find_first_not_of(separators); at != std::string_view::npos;
         at = setting.find_first_not_of(separators, at)) {
        const std::size_t end = std::min(setting.find_first_of(separators, at), setting.size());
        add_entry(setting.substr(at, end - at));
        any = true;
        at = end;
    }
    if (any) {
        policy_.only_listed();
        return;
    }
    const auto own = protocol::parse_web_url(own_base_url);
    if (own && protocol::is_loopback_name(own->host)) {
        policy_.allow_loopback();
        loopback_by_default_ = true;
    }
}

void allowed_hosts::add_entry(std::string_view entry) {
    if (entry.find("://") == std::string_view::npos) {
        policy_.allow(name_in(entry));
        return;
    }
    std::vector<std::string> group;
    for (std::size_t at = 0; at <= entry.size();) {
        const std::size_t end = std::min(entry.find('+', at), entry.size());
        const protocol::web_url url = origin_in(entry.substr(at, end - at));
        policy_.allow({url.scheme, url.host, std::to_string(url.port)});
        group.push_back(url.origin());
        at = end + 1;
    }
    groups_.push_back(std::move(group));
}

bool allowed_hosts::together(std::string_view capabilities_origin,
                             std::string_view other_origin) const {
    if (capabilities_origin == other_origin) return true;
    return std::ranges::any_of(groups_, [&](const std::vector<std::string>& group) {
        return std::ranges::find(group, capabilities_origin) != group.end()
               && std::ranges::find(group, other_origin) != group.end();
    });
}

}  // namespace hipchat::addons
