#include "host/core/pictures.hpp"

namespace hipchat::host {

std::string_view picture_type_of(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
    if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "image/gif";
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return "image/webp";
    return {};
}

std::string_view safe_type_of(std::string_view declared, std::string_view bytes) {
    const std::string_view seen = picture_type_of(bytes);
    if (!seen.empty() && seen == declared) return seen;
    if (declared == "text/plain") return "text/plain; charset=utf-8";
    return "application/octet-stream";
}

}  // namespace hipchat::host
