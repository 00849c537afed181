#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "property.hpp"
#include "targets.hpp"
#include "transport/request_reader.hpp"

namespace hipchat::fuzz {
namespace {

using transport::http_request;
using transport::request_reader;

// Small, so that inputs reach the limits.
constexpr std::size_t max_header_bytes = 512;
constexpr std::size_t max_body_bytes = 1024;

bool is_clean(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

void check(const http_request& request) {
    require(!request.method.empty(), "a request has a method");
    require(request.path.starts_with('/') || request.path == "*", "a path begins with a slash");
    require(request.target.starts_with(request.path), "the target begins with the path");
    require(request.target.ends_with(request.query), "the target ends with the query");
    require(is_clean(request.target), "a target has no line break");
    require(request.headers.size() <= 128, "headers are limited");
    require(request.body.size() <= max_body_bytes, "a body is limited");
    for (const transport::header& each : request.headers) {
        require(!each.name.empty(), "a header has a name");
        require(is_clean(each.name) && is_clean(each.value), "a header has no line break");
        require(each.name.find_first_of(" \t:") == std::string_view::npos, "a name is a token");
    }
}

std::string written(const http_request& request) {
    std::string text(request.method);
    text.append(" ").append(request.target).append("\n");
    for (const transport::header& each : request.headers)
        text.append(each.name).append(": ").append(each.value).append("\n");
    return text.append("\n").append(request.body);
}

/// Feeds the bytes in pieces of up to `step`, or of changing sizes if it is 0; answers the
/// requests.
std::vector<std::string> read(std::string_view bytes, std::size_t step) {
    request_reader reader(max_header_bytes, max_body_bytes, "peer");
    std::vector<std::string> requests;
    std::uint32_t chance = static_cast<std::uint32_t>(bytes.size()) + 1;
    while (true) {
        const request_reader::state now = reader.advance();
        if (now == request_reader::state::refused) {
            const int status = reader.refusal();
            require(status == 400 || status == 413 || status == 417 || status == 431
                        || status == 501 || status == 505,
                    "a refusal has one of its statuses");
            return requests;
        }
        if (now == request_reader::state::complete) {
            check(reader.request());
            requests.push_back(written(reader.request()));
            if (!reader.keep_alive()) return requests;
            reader.next();
            continue;
        }
        static_cast<void>(reader.wants_continue());
        if (bytes.empty()) return requests;
        chance = chance * 1664525 + 1013904223;
        const std::size_t most = step > 0 ? step : 1 + (chance >> 16) % 97;
        const std::span<char> space = reader.space();
        require(!space.empty(), "there is space when more is needed");
        const std::size_t count = std::min({space.size(), most, bytes.size()});
        std::copy_n(bytes.data(), count, space.data());
        reader.received(count);
        bytes.remove_prefix(count);
    }
}

}  // namespace

// A flaw may be seen earlier or later, depending on the pieces; what is a request is not.
void http(std::string_view input) {
    const std::vector<std::string> whole = read(input, input.size() + 1);
    require(read(input, 0) == whole, "pieces are read as the whole is");
    if (input.size() <= 1024)
        require(read(input, 1) == whole, "single bytes are read as the whole is");
}

}  // namespace hipchat::fuzz
