#include "host/api/body_limit.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t usual = std::size_t{1024} * 1024;
constexpr std::size_t with_file = most_file_bytes / 57 * 78 + usual;  // lines of 76 characters

}  // namespace

std::size_t body_limit_of(const transport::http_request& head, const gate& checks) noexcept {
    if (!head.path.starts_with("/v2/") || !head.path.ends_with("/share/file")) return usual;
    try {
        checks.check_bearer(request(head, {}), {scope::send_message});
        return with_file;
    } catch (...) {
        return usual;
    }
}

}  // namespace hipchat::host
