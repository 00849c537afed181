#pragma once

#include <string>

#include "addon/webhooks/declared_hook.hpp"

namespace hipchat::addons {

/// How a command is used, as plain text of some lines:
///
///     /standup: who does what today
///     /standup [PERSON]
///     /standup add PERSON - adds a person
///     Short: /su
std::string help_text(const detail::command& of);

/// A handler that answers with help_text, as it is now.
detail::event_handler help_handler(const detail::command& of);

/// Which handler a message that is this command is for, after what was typed. Fills in what the
/// handler's command_call is to say.
/// @param of a hook that is a command
const detail::event_handler& choose_handler(const detail::hook& of, detail::event_core& event);

}  // namespace hipchat::addons
