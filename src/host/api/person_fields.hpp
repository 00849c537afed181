#pragma once

#include <string>

#include "hipchat/secret.hpp"
#include "host/api/fields.hpp"
#include "host/core/values.hpp"

// What bodies say about people. Each throws refusal(400) naming the field.

namespace hipchat::host {

std::string read_name(const fields& body);
std::string read_email(const fields& body);
/// "@Ada" or "Ada", without the '@'; empty if it is not said.
std::string read_mention(const fields& body);
/// A name such as Europe/Paris; empty optional if it is not said.
std::optional<std::string> optional_timezone(const fields& body);
/// 8 to 200 characters.
secret read_password(const fields& body, std::string_view name);
/// "presence": {"show", "status"}, if it is said.
void read_presence(const fields& body, person& changed);

}  // namespace hipchat::host
