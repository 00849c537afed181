#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "hipchat/json.hpp"
#include "host/core/values.hpp"

// What a browser opens of an add-on (addon-side.md 7.1).

namespace hipchat::host {

/// The URL with every "{path.of.a.value}" replaced by the value there, URL-encoded; objects become
/// JSON text, and what is missing becomes empty.
std::string fill_template(std::string_view url, const json::object& values);

/// The token of a page: signed for that person in that room, good for an hour (addon-side.md 4.2).
/// @param now     seconds since 1970
/// @param room_id 0: none
std::string page_token(const client& of, std::int64_t room_id, const person& who,
                       std::chrono::seconds now);

/// The address with its query parameters: signed_request (empty: it is not signed),
/// connect_client_api_version, and theme (empty: not told).
std::string page_url(std::string url, std::string_view signed_request, std::string_view theme);

/// "http://127.0.0.1:5000" of "http://127.0.0.1:5000/panel/{id}"; empty if it is no web URL.
std::string origin_of(std::string_view url);

}  // namespace hipchat::host
