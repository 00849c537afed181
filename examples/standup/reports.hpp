#pragma once

#include <cstdint>
#include <hipchat/addon.hpp>
#include <hipchat/data.hpp>
#include <string>
#include <vector>

// What the add-on keeps for a tenant: settings for each room, and a report for each room, day and
// person. Days are those of UTC.

namespace standup {

namespace json = hipchat::json;
using hipchat::task;

struct settings {
    std::string title = "Standup";
    std::int64_t hour = 24;  ///< a report after this hour of the day is late; 24: none is
};

task<settings> settings_of(hipchat::tenant_data data, std::int64_t room);
task<> keep_settings(hipchat::tenant_data data, std::int64_t room, settings changed);

struct report {
    std::string name = {};  ///< whose
    std::string done = {};
    std::string next = {};
    std::string blocked = {};  ///< empty: by nothing
};

constexpr std::size_t longest_text = 500;  // bytes in each

/// That person's report of today; an empty one if there is none.
task<report> report_of(hipchat::tenant_data data, std::int64_t room, std::string user);
task<> keep_report(hipchat::tenant_data data, std::int64_t room, std::string user, report written);
/// Adds a line to what the person has done today.
/// Throws bad_request if it would be too long then.
task<> add_line(hipchat::tenant_data data, std::int64_t room, std::string user, std::string name,
                std::string line);
/// All reports of today.
task<std::vector<report>> reports_of(hipchat::tenant_data data, std::int64_t room);

/// What the room sees of a report.
hipchat::notification shown(const report& written, const settings& of, std::int64_t room);

std::string today();

}  // namespace standup
