#include "transport/http.hpp"

#include "transport/text.hpp"

namespace hipchat::transport {

std::string_view http_request::header_value(std::string_view name) const noexcept {
    for (const header& each : headers)
        if (same_word(each.name, name)) return each.value;
    return {};
}

http_response http_response::overloaded() {
    http_response response = of(503, "text/plain", "Service Unavailable\n");
    response.headers.emplace_back("Retry-After", "1");
    return response;
}

http_response http_response::of(int status, std::string content_type, std::string body) {
    http_response response;
    response.status = status;
    response.headers.emplace_back("Content-Type", std::move(content_type));
    response.body = std::move(body);
    return response;
}

}  // namespace hipchat::transport
