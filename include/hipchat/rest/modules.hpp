#pragma once

#include <optional>
#include <string>
#include <utility>

#include "hipchat/descriptor.hpp"
#include "hipchat/rest/client.hpp"

namespace hipchat::rest {

/// Modules that an add-on adds while it runs, beside those of its descriptor: for the whole group,
/// or for one room. A key names one module of its kind; putting it again replaces it. URLs that
/// begin with '/' belong to the add-on's base URL. Only the add-on itself sees them here. What an
/// add-on listens to in a room is easier by room::add_webhook, which remembers and serves it.
/// Scope: admin_room in a room, admin_group for the group.
class modules {
public:
    /// Modules of the whole group.
    explicit modules(client host) : host_(std::move(host)) {}
    /// Modules of one room.
    modules(client host, room_ref where) : host_(std::move(host)), where_(std::move(where)) {}

    task<> put(glance_module module) const;
    task<> put(web_panel_module module) const;
    task<> put(dialog_module module) const;
    task<> put(action_module module) const;
    task<> put(external_page_module module) const;
    task<> put(hipchat::webhook module) const;

    task<glance_module> glance(std::string key) const;
    task<web_panel_module> web_panel(std::string key) const;
    task<dialog_module> dialog(std::string key) const;
    task<action_module> action(std::string key) const;
    task<external_page_module> external_page(std::string key) const;
    task<hipchat::webhook> webhook(std::string key) const;

    task<> remove_glance(std::string key) const;
    task<> remove_web_panel(std::string key) const;
    task<> remove_dialog(std::string key) const;
    task<> remove_action(std::string key) const;
    task<> remove_external_page(std::string key) const;
    task<> remove_webhook(std::string key) const;

private:
    client host_;
    std::optional<room_ref> where_;
};

}  // namespace hipchat::rest
