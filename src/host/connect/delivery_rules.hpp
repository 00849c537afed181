#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "hipchat/errors.hpp"
#include "host/core/posting.hpp"
#include "host/core/values.hpp"
#include "transport/http.hpp"

// What becomes of a webhook request. Pure.

namespace hipchat::host {

struct delivery_options {
    std::chrono::milliseconds timeout{10'000};     ///< for one attempt
    std::chrono::milliseconds first_retry{1'000};  ///< doubled with each further one
    unsigned attempts = 7;  ///< in all; with 1, 2, 4 … s between them this is about a minute
    std::size_t max_waiting = 1'000;  ///< per room and add-on; what comes then is dropped
};

/// How long to wait before the next attempt; empty if there is none. Only a connection that was
/// never made is tried again: what an add-on may have received, it must not receive twice.
/// @param failure  empty: the add-on answered, whatever it said
/// @param attempts made so far, at least 1
std::optional<std::chrono::milliseconds> retry_after(std::optional<transport_error::reason> failure,
                                                     unsigned attempts,
                                                     const delivery_options& options);

/// The notification in an add-on's answer: a 2xx with a JSON object as its body, from an add-on
/// that may send notifications (addon-side.md 5.1). Empty if there is none.
/// @param flaw set if there would have been one, but for what is wrong with it
std::optional<posting> posting_in(const client& from, int status, std::string_view body,
                                  std::string& flaw);

}  // namespace hipchat::host
