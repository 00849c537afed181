#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hipchat/secret.hpp"

namespace hipchat::host {

/// Where metrics are told, and to whom.
struct metrics_options {
    std::optional<std::uint16_t> port = {};  ///< absent: nowhere; 0: a free one is picked
    std::string address = "127.0.0.1";       ///< numeric; beyond loopback a token is needed
    secret token = {};                       ///< whoever asks shows it; empty: anybody on loopback
};

}  // namespace hipchat::host
