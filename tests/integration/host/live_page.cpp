#include "live_page.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace hipchat::host::testing {
namespace {

constexpr int text_frame = 1;
constexpr int close_frame = 8;

std::size_t number(const std::string& bytes) {
    std::size_t value = 0;
    for (const char each : bytes)
        value = value << 8U | static_cast<unsigned char>(each);
    return value;
}

}  // namespace

live_page::live_page(std::uint16_t port, const std::string& query, const std::string& more)
    : connection_(port) {
    const std::string name = "localhost:" + std::to_string(port);
    connection_.send("GET /api/rooms/1/live?" + query + " HTTP/1.1\r\nHost: " + name
                     + "\r\nOrigin: http://" + name
                     + "\r\n" + more
                     + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                       "Sec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    const std::string head = connection_.until("\r\n\r\n");
    if (!head.starts_with("HTTP/1.1 101")) throw std::runtime_error("no live socket: " + head);
}

void live_page::send(const json::value& frame) {
    send_text(json::serialize(frame));
}

// One masked frame; the mask is zero, which leaves the text readable.
void live_page::send_text(const std::string& text) {
    std::string bytes = "\x81";
    if (text.size() < 126) {
        bytes += static_cast<char>(0x80U | text.size());
    } else {
        bytes += static_cast<char>(0xfeU);
        bytes += static_cast<char>(text.size() >> 8U);
        bytes += static_cast<char>(text.size() & 0xffU);
    }
    connection_.send(bytes + std::string(4, '\0') + text);
}

json::object live_page::frame() {
    while (true) {
        const std::string head = connection_.bytes(2);
        if (head.size() < 2) throw std::runtime_error("the live socket ended");
        const int kind = static_cast<unsigned char>(head[0]) & 0xf;
        std::size_t size = static_cast<unsigned char>(head[1]) & 0x7fU;
        if (size == 126)
            size = number(connection_.bytes(2));
        else if (size == 127)
            size = number(connection_.bytes(8));
        const std::string body = connection_.bytes(size);
        if (kind == close_frame) throw std::runtime_error("the host closed the live socket");
        if (kind == text_frame) return json::parse(body).as_object();
    }
}

json::object live_page::frame(std::string_view type) {
    while (true) {
        json::object each = frame();
        if (each.at("type").as_string() == type) return each;
    }
}

json::object live_page::change(std::string_view kind) {
    while (true) {
        json::object each = frame("change");
        if (each.at("change").at("kind").as_string() == kind) return each.at("change").as_object();
    }
}

bool live_page::is_closed() {
    try {
        while (true)
            frame();
    } catch (const std::runtime_error&) {
        return true;
    }
}

}  // namespace hipchat::host::testing
