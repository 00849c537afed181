#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hipchat/events.hpp"

namespace hipchat {

/// A message that is one of the add-on's slash commands.
///
///     /standup add "Ada Lindqvist" 9:30       name: /standup   sub: add   rest: "Ada Lindqvist"
///     9:30
///                                             arguments: Ada Lindqvist, 9:30
class command_call final : public message_event {
public:
    static constexpr std::string_view event_name = "room_message";
    explicit command_call(std::shared_ptr<const detail::event_core> core) noexcept
        : message_event(std::move(core)) {}

    /// The command as it was typed: its name or an alias, with the slash.
    std::string name() const;
    /// The sub-command whose handler this is; empty if it has none.
    std::string sub() const;
    /// What follows the name and the sub-command, as it was typed, without white space around it.
    std::string rest() const;
    /// The words of rest(). White space separates them, unless it is quoted as in a shell: '…' is
    /// taken as it is, in "…" and elsewhere a backslash keeps a character from having a meaning. A
    /// quote that is not closed is a character like any other.
    std::vector<std::string> arguments() const;
};

}  // namespace hipchat
