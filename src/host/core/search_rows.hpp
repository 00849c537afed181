#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/core/changes.hpp"

// Finding what was said in rooms. Functions on a connection run on a thread of the database.

namespace hipchat::host {

/// What is looked for.
struct search_query {
    std::string words = {};  ///< as it was typed; all of them must be there, the last may go on
    std::string from = {};   ///< part of the sender's name; empty: anybody
    std::vector<std::int64_t> rooms = {};
    std::int64_t before = 0;  ///< seq; 0: from the newest
    std::int64_t most = 30;
};

/// Lets a message or notification be found by its words, its file and its card's title; a deleted
/// one no longer.
void index_message(connection& on, std::int64_t seq, const json::object& content);

/// Newest first. Nothing is found by a query without words and sender.
std::vector<change_ptr> search(connection& on, const search_query& wanted);

}  // namespace hipchat::host
