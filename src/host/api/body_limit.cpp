#include "host/api/body_limit.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t usual = std::size_t{1024} * 1024;
constexpr std::size_t with_file = most_file_bytes / 57 * 78 + usual;  // lines of 76 characters

}  // namespace

std::size_t body_limit_of(const transport::http_request& head, const gate& checks) noexcept {
    const request asked(head, {});
    const bool is_shared = head.path.starts_with("/v2/") && head.path.ends_with("/share/file");
    const bool is_put = head.method == "PUT" && head.path.starts_with("/api/rooms/")
                        && head.path.find("/files/") != std::string_view::npos;
    if (!is_shared && !is_put) return usual;
    try {
        if (is_put) {
            checks.check_person(asked, role::guest);
            return most_file_bytes;
        }
        checks.check_bearer(asked, {scope::send_message});
        return with_file;
    } catch (...) {
        return usual;
    }
}

}  // namespace hipchat::host
