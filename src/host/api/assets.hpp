#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "transport/http.hpp"

namespace hipchat::host {

/// One file of web/, as the build embedded it.
struct asset {
    std::string_view path;  ///< below web/, for example "assets/room.js"
    std::string_view content_type;
    std::string_view bytes;
    std::string_view etag;  ///< quoted hash of the bytes
};

/// All of web/, sorted by path; made by the build (cmake/embed.cmake).
std::span<const asset> embedded_web();

/// The files of the pages: embedded, or read from a folder each time while one works on them.
class assets {
public:
    /// @param folder the source of web/; empty: the embedded files
    explicit assets(std::string folder) : folder_(std::move(folder)) {}

    /// A file as an answer: 200, 304 if the caller has it, 404 if there is none.
    /// @param path          below web/; a path that leaves it is unknown
    /// @param if_none_match header of the request; may be empty
    transport::http_response serve(std::string_view path, std::string_view if_none_match) const;

private:
    std::optional<std::string> read(std::string_view path) const;

    std::string folder_;
};

/// By the end of the name; "application/octet-stream" if unknown.
std::string_view content_type_of(std::string_view path);

}  // namespace hipchat::host
