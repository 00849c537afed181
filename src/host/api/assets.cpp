#include "host/api/assets.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "host/api/path.hpp"
#include "host/api/refusal.hpp"

namespace hipchat::host {
namespace {

const asset* find(std::string_view path) {
    const std::span<const asset> all = embedded_web();
    const auto found = std::ranges::lower_bound(all, path, {}, &asset::path);
    return found != all.end() && found->path == path ? &*found : nullptr;
}

// Only plain names below the folder: nothing that climbs, hides or has another root.
bool stays_below(std::string_view path) {
    const auto is_plain = [](std::string_view segment) {
        return !segment.starts_with('.') && segment.find('\\') == std::string_view::npos
               && segment.find('\0') == std::string_view::npos;
    };
    return !path.starts_with('/') && std::ranges::all_of(split_path(path), is_plain);
}

http_response not_found() {
    return refusal(404, "There is nothing at this address").response();
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> types{
        {{".html", "text/html; charset=utf-8"},
         {".css", "text/css; charset=utf-8"},
         {".js", "text/javascript; charset=utf-8"},
         {".svg", "image/svg+xml"},
         {".png", "image/png"},
         {".woff2", "font/woff2"},
         {".json", "application/json"}}};
    for (const auto& [ending, type] : types)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

http_response assets::serve(std::string_view path, std::string_view if_none_match) const {
    http_response response;
    if (!folder_.empty()) {
        std::optional<std::string> bytes = read(path);
        if (!bytes) return not_found();
        response = http_response::of(200, std::string(content_type_of(path)), *std::move(bytes));
        response.headers.emplace_back("Cache-Control", "no-store");
    } else {
        const asset* const found = find(path);
        if (found == nullptr) return not_found();
        if (if_none_match.find(found->etag) != std::string_view::npos) {
            response.status = 304;
        } else {
            response = http_response::of(200, std::string(found->content_type), "");
            response.static_body = found->bytes;
        }
        response.headers.emplace_back("ETag", found->etag);
        response.headers.emplace_back("Cache-Control", "no-cache");
    }
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    return response;
}

std::optional<std::string> assets::read(std::string_view path) const {
    if (!stays_below(path)) return std::nullopt;
    const std::filesystem::path file = std::filesystem::path(folder_) / path;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) return std::nullopt;
    std::ifstream stream(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

}  // namespace hipchat::host
