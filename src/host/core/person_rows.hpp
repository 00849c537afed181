#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/core/tables.hpp"
#include "host/core/values.hpp"

// The rows of people. Functions on a connection run on a thread of the database.

namespace hipchat::host {

/// Everybody, those who were deleted included, by id.
std::vector<person> read_people(connection& on);

/// The person of that name, made if nobody has it; one who was deleted is a person again.
person find_or_make(connection& on, const std::string& name, wall_time now);

/// Stores a new person. Without a mention name they get the one that their name suggests, made
/// unique. Empty if name, mention name or e-mail are taken.
std::optional<person> insert_person(connection& on, person made);

/// Stores what a person has become, all but the id; false if a name or the e-mail is taken.
bool update_person(connection& on, const person& changed);

}  // namespace hipchat::host
