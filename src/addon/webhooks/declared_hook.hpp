#pragma once

#include <memory>
#include <string>
#include <vector>

#include "addon/cores.hpp"
#include "hipchat/descriptor.hpp"
#include "hipchat/handler.hpp"
#include "protocol/event.hpp"

// What an author declared about webhooks. Immutable once the add-on runs.

namespace hipchat::detail {

using event_handler = erased_handler<event_core>;

struct sub_command {
    command_info about = {};
    event_handler handler = {};
};

/// A slash command; what its sub-commands do not take goes to the handler of its hook.
struct command {
    command_info about = {};
    std::vector<sub_command> subs = {};
    event_handler help = {};  ///< answers with the command's help

    /// Its name and aliases.
    std::vector<std::string> names() const;
};

/// One webhook that the add-on handles.
struct hook {
    protocol::event_kind event = protocol::event_kind::room_enter;
    std::string pattern = {};
    event_handler handler = {};        ///< empty: a command that has sub-commands only
    std::shared_ptr<command> as = {};  ///< of a slash command
    bool durable = false;              ///< stored before the host is answered
};

/// A handler for the webhooks that are added to rooms under that name.
struct dynamic_hook {
    std::string name = {};
    hook served = {};  ///< without a pattern: each webhook has its own
};

}  // namespace hipchat::detail
