// The WebSocket end of the server, against a client that writes its frames by hand (RFC 6455).
#include "transport/websocket.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "raw_client.hpp"
#include "serving.hpp"
#include "support/gate.hpp"

namespace hipchat::transport {
namespace {

using hipchat::testing::gate;
using hipchat::testing::raw_client;
using hipchat::testing::serving;

constexpr std::string_view handshake =
    "GET /live HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

enum opcode : std::uint8_t {
    continuation = 0,
    text = 1,
    binary = 2,
    closing = 8,
    ping = 9,
    pong = 10
};

// A masked frame, as clients send them; the mask is zero, so the payload can be read.
std::string frame(opcode code, std::string_view payload, bool last = true) {
    std::string bytes;
    bytes += static_cast<char>((last ? 0x80U : 0U) | code);
    if (payload.size() < 126) {
        bytes += static_cast<char>(0x80U | payload.size());
    } else {
        const bool wide = payload.size() > 0xffff;
        bytes += static_cast<char>(0x80U | (wide ? 127U : 126U));
        for (int shift = wide ? 56 : 8; shift >= 0; shift -= 8)
            bytes += static_cast<char>((payload.size() >> static_cast<unsigned>(shift)) & 0xffU);
    }
    bytes.append(4, '\0');
    return bytes.append(payload);
}

struct received {
    int code = -1;  // -1: the connection ended
    std::string payload = {};

