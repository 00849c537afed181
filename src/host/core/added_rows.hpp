#pragma once

#include <string>
#include <vector>

#include "host/core/tables.hpp"
#include "host/core/values.hpp"

// The rows of webhooks and modules that clients added to those of their descriptors. Functions on a
// connection run on a thread of the database.

namespace hipchat::host {

std::vector<hook> read_added_hooks(connection& on, const std::string& oauth_id);

/// Stores a hook in place of the client's one with the same key and room, if it has a key. Returns
/// its id; 0 if the client was revoked.
std::int64_t put_added_hook(connection& on, const std::string& oauth_id, const hook& added);

/// Removes a hook and what is still to be delivered to it.
void drop_added_hook(connection& on, std::int64_t id);

std::vector<added_module> read_added_modules(connection& on, const std::string& oauth_id);

/// Stores a module in place of one of the same room, kind and key. False if the client was revoked.
bool put_added_module(connection& on, const std::string& oauth_id, const added_module& added);
void drop_added_module(connection& on, const std::string& oauth_id, const added_module& gone);

}  // namespace hipchat::host
