#include "addon/completed.hpp"

#include <algorithm>
#include <set>

#include "hipchat/errors.hpp"
#include "protocol/descriptor.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

void resolve(std::string& url, const std::string& base) {
    if (url.starts_with('/')) url = base + url;
}

void resolve(icon& pair, const std::string& base) {
    resolve(pair.url, base);
    resolve(pair.url_2x, base);
}

void resolve_modules(descriptor& value, const std::string& base) {
    for (webhook& hook : value.webhooks)
        resolve(hook.url, base);
    for (glance_module& one : value.glances) {
        resolve(one.query_url, base);
        resolve(one.icon, base);
    }
    for (web_panel_module& one : value.web_panels) {
        resolve(one.url, base);
        if (one.icon) resolve(*one.icon, base);
    }
    for (dialog_module& one : value.dialogs)
        resolve(one.url, base);
    for (external_page_module& one : value.external_pages)
        resolve(one.url, base);
    for (std::string& url : value.redirection_urls)
        resolve(url, base);
    if (value.configurable) resolve(value.configurable->url, base);
    resolve(value.admin_page, base);
    if (value.avatar) resolve(*value.avatar, base);
    resolve(value.homepage, base);
    for (std::string* url :
         {&value.installable.callback_url, &value.installable.update_callback_url,
          &value.installable.installed_url, &value.installable.updated_url,
          &value.installable.uninstalled_url})
        resolve(*url, base);
}

void apply(descriptor& value, const settings& given) {
    const auto replace = [](std::string& member, const std::string& setting) {
        if (!setting.empty()) member = setting;
    };
    replace(value.key, given.key);
    replace(value.name, given.name);
    replace(value.description, given.description);
    if (!given.avatar_url.empty()) value.avatar = icon{given.avatar_url, ""};
    if (!given.vendor_name.empty() || !given.vendor_url.empty()) {
        if (!value.vendor) value.vendor.emplace();
        replace(value.vendor->name, given.vendor_name);
        replace(value.vendor->url, given.vendor_url);
    }
}

// Hands out "/event/room_message", then "/event/room_message/2" and so on, but no path that a
// webhook of the descriptor has already.
class free_paths {
public:
    free_paths(const descriptor& value, const std::string& base) {
        for (const webhook& hook : value.webhooks)
            if (hook.url.starts_with(base + "/")) taken_.insert(path_of(hook.url, base));
    }

    std::string next(std::string_view event) {
        const std::string first = "/event/" + std::string(event);
        for (int number = 1;; ++number) {
            const std::string path = number == 1 ? first : first + "/" + std::to_string(number);
            if (taken_.insert(path).second) return path;
        }
    }

    static std::string path_of(const std::string& url, const std::string& base) {
        const std::string path = url.substr(base.size());
        return path.substr(0, path.find('?'));
    }

private:
    std::set<std::string> taken_;
};

std::string path_below(const std::string& url, const std::string& base, std::string_view event) {
    if (!url.starts_with(base + "/"))
        throw config_error("capabilities.webhook: the handler for " + std::string(event)
                           + " belongs to " + url + ", which is not below the base URL " + base
                           + "; leave the url out, or begin it with '/'");
    return free_paths::path_of(url, base);
}

void place_hooks(completed_descriptor& made, const detail::declaration& declared) {
    std::set<const webhook*> taken;
    free_paths paths(made.value, made.base_url);
    made.value.webhooks.reserve(made.value.webhooks.size() + declared.hooks.size());
    for (const detail::hook& hook : declared.hooks) {
        const std::string event(protocol::to_string(hook.event));
        const auto same = std::ranges::find_if(made.value.webhooks, [&](const webhook& known) {
            return known.event == event && known.pattern == hook.pattern && !taken.contains(&known);
        });
        if (same != made.value.webhooks.end()) {
            taken.insert(&*same);
            if (same->url.empty()) same->url = made.base_url + paths.next(event);
            // This library takes signed deliveries only, so it never asks for others.
            same->authentication = authentication::jwt;
            made.hook_paths.push_back(path_below(same->url, made.base_url, event));
            continue;
        }
        const std::string path = paths.next(event);
        webhook added;
        added.event = event;
        added.url = made.base_url + path;
        added.pattern = hook.pattern;
        made.value.webhooks.push_back(std::move(added));
        taken.insert(&made.value.webhooks.back());
        made.hook_paths.push_back(path);
    }
}

// A glance with a handler is asked for at the library's address.
void place_glances(descriptor& value, const detail::declaration& declared) {
    for (glance_module& one : value.glances) {
        const auto source =
            std::ranges::find(declared.glances, one.key, &detail::glance_source::key);
        if (source == declared.glances.end()) continue;
        if (!one.query_url.empty())
            throw config_error("capabilities.glance: " + one.key
                               + " has both a handler and a query_url; leave the query_url out");
        one.query_url = glance_path(one.key);
    }
}

// Metadata of the commands; what the descriptor says already about one of that name stays.
void place_commands(descriptor& value, const detail::declaration& declared) {
    for (const detail::hook& hook : declared.hooks) {
        if (!hook.as) continue;
        const std::string& name = hook.as->about.name;
        if (std::ranges::find(value.commands, name, &command_info::name) == value.commands.end())
            value.commands.push_back(hook.as->about);
    }
}

// Callbacks that lie elsewhere are served elsewhere; ours is there in any case.
void place_lifecycle(completed_descriptor& made) {
    const auto place = [&made](std::string& path, const std::string& url) {
        if (url.starts_with(made.base_url + "/")) path = free_paths::path_of(url, made.base_url);
    };
    const installable& urls = made.value.installable;
    place(made.lifecycle.install, urls.callback_url);
    place(made.lifecycle.update, urls.update_callback_url);
    place(made.lifecycle.installed, urls.installed_url);
    place(made.lifecycle.updated, urls.updated_url);
    place(made.lifecycle.uninstalled, urls.uninstalled_url);
}

void refuse_flaws(const descriptor& value) {
    std::string flaws;
    for (const protocol::lint_finding& finding : protocol::lint(value))
        if (finding.level == protocol::lint_finding::severity::error)
            flaws += "\n  " + finding.member + ": " + finding.rule;
    if (!flaws.empty()) throw config_error("the descriptor is not valid:" + flaws);
}

}  // namespace

std::string glance_path(const std::string& key) {
    return "/glance/" + key;
}

std::string base_url_of(const settings& given, std::uint16_t port) {
    return given.base_url.empty() ? "http://localhost:" + std::to_string(port) : given.base_url;
}

completed_descriptor complete(const detail::declaration& declared, const settings& given,
                              std::uint16_t port) {
    completed_descriptor made{declared.about, base_url_of(given, port), {}};
    descriptor& value = made.value;
    apply(value, given);
    if (value.name.empty()) value.name = value.key;
    if (value.self.empty()) value.self = made.base_url + descriptor_path;
    resolve(value.self, made.base_url);
    if (value.installable.callback_url.empty()) value.installable.callback_url = installable_path;
    // With an address for updates the host keeps the installation, and so its data
    // (addon-side.md 2.5).
    if (value.installable.update_callback_url.empty())
        value.installable.update_callback_url = value.installable.callback_url;
    place_glances(value, declared);
    resolve_modules(value, made.base_url);
    place_hooks(made, declared);
    place_commands(value, declared);
    place_lifecycle(made);
    refuse_flaws(value);
    return made;
}

}  // namespace hipchat::addons
