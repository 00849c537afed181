#include "addon/pages/file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <utility>

#include "addon/pages/http_date.hpp"
#include "hipchat/errors.hpp"
#include "protocol/base64url.hpp"
#include "protocol/sha256.hpp"

namespace hipchat::addons {
namespace {

namespace fs = std::filesystem;

constexpr auto types = std::to_array<std::pair<std::string_view, std::string_view>>({
    {".avif", "image/avif"},
    {".css", "text/css; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".gif", "image/gif"},
    {".htm", "text/html; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".jpeg", "image/jpeg"},
    {".jpg", "image/jpeg"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".mp3", "audio/mpeg"},
    {".mp4", "video/mp4"},
    {".pdf", "application/pdf"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".webp", "image/webp"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".xml", "application/xml"},
});

std::string etag_of(std::string_view bytes) {
    const protocol::sha256_digest digest = protocol::sha256(bytes);
    const std::string_view half(reinterpret_cast<const char*>(digest.data()), digest.size() / 2);
    return '"' + protocol::base64url_encode(half) + '"';
}

std::chrono::seconds changed_at(const fs::path& path) {
    const auto time = std::chrono::file_clock::to_sys(fs::last_write_time(path));
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch());
}

// If-None-Match: "*", or tags of which weak ones count as well (RFC 9110 13.1.2).
bool names_tag(std::string_view list, std::string_view etag) {
    if (list == "*") return true;
    while (!list.empty()) {
        std::string_view one = list.substr(0, list.find(','));
        list.remove_prefix(std::min(list.size(), one.size() + 1));
        one.remove_prefix(std::min(one.find_first_not_of(" \t"), one.size()));
        while (one.ends_with(' ') || one.ends_with('\t'))
            one.remove_suffix(1);
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one == etag) return true;
    }
    return false;
}

bool has_it_already(const file& what, const inbound& request) {
    const std::string_view tags = request.header_value("If-None-Match");
    if (!tags.empty()) return names_tag(tags, what.etag);
    if (what.changed_at.count() == 0) return false;
    const auto since = read_http_date(request.header_value("If-Modified-Since"));
    return since && what.changed_at <= *since;
}

bool is_hidden(const fs::path& name) {
    return name.filename().string().starts_with('.');
}

bool lies_below(const fs::path& inner, const fs::path& outer) {
    return std::ranges::mismatch(outer, inner).in1 == outer.end();
}

}  // namespace

reply send_file(const file& what, const inbound& request) {
    reply made;
    made.headers = {{"ETag", what.etag},
                    {"Cache-Control", "public, max-age=300"},
                    {"X-Content-Type-Options", "nosniff"},
                    {"Referrer-Policy", "no-referrer"}};
    if (what.changed_at.count() != 0)
        made.headers.emplace_back("Last-Modified", http_date(what.changed_at));
    if (has_it_already(what, request)) {
        made.status = 304;
        return made;
    }
    made.status = 200;
    made.content_type = what.content_type;
    made.static_body = what.bytes;
    return made;
}

std::string_view content_type_of(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    std::string ending(dot == std::string_view::npos ? std::string_view() : name.substr(dot));
    for (char& c : ending)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const auto* const found =
        std::ranges::find(types, std::string_view(ending), &decltype(types)::value_type::first);
    return found == types.end() ? "application/octet-stream" : found->second;
}

file embedded_file(std::string_view name, std::string_view bytes) {
    return {content_type_of(name), etag_of(bytes), {}, std::string(bytes)};
}

std::optional<std::string> read_file(const std::string& path) {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) return std::nullopt;
    std::ifstream stream(path, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(stream), {});
    if (!stream) return std::nullopt;
    return bytes;
}

files read_folder(const std::string& folder, std::size_t most_bytes) {
    std::error_code failure;
    const fs::path root = fs::canonical(folder, failure);
    if (failure || !fs::is_directory(root))
        throw config_error("static files: " + folder + " is not a folder; correct the path");
    files found;
    std::size_t total = 0;
    fs::recursive_directory_iterator entry(root, fs::directory_options::skip_permission_denied);
    for (; entry != fs::recursive_directory_iterator(); ++entry) {
        if (is_hidden(entry->path())) {
            entry.disable_recursion_pending();
            continue;
        }
        if (!entry->is_regular_file()) continue;
        if (!lies_below(fs::canonical(entry->path()), root)) continue;
        auto bytes = read_file(entry->path().string());
        if (!bytes)
            throw config_error("static files: cannot read " + entry->path().string()
                               + "; let the add-on read it, or take it away");
        total += bytes->size();
        if (total > most_bytes)
            throw config_error("static files: " + folder + " holds more than "
                               + std::to_string(most_bytes >> 20U)
                               + " MiB; serve large files by another server");
        const std::string name = entry->path().lexically_relative(root).generic_string();
        found.emplace(name, file{content_type_of(name), etag_of(*bytes), changed_at(entry->path()),
                                 *std::move(bytes)});
    }
    return found;
}

}  // namespace hipchat::addons
