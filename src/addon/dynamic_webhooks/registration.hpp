#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// A dynamic webhook as it is remembered, in the library's space of its tenant's data:
//
//   key    webhook:4021-Q8xkT0…
//   value  {"name": "record", "pattern": "", "state": "added", "at": Unix seconds}

namespace hipchat::addons {

struct registration {
    enum class status {
        adding,    ///< the host is being asked, and may deliver already
        added,     ///< the host has it
        removing,  ///< the host may still have it
    };

    std::string id = {};  ///< a module key: the room, '-', and what nobody can guess
    std::string name = {};
    std::string pattern = {};
    status state = status::adding;
    std::chrono::seconds at{0};  ///< Unix time at which it was begun
};

/// An id that was never used.
std::string new_registration_id(std::int64_t room);

/// The room that an id names; empty if it is no id.
std::optional<std::int64_t> room_of_id(std::string_view id);

/// What the keys of a room's registrations begin with; what follows belongs to one only.
std::string registration_key(std::string_view id);
std::string registration_prefix(std::int64_t room);

std::string write_registration(const registration& what);
/// Throws hipchat::error if the text is not what write_registration made.
registration read_registration(std::string_view key, std::string_view text);

/// Whether what it delivers is for the handler. One that is still being added counts for as long as
/// that can take; later, its adding was broken off, and nobody knows of it.
bool serves(const registration& what, std::chrono::seconds now);

}  // namespace hipchat::addons