    int close_code() const {
        if (payload.size() < 2) return 0;
        return static_cast<unsigned char>(payload[0]) * 256
               + static_cast<unsigned char>(payload[1]);
    }
};

received next_frame(raw_client& client) {
    const std::string head = client.bytes(2);
    if (head.size() < 2) return {};
    std::uint64_t size = static_cast<unsigned char>(head[1]);
    if (size >= 126) {
        std::uint64_t wide = 0;
        for (const char byte : client.bytes(size == 126 ? 2 : 8))
            wide = wide * 256 + static_cast<unsigned char>(byte);
        size = wide;
    }
    return {static_cast<unsigned char>(head[0]) & 0x0f, client.bytes(size)};
}

task<http_response> upgrade_to(std::function<task<>(websocket&)> talk) {
    http_response response;
    response.talk = std::move(talk);
    co_return response;
}

task<> echo(websocket& peer) {
    while (true) {
        const std::optional<std::string> said = co_await peer.read();
        if (!said) co_return;
        peer.send("echo " + *said);
    }
}

http_handler echoing() {
    return [](const http_request&) { return upgrade_to(echo); };
}

TEST(a_websocket, is_agreed_on_and_echoes) {
    serving server(echoing());
    raw_client client(server.port());
    client.send(handshake);
    const auto agreed = client.answer();
    EXPECT_EQ(agreed.status, 101);
    EXPECT_TRUE(agreed.has("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    client.send(frame(text, "hello"));
    EXPECT_EQ(next_frame(client).payload, "echo hello");
    client.send(frame(text, "in ", false) + frame(ping, "are you there?")
                + frame(continuation, "pieces"));
    const received answered = next_frame(client);
    EXPECT_EQ(answered.code, pong);
    EXPECT_EQ(answered.payload, "are you there?");
    EXPECT_EQ(next_frame(client).payload, "echo in pieces");
}

TEST(a_websocket, reads_what_came_with_the_handshake) {
    serving server(echoing());
    raw_client client(server.port());
    client.send(std::string(handshake) + frame(text, "early"));
    EXPECT_EQ(client.answer().status, 101);
    EXPECT_EQ(next_frame(client).payload, "echo early");
}

TEST(a_websocket, ends_when_the_peer_closes) {
    serving server(echoing());
    raw_client client(server.port());
    client.send(handshake);
    EXPECT_EQ(client.answer().status, 101);
    client.send(frame(closing, "\x03\xe8"));
    const received closed = next_frame(client);
    EXPECT_EQ(closed.code, closing);
    EXPECT_EQ(closed.close_code(), 1000);
    EXPECT_TRUE(client.closed_by_peer());
    EXPECT_EQ(server.drain(std::chrono::seconds(20)).get(), 0U);
}

TEST(a_websocket, ends_when_the_peer_vanishes) {
    std::promise<void> ended;
    serving server([&](const http_request&) {
        return upgrade_to([&](websocket& peer) -> task<> {
            task<> talking = echo(peer);
            co_await talking;
            ended.set_value();
        });
    });
    raw_client client(server.port());
    client.send(handshake);
    EXPECT_EQ(client.answer().status, 101);
    client.reset();
    ended.get_future().get();
}

TEST(a_message, of_64_kib_is_read_and_a_larger_one_closes) {
    serving server(echoing());
    raw_client client(server.port());
    client.send(handshake);
    EXPECT_EQ(client.answer().status, 101);
    const std::string most(64 * 1024, 'm');
    client.send(frame(text, most));
    EXPECT_EQ(next_frame(client).payload, "echo " + most);
    client.send(frame(text, most + "m"));
    EXPECT_EQ(next_frame(client).close_code(), 1009);
}

TEST(a_binary_message, closes) {
    serving server(echoing());
    raw_client client(server.port());
    client.send(handshake);
    EXPECT_EQ(client.answer().status, 101);
    client.send(frame(binary, "bytes"));
    EXPECT_EQ(next_frame(client).close_code(), 1003);
}

TEST(text_that_is_no_utf8, closes) {
    serving server(echoing());
    raw_client client(server.port());
    client.send(handshake);
    EXPECT_EQ(client.answer().status, 101);
    client.send(frame(text, "\xff\xfe"));
    EXPECT_EQ(next_frame(client).close_code(), 1007);
}

TEST(a_frame_without_mask, closes) {
    serving server(echoing());
    raw_client client(server.port());
    client.send(handshake);
    EXPECT_EQ(client.answer().status, 101);
    client.send("\x81\x02hi");
    EXPECT_EQ(next_frame(client).close_code(), 1002);
}

TEST(sending, happens_in_order_and_before_closing) {
    serving server([](const http_request&) {
        return upgrade_to([](websocket& peer) -> task<> {
            for (int i = 0; i < 100; ++i)
                peer.send(std::to_string(i));
            peer.close();
            peer.send("never");
            co_return;
        });
    });
    raw_client client(server.port());
    client.send(handshake);
    EXPECT_EQ(client.answer().status, 101);
    for (int i = 0; i < 100; ++i)
        ASSERT_EQ(next_frame(client).payload, std::to_string(i));
    EXPECT_EQ(next_frame(client).close_code(), 1000);
    client.send(frame(closing, "\x03\xe8"));
    EXPECT_TRUE(client.closed_by_peer());
}

TEST(a_consumer_that_is_too_slow, is_cut_off) {
    std::promise<void> ended;
    serving server([&](const http_request&) {
        return upgrade_to([&](websocket& peer) -> task<> {
            for (int i = 0; i < 400; ++i)
                peer.send(std::string(60'000, 's'));
            while (true) {
                const std::optional<std::string> said = co_await peer.read();
                if (!said) break;
            }
            ended.set_value();
        });
    });
    raw_client client(server.port());
    client.send(handshake);
    ended.get_future().get();
    client.until("\r\n\r\n");
    int whole = 0;
    while (next_frame(client).payload.size() == 60'000)
        ++whole;
    EXPECT_LT(whole, 400);
}

TEST(a_talk_that_throws, closes_with_1011_and_is_a_line_in_the_log) {
    serving server([](const http_request&) {
        return upgrade_to([](websocket& peer) -> task<> {
            const std::optional<std::string> said = co_await peer.read();
            throw std::runtime_error("lost the thread at " + said.value_or("nothing"));
        });
    });
    raw_client client(server.port());
    client.send(std::string(handshake) + frame(text, "hello"));
    EXPECT_EQ(client.answer().status, 101);
    EXPECT_EQ(next_frame(client).close_code(), 1011);
    EXPECT_EQ(server.log().count("lost the thread at hello"), 1);
}

TEST(a_request_that_asks_improperly, is_400) {
    serving server(echoing());
    for (const char* lacking :
         {"Upgrade: websocket\r\n", "Connection: keep-alive, Upgrade\r\n",
          "Sec-WebSocket-Version: 13\r\n", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"}) {
        std::string request(handshake);
        request.erase(request.find(lacking), std::string_view(lacking).size());
        raw_client client(server.port());
        client.send(request);
        EXPECT_EQ(client.answer().status, 400) << lacking;
    }
}

TEST(a_drain, closes_websockets_with_1001_and_does_not_wait_for_their_peers) {
    serving server(echoing());
    raw_client client(server.port());
    client.send(handshake);
    EXPECT_EQ(client.answer().status, 101);
    client.send(frame(text, "hello"));
    EXPECT_EQ(next_frame(client).payload, "echo hello");
    EXPECT_EQ(server.drain(std::chrono::seconds(20)).get(), 0U);
    EXPECT_EQ(next_frame(client).close_code(), 1001);
}

TEST(a_server_that_goes, ends_the_talks_that_wait_for_a_message) {
    std::promise<void> ended;
    std::unique_ptr<raw_client> client;
    {
        serving server([&](const http_request&) {
            return upgrade_to([&](websocket& peer) -> task<> {
                task<> talking = echo(peer);
                co_await talking;
                ended.set_value();
            });
        });
        client = std::make_unique<raw_client>(server.port());
        client->send(std::string(handshake) + frame(text, "hello"));
        EXPECT_EQ(client->answer().status, 101);
        EXPECT_EQ(next_frame(*client).payload, "echo hello");
    }
    ended.get_future().get();
    EXPECT_TRUE(client->closed_by_peer());
}

TEST(a_talk_that_does_not_read, learns_of_the_drain_when_it_does) {
    gate closed(false);
    serving server([&](const http_request&) {
        return upgrade_to([&](websocket& peer) -> task<> {
            gate& held = closed;  // g++ 12 copies what is awaited through a capture
            co_await held;
            const std::optional<std::string> said = co_await peer.read();
            EXPECT_FALSE(said.has_value());
        });
    });
    raw_client client(server.port());
    client.send(handshake);
    EXPECT_EQ(client.answer().status, 101);
    while (server.on_loop([&] { return closed.waiting(); }) == 0) {
    }
    auto drained = server.drain(std::chrono::seconds(20));
    EXPECT_EQ(next_frame(client).close_code(), 1001);
    server.on_loop([&] { closed.open(); });
    EXPECT_EQ(drained.get(), 0U);
}

}  // namespace
}  // namespace hipchat::transport
