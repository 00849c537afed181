#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/core/client_rows.hpp"
#include "host/core/feed.hpp"

namespace hipchat::host {

/// The installations. Active ones are in memory; a change is durable when its task ends, and only
/// then does find() tell of it. Loop thread only.
class clients {
public:
    clients(database& store, const clock& time, feed& news, connection& on, logger& log);

    /// The active client of that id; null if there is none.
    client_ptr find(std::string_view oauth_id) const;
    /// The installed clients that reach a room, in the order of their installation.
    std::vector<client_ptr> reaching(std::int64_t room_id) const;
    /// The client, offered or installed, of an add-on in a room, or in the whole group; null if
    /// there is none.
    client_ptr of_addon(std::optional<std::int64_t> room_id, std::string_view addon_key) const;

    /// Activates a new client; empty if its add-on is in that room already.
    task<client_ptr> offer(client made, std::string descriptor_text);
    /// The add-on accepted; empty if the client was revoked meanwhile.
    task<client_ptr> confirm(client_ptr offered);
    /// Makes the client void. False if it was already.
    /// @param tell whether its add-on must be told; then call told() when that was tried
    task<bool> revoke(client_ptr active, bool tell);
    task<> told(std::string oauth_id);

    /// Adds a webhook to the client's; one with a key takes the place of its namesake. Returns its
    /// id, or 0 if the client was revoked meanwhile.
    task<std::int64_t> add_hook(std::string oauth_id, hook added);
    task<> drop_hook(std::string oauth_id, std::int64_t id);
    /// Adds a module, or replaces it; false if the client was revoked meanwhile.
    task<bool> add_module(std::string oauth_id, added_module added);
    task<> drop_module(std::string oauth_id, added_module gone);

    /// Those revoked in an earlier life of the host whose add-on was not told.
    const std::vector<client_ptr>& untold() const noexcept { return untold_; }

private:
    // Changes the client that is active under that id, if there still is one.
    template <class Change>
    void update(const std::string& oauth_id, Change change);

    change_draft draft(const client& of, std::string_view kind) const;

    database& store_;
    const clock& time_;
    feed& feed_;
    std::map<std::string, client_ptr, std::less<>> active_;
    std::vector<client_ptr> untold_;
};

}  // namespace hipchat::host
