// The server's own TLS: what it shakes hands with, what it carries, and its end.

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <filesystem>
#include <fstream>

#include "hipchat/errors.hpp"
#include "raw_client.hpp"
#include "serving.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"
#include "transport/websocket.hpp"

namespace hipchat::transport {
namespace {

using hipchat::testing::child_process;
using hipchat::testing::raw_client;
using hipchat::testing::serving;
using hipchat::testing::temporary_folder;

constexpr const char* openssl = "/usr/bin/openssl";

/// A client that speaks TLS and believes any certificate.
class tls_client {
public:
    /// @param newest version of TLS that it speaks
    explicit tls_client(std::uint16_t port, int newest = TLS1_3_VERSION)
        : connection_(port), context_(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_set_security_level(context_, 0);
        SSL_CTX_set_max_proto_version(context_, newest);
        session_ = SSL_new(context_);
        SSL_set_fd(session_, connection_.socket());
        is_open_ = SSL_connect(session_) == 1;
    }
    tls_client(const tls_client&) = delete;
    tls_client& operator=(const tls_client&) = delete;
    ~tls_client() {
        SSL_free(session_);
        SSL_CTX_free(context_);
    }

    bool is_open() const noexcept { return is_open_; }
    void send(std::string_view bytes) {
        EXPECT_EQ(SSL_write(session_, bytes.data(), static_cast<int>(bytes.size())),
                  static_cast<int>(bytes.size()));
    }
    std::string until(std::string_view end) {
        while (received_.find(end) == std::string::npos && receive()) {
        }
        return received_;
    }
    /// All of it, up to the other side's farewell; fails the test if that does not come.
    std::string until_farewell() {
        while (receive()) {
        }
        EXPECT_EQ(SSL_get_shutdown(session_), SSL_RECEIVED_SHUTDOWN);
        return received_;
    }
    std::string name() const {
        X509* const shown = SSL_get1_peer_certificate(session_);
        if (shown == nullptr) return {};
        char* const text = X509_NAME_oneline(X509_get_subject_name(shown), nullptr, 0);
        std::string copy(text);
        OPENSSL_free(text);
        X509_free(shown);
        return copy;
    }

private:
    bool receive() {
        std::string part(16'384, '\0');
        const int count = SSL_read(session_, part.data(), static_cast<int>(part.size()));
        if (count > 0) received_.append(part, 0, static_cast<std::size_t>(count));
        return count > 0;
    }

    raw_client connection_;
    SSL_CTX* context_;
    SSL* session_ = nullptr;
    std::string received_;
    bool is_open_ = false;
};

class server_tls : public ::testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(openssl)) GTEST_SKIP() << "no openssl program";
        make_certificate("chat.example.com");
    }
    void make_certificate(const std::string& name) const {
        child_process made(
            openssl, {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                      "-nodes", "-days", "2", "-subj", "/CN=" + name, "-keyout", files().key,
                      "-out", files().certificate});
        ASSERT_EQ(made.wait(), 0) << made.complained();
    }
    tls_files files() const { return {folder_.file("host.crt"), folder_.file("host.key")}; }
    http_server_options options() const {
        http_server_options with;
        with.tls = files();
        return with;
    }

    const temporary_folder folder_;
};

task<http_response> echo(const http_request& request) {
    co_return http_response::of(200, "text/plain", std::string(request.body) + "|");
}

std::string post(const std::string& body, const std::string& more = "") {
    return "POST / HTTP/1.1\r\nHost: x\r\n" + more
           + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

TEST_F(server_tls, carries_one_request_after_the_other_large_ones_too) {
    const serving server(echo, options());
    tls_client client(server.port());
    ASSERT_TRUE(client.is_open());
    client.send(post("hello"));
    EXPECT_NE(client.until("hello|").find("200 OK"), std::string::npos);
    const std::string large(1'000'000, 'x');
    client.send(post(large, "Connection: close\r\n"));
    EXPECT_TRUE(client.until_farewell().ends_with(large + "|"));
}

TEST_F(server_tls, carries_websockets) {
    const auto talk = [](websocket& socket) -> task<> {
        task<std::optional<std::string>> reading = socket.read();
        const std::optional<std::string> text = co_await reading;
        socket.send("heard " + text.value_or("nothing"));
    };
    const serving server(
        [talk](const http_request&) -> task<http_response> {
            http_response response;
            response.talk = talk;
            co_return response;
        },
        options());
    tls_client client(server.port());
    client.send(
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    client.until("\r\n\r\n");
    client.send(std::string("\x81\x82\0\0\0\0hi", 8));
    EXPECT_NE(client.until("heard hi").find("heard hi"), std::string::npos);
}

TEST_F(server_tls, speaks_no_version_before_1_2) {
    const serving server(echo, options());
    EXPECT_FALSE(tls_client(server.port(), TLS1_1_VERSION).is_open());
    EXPECT_TRUE(tls_client(server.port(), TLS1_2_VERSION).is_open());
}

TEST_F(server_tls, answers_nothing_in_the_clear) {
    const serving server(echo, options());
    raw_client client(server.port());
    client.send(post("hello"));
    EXPECT_EQ(client.until("200 OK"), "");
}

TEST_F(server_tls, closes_whoever_does_not_shake_hands) {
    http_server_options impatient = options();
    impatient.idle_time = std::chrono::milliseconds(50);
    const serving server(echo, impatient);
    raw_client silent(server.port());
    EXPECT_TRUE(silent.closed_by_peer());
}

TEST_F(server_tls, counts_connections_that_have_not_shaken_hands) {
    http_server_options few = options();
    few.max_connections_per_address = 1;
    const serving server(echo, few);
    const tls_client first(server.port());
    ASSERT_TRUE(first.is_open());
    raw_client second(server.port());
    EXPECT_TRUE(second.closed_by_peer());
}

TEST_F(server_tls, shows_a_renewed_certificate_to_new_connections) {
    serving server(echo, options());
    EXPECT_EQ(tls_client(server.port()).name(), "/CN=chat.example.com");
    make_certificate("chat.example.org");
    EXPECT_EQ(tls_client(server.port()).name(), "/CN=chat.example.com");
    server.renew_tls();
    EXPECT_EQ(tls_client(server.port()).name(), "/CN=chat.example.org");
}

TEST_F(server_tls, goes_on_with_its_certificate_when_the_new_one_cannot_be_read) {
    serving server(echo, options());
    std::ofstream(files().certificate) << "nonsense";
    EXPECT_THROW(server.renew_tls(), config_error);
    EXPECT_EQ(tls_client(server.port()).name(), "/CN=chat.example.com");
}

TEST_F(server_tls, does_not_start_without_its_files_or_with_a_key_of_another) {
    std::filesystem::remove(files().key);
    EXPECT_THROW(serving(echo, options()), config_error);
    make_certificate("chat.example.com");
    std::filesystem::copy_file(files().key, folder_.file("other.key"));
    make_certificate("chat.example.org");
    http_server_options mixed = options();
    mixed.tls.key = folder_.file("other.key");
    EXPECT_THROW(serving(echo, mixed), config_error);
}

}  // namespace
}  // namespace hipchat::transport
