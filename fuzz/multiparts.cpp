#include <string>

#include "property.hpp"
#include "protocol/base64url.hpp"
#include "protocol/multipart.hpp"
#include "targets.hpp"

namespace hipchat::fuzz {
namespace {

// A part goes through a body of its own unchanged.
void check_bytes(std::string_view bytes) {
    const std::string boundary = "b-that-no-input-has";
    if (bytes.find(boundary) != std::string_view::npos) return;
    const std::string body = "--" + boundary
                             + "\r\nContent-Disposition: attachment; name=\"f\"\r\n\r\n"
                             + std::string(bytes) + "\r\n--" + boundary + "--";
    const auto parts = protocol::read_multipart("multipart/related; boundary=" + boundary, body);
    require(parts && parts->size() == 1, "a written part is found");
    require(parts->front().bytes == bytes && parts->front().name == "f", "it is the same");
}

void check_base64(std::string_view text) {
    require(protocol::base64_decode(protocol::base64_encode(text)) == std::string(text),
            "what was encoded is decoded");
    if (const auto bytes = protocol::base64_decode(text))
        require(bytes->size() <= text.size(), "decoding does not grow");
}

}  // namespace

void multiparts(std::string_view input) {
    const auto [type, body] = split(input, '\n');
    if (const auto parts = protocol::read_multipart(type, body)) {
        require(!parts->empty() && parts->size() <= 10, "there are one to ten parts");
        for (const protocol::body_part& each : *parts)
            require(each.bytes.data() >= body.data()
                        && each.bytes.data() + each.bytes.size() <= body.data() + body.size(),
                    "a part lies in the body");
    }
    check_bytes(input);
    check_base64(input);
}

}  // namespace hipchat::fuzz
