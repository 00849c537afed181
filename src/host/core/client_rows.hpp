#pragma once

#include <string>
#include <vector>

#include "base/log.hpp"
#include "host/core/changes.hpp"

// The rows of installations. A client is
//
//     offered -> installed -> revoked -> (row removed)
//          \________________/
//
// offered and installed clients are active; a revoked one waits for its add-on to be told.

namespace hipchat::host {

/// Stores an offered client and its hooks. Returns the ids of the hooks, in the order of the
/// descriptor; empty optional if its add-on is in that room already.
std::optional<std::vector<std::int64_t>> insert_client(connection& on, const client& offered,
                                                       const std::string& descriptor_text);

/// Makes an offered client an installed one, from `entry` on; empty if it is not offered any more.
std::optional<change> confirm_client(connection& on, const std::string& oauth_id,
                                     change_draft entry);

/// Makes an active client void: its tokens and deliveries are gone. False if it was not active.
/// @param entry the change that tells of it; none for one that was never installed
/// @param keep  whether its add-on must still be told; else the row is removed
bool revoke_client(connection& on, const std::string& oauth_id, std::optional<change_draft> entry,
                   bool keep);

/// Removes a revoked client.
void forget_client(connection& on, const std::string& oauth_id);

/// For a host that starts: whoever was offered and never confirmed is revoked.
void revoke_unconfirmed(connection& on);

/// Every client, hooks included. One whose descriptor cannot be read any more is logged and left
/// out.
std::vector<client> read_clients(connection& on, logger& log);

/// The hooks of a descriptor, in its order; their ids are 0. Throws config_error for a pattern that
/// is none, protocol_error for an event that does not exist.
std::vector<hook> hooks_of(const descriptor& value);

}  // namespace hipchat::host
