// The client behind a proxy, which is played by this test.
#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <string>
#include <thread>

#include "calling.hpp"
#include "raw_client.hpp"
#include "serving.hpp"

namespace hipchat::transport {
namespace {

using hipchat::testing::calling;
using hipchat::testing::get;
using hipchat::testing::raw_client;
using hipchat::testing::raw_listener;
using hipchat::testing::serving;
using reason = transport_error::reason;

// Accepts one connection, remembers what it was asked, and answers it.
class one_proxy {
public:
    explicit one_proxy(std::string answer)
        : thread_([this, answer = std::move(answer)] {
              raw_client peer(listener_.accept(), {});
              asked_.set_value(peer.until("\r\n\r\n"));
              peer.send(answer);
          }) {}
    one_proxy(const one_proxy&) = delete;
    one_proxy& operator=(const one_proxy&) = delete;
    ~one_proxy() { thread_.join(); }

    http_client_options options() const {
        http_client_options options;
        options.proxy = "http://127.0.0.1:" + std::to_string(listener_.port());
        options.no_proxy = "direct.example.com";
        return options;
    }
    std::string asked() { return asked_.get_future().get(); }

private:
    raw_listener listener_;
    std::promise<std::string> asked_;
    std::thread thread_;
};

destination_policy listing(const std::string& host) {
    destination_policy policy;
    listed_destination listed;
    listed.host = host;
    policy.allow_loopback().allow(listed);
    return policy;
}

TEST(a_listed_host, is_asked_for_through_the_proxy_by_name) {
    one_proxy proxy("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nproxied");
    calling client(listing("chat.example.com"), proxy.options());
    EXPECT_EQ(client.send(get("http://chat.example.com/path")).body, "proxied");
    EXPECT_TRUE(proxy.asked().starts_with("GET http://chat.example.com/path HTTP/1.1\r\n"));
}

TEST(a_listed_https_host, is_reached_through_a_tunnel) {
    one_proxy proxy("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    calling client(listing("chat.example.com"), proxy.options());
    EXPECT_TRUE(client.failure(get("https://chat.example.com/path?secret")).has_value());
    const std::string asked = proxy.asked();
    EXPECT_TRUE(asked.starts_with("CONNECT chat.example.com:443 HTTP/1.1\r\n"));
    EXPECT_EQ(asked.find("secret"), std::string::npos);
}

TEST(a_host_that_is_not_listed, is_not_asked_for_through_the_proxy) {
    const raw_listener nobody_asks;
    http_client_options options;
    options.proxy = "http://127.0.0.1:" + std::to_string(nobody_asks.port());
    calling client(listing("chat.example.com"), options);
    EXPECT_EQ(client.failure(get("https://api.example.com/")), reason::refused_destination);
    EXPECT_EQ(client.failure(get("https://2130706433/")), reason::refused_destination);
}

TEST(loopback_and_excepted_names, go_direct) {
    const raw_listener nobody_asks;
    const serving server(
        [](const http_request&) -> task<http_response> { co_return http_response::no_content(); });
    http_client_options options;
    options.proxy = "http://127.0.0.1:" + std::to_string(nobody_asks.port());
    options.no_proxy = "other.example, .invalid";
    calling client(listing("name.invalid"), options);
    EXPECT_EQ(client.send(get(server.url())).status, 204);
    // Direct, so the name is resolved here, and is not found.
    EXPECT_EQ(client.failure(get("http://name.invalid/")), reason::connect);
}

TEST(the_environments_proxy, is_not_used_unless_it_is_passed_on) {
    const raw_listener nobody_asks;
    const serving server(
        [](const http_request&) -> task<http_response> { co_return http_response::no_content(); });
    const std::string proxy = "http://127.0.0.1:" + std::to_string(nobody_asks.port());
    for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"})
        setenv(name, proxy.c_str(), 1);
    {
        calling client(hipchat::testing::local_policy());
        EXPECT_EQ(client.send(get(server.url())).status, 204);
    }
    setenv("no_proxy", "a.example", 1);
    setenv("CURL_CA_BUNDLE", "/tmp/bundle.pem", 1);
    const http_client_options options = http_client_options_from_environment();
    EXPECT_EQ(options.proxy, proxy);
    EXPECT_EQ(options.no_proxy, "a.example");
    EXPECT_EQ(options.ca_bundle, "/tmp/bundle.pem");
    for (const char* name :
         {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY", "no_proxy", "CURL_CA_BUNDLE"})
        unsetenv(name);
}

}  // namespace
}  // namespace hipchat::transport
