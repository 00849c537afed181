#pragma once

#include <cstdint>
#include <hipchat/addon.hpp>
#include <hipchat/data.hpp>
#include <optional>
#include <string>
#include <vector>

// What the add-on keeps for a tenant: the latest incident of each room, and what was said in it.
// Times are Unix seconds; those of what was said, microseconds, which keep its order.

namespace incidents {

namespace json = hipchat::json;
using hipchat::task;

struct incident {
    std::int64_t room = 0;
    std::string title = {};
    std::string opened_by = {};
    std::int64_t opened = 0;
    std::int64_t closed = 0;  ///< 0: it is open
};

struct line {
    std::int64_t at = 0;    ///< microseconds
    std::string name = {};  ///< whose
    std::string text = {};
};

/// The room's latest, open or not; empty: there was none yet.
task<std::optional<incident>> latest_in(hipchat::tenant_data data, std::int64_t room);
/// The same of all rooms.
task<std::vector<incident>> latest(hipchat::tenant_data data);

/// Begins one; false if one is open in that room already.
task<bool> open(hipchat::tenant_data data, incident begun);
/// Ends the one that is open, and returns it; empty: none is.
task<std::optional<incident>> close(hipchat::tenant_data data, std::int64_t room);

/// Adds a line to what was said.
/// @param id of the message: each is kept once
task<> record(hipchat::tenant_data data, const incident& in, std::string id, line said);
/// What was said, at most `most_lines`, in order.
task<std::vector<line>> timeline(hipchat::tenant_data data, const incident& of);
constexpr std::size_t most_lines = 1000;

std::int64_t now();
/// "3 min": how long it has been open, or was.
std::string age_of(const incident& one);
/// "2017-03-14 09:26:53", of UTC.
std::string date_of(std::int64_t time);

}  // namespace incidents
