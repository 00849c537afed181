#pragma once

#include "host/api/request.hpp"
#include "host/api/v2/listing.hpp"
#include "host/core/messages.hpp"

namespace hipchat::host {

/// Which messages a request wants (host-side.md 4, history).
struct history_query {
    history_part part = {};  ///< asks for one more than `wanted`
    page wanted = {};
    bool oldest_first = true;
    bool is_recent = true;  ///< the last ones, whenever they were; there are no further pages
};

/// From date ("recent", or the latest date), end-date (the earliest), timezone, reverse,
/// include_deleted and paging; throws refusal(400) naming the parameter.
history_query read_history_query(const request& asked);

}  // namespace hipchat::host
