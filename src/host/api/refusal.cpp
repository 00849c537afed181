#include "host/api/refusal.hpp"

namespace hipchat::host {

http_response refusal::response() const {
    http_response response = json_response(status_, body_);
    response.headers.insert(response.headers.end(), headers_.begin(), headers_.end());
    return response;
}

http_response json_response(int status, const json::value& body) {
    http_response response = http_response::of(status, "application/json", json::serialize(body));
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    return response;
}

}  // namespace hipchat::host
