#include "addon/rest/multipart.hpp"

#include <algorithm>
#include <string_view>

#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/limits.hpp"

// --BOUNDARY
// Content-Type: application/json; charset=UTF-8
// Content-Disposition: attachment; name="metadata"
//
// {"message": text}
// --BOUNDARY
// Content-Type: TYPE
// Content-Disposition: attachment; name="file"; filename="NAME"
//
// BYTES
// --BOUNDARY--

namespace hipchat::rest {
namespace {

constexpr std::size_t most_bytes = std::size_t{50} * 1024 * 1024;
constexpr std::size_t longest_name = 255;
constexpr std::size_t longest_message = 1000;

bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20U && byte != 0x7FU;
    });
}

// A quoted string of a header, whatever the name is.
std::string quoted(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') text += '\\';
        text += c;
    }
    return text + '"';
}

void check(const shared_file& what) {
    protocol::check_text("filename", what.name(), 1, longest_name);
    if (!is_plain(what.name()))
        throw config_error("filename holds a control character; leave it out");
    if (what.content_type().empty() || !is_plain(what.content_type()))
        throw config_error("the file's content type is not one such as image/png; correct it");
    protocol::check_text("message", what.message(), 0, longest_message);
    if (what.bytes().size() > most_bytes)
        throw config_error("file has " + std::to_string(what.bytes().size())
                           + " bytes; share at most " + std::to_string(most_bytes));
}

}  // namespace

std::pair<std::string, std::string> write_shared_file(const shared_file& what,
                                                      const std::string& boundary) {
    check(what);
    json::object metadata;
    if (!what.message().empty()) metadata["message"] = what.message();
    std::string body = "--" + boundary
                       + "\r\nContent-Type: application/json; charset=UTF-8\r\n"
                         "Content-Disposition: attachment; name=\"metadata\"\r\n\r\n"
                       + json::serialize(metadata) + "\r\n--" + boundary
                       + "\r\nContent-Type: " + what.content_type()
                       + "\r\nContent-Disposition: attachment; name=\"file\"; filename="
                       + quoted(what.name()) + "\r\n\r\n";
    body.reserve(body.size() + what.bytes().size() + boundary.size() + 8);
    body.append(what.bytes()).append("\r\n--").append(boundary).append("--\r\n");
    return {"multipart/related; boundary=" + boundary, std::move(body)};
}

}  // namespace hipchat::rest
