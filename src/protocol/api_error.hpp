#pragma once

#include <string>
#include <string_view>

#include "hipchat/json.hpp"

namespace hipchat::protocol {

/// Why a value of a request was refused (host-side.md 3.4).
struct validation_failure {
    std::string field = {};
    std::string validation =
        {};  ///< the rule: "required", "type", "enum", "min_length", "max_length", …
    json::value value = {};          ///< what was sent
    std::string message = {};        ///< one sentence for a person
    std::string description = {};    ///< template text
    std::string expected_type = {};  ///< of type failures
};

/// The common error body: {"error":{code, message, type}}.
json::object write_api_error(int status, std::string_view message);

/// The 400 body of a validation failure.
json::object write_validation_error(const validation_failure& failure);

/// The `message` of an error body, else the start of the text: for what() of an api_error.
std::string api_error_message(std::string_view body);

}  // namespace hipchat::protocol
