#include "protocol/multipart.hpp"

#include <algorithm>
#include <utility>

#include "protocol/form.hpp"
#include "protocol/utf8.hpp"

namespace hipchat::protocol {
namespace {

constexpr std::size_t most_parts = 10;
constexpr std::size_t longest_head = std::size_t{8} * 1024;
constexpr std::size_t longest_boundary = 200;

std::string lowered(std::string_view text) {
    std::string lower(text);
    for (char& each : lower)
        if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    return lower;
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t'))
        text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\r'))
        text.remove_suffix(1);
    return text;
}

// Takes a quoted string, or a token, off the beginning of `rest`.
std::string take_value(std::string_view& rest) {
    std::string value;
    if (!rest.starts_with('"')) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        value = trimmed(rest.substr(0, end));
        rest.remove_prefix(end);
        return value;
    }
    rest.remove_prefix(1);
    while (!rest.empty() && rest.front() != '"') {
        if (rest.front() == '\\' && rest.size() > 1) rest.remove_prefix(1);
        value += rest.front();
        rest.remove_prefix(1);
    }
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    return value;
}

// The parameters of a header's value: "attachment; name=\"file\"; filename*=UTF-8''a%20b".
std::vector<std::pair<std::string, std::string>> parameters_of(std::string_view value) {
    std::vector<std::pair<std::string, std::string>> found;
    std::string_view rest = value;
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    while (rest.starts_with(';')) {
        rest.remove_prefix(1);
        const std::size_t equals = rest.find_first_of("=;");
        if (equals == std::string_view::npos) break;
        const std::string name = lowered(trimmed(rest.substr(0, equals)));
        rest.remove_prefix(equals);
        if (rest.front() == ';') continue;
        rest.remove_prefix(1);
        while (rest.starts_with(' '))
            rest.remove_prefix(1);
        found.emplace_back(name, take_value(rest));
    }
    return found;
}

// RFC 8187, in UTF-8; empty if it is anything else.
std::string extended_value(std::string_view text) {
    constexpr std::string_view charset = "utf-8'";
    if (lowered(text.substr(0, charset.size())) != charset) return {};
    text.remove_prefix(charset.size());
    const std::size_t language_end = text.find('\'');
    if (language_end == std::string_view::npos) return {};
    return percent_decode(text.substr(language_end + 1)).value_or("");
}

void take_disposition(body_part& part, std::string_view value) {
    for (auto& [name, text] : parameters_of(value)) {
        if (name == "name") part.name = text;
        if (name == "filename" && part.file_name.empty()) part.file_name = text;
        if (name == "filename*")
            if (auto extended = extended_value(text); !extended.empty())
                part.file_name = std::move(extended);
    }
}

void take_header(body_part& part, std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string name = lowered(trimmed(line.substr(0, colon)));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "content-disposition") take_disposition(part, value);
    if (name == "content-type")
        part.content_type = lowered(trimmed(value.substr(0, value.find(';'))));
    if (name == "content-transfer-encoding") part.is_base64 = lowered(value) == "base64";
}

// A part between two boundaries; empty if its head does not end.
std::optional<body_part> read_part(std::string_view text) {
    body_part part;
    std::size_t at = 0;
    while (true) {
        const std::size_t end = text.find('\n', at);
        if (end > longest_head) return std::nullopt;  // or there is none
        const std::string_view line = trimmed(text.substr(at, end - at));
        at = end + 1;
        if (line.empty()) break;
        take_header(part, line);
    }
    part.bytes = text.substr(at);
    if (!count_characters(part.name) || !count_characters(part.file_name)) return std::nullopt;
    return part;
}

std::string boundary_of(std::string_view content_type) {
    if (!lowered(content_type.substr(0, 10)).starts_with("multipart/")) return {};
    for (const auto& [name, value] : parameters_of(content_type))
        if (name == "boundary" && value.size() <= longest_boundary) return value;
    return {};
}

// Whether a delimiter may be followed by that: nothing, "--", or the end of its line.
bool ends_delimiter(std::string_view rest) {
    return rest.empty() || rest.starts_with("--")
           || std::string_view(" \t\r\n").find(rest.front()) != std::string_view::npos;
}

// Where the next delimiter begins at or after `from`: "--boundary" at the beginning of a line.
std::size_t find_delimiter(std::string_view body, std::string_view delimiter, std::size_t from) {
    for (std::size_t at = body.find(delimiter, from); at != std::string_view::npos;
         at = body.find(delimiter, at + 1))
        if ((at == 0 || body[at - 1] == '\n') && ends_delimiter(body.substr(at + delimiter.size())))
            return at;
    return std::string_view::npos;
}

// What stands before a delimiter, without the line break that belongs to it.
std::string_view without_last_break(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::optional<std::vector<body_part>> read_multipart(std::string_view content_type,
                                                     std::string_view body) {
    const std::string boundary = boundary_of(content_type);
    if (boundary.empty()) return std::nullopt;
    const std::string delimiter = "--" + boundary;
    std::vector<body_part> parts;
    std::size_t at = find_delimiter(body, delimiter, 0);
    while (at != std::string_view::npos) {
        at += delimiter.size();
        if (body.substr(at).starts_with("--")) {
            if (parts.empty()) return std::nullopt;
            return parts;
        }
        const std::size_t begin = body.find('\n', at);
        if (begin == std::string_view::npos || parts.size() == most_parts) return std::nullopt;
        const std::size_t end = find_delimiter(body, delimiter, begin + 1);
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view between = body.substr(begin + 1, end - begin - 1);
        std::optional<body_part> part = read_part(without_last_break(between));
        // A part without content may end with its head.
        if (!part) part = read_part(between);
        if (!part) return std::nullopt;
        parts.push_back(*std::move(part));
        at = end;
    }
    return std::nullopt;
}

}  // namespace hipchat::protocol
