// Where the client does not go, whatever it is called.
#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "calling.hpp"
#include "raw_client.hpp"
#include "serving.hpp"

namespace hipchat::transport {
namespace {

using hipchat::testing::calling;
using hipchat::testing::get;
using hipchat::testing::serving;
using reason = transport_error::reason;

constexpr const char* spellings[] = {"127.0.0.1",
                                     "127.1",
                                     "127.0.1",
                                     "2130706433",
                                     "0x7f000001",
                                     "0x7f.1",
                                     "0177.0.0.1",
                                     "017700000001",
                                     "127.000.000.001",
                                     "[::1]",
                                     "[::ffff:127.0.0.1]",
                                     "[::ffff:7f00:1]",
                                     "[0:0:0:0:0:0:0:1]",
                                     "[2002:7f00:1::]",
                                     "localhost",
                                     "LOCALHOST",
                                     "localhost.",
                                     "sub.localhost",
                                     "0.0.0.0",
                                     "0",
                                     "[::]",
                                     "127.255.255.254"};

class a_forbidden_destination : public ::testing::TestWithParam<const char*> {};

TEST_P(a_forbidden_destination, is_refused_by_every_policy_that_does_not_allow_it) {
    std::atomic<int> asked = 0;
    const serving server([&](const http_request&) -> task<http_response> {
        ++asked;
        co_return http_response::no_content();
    });
    const std::string place =
        std::string(GetParam()) + ":" + std::to_string(server.port()) + "/?secret=1";
    destination_policy open;
    open.allow_plain_http();
    destination_policy listed;
    listed_destination other;
    other.host = "chat.example.com";
    listed.allow_plain_http().allow(other);
    for (const destination_policy& policy : {destination_policy(), open, listed}) {
        calling client(policy);
        EXPECT_EQ(client.failure(get("http://" + place)), reason::refused_destination);
        EXPECT_EQ(client.words().find("secret"), std::string::npos);
        EXPECT_EQ(client.failure(get("https://" + place)), reason::refused_destination);
    }
    EXPECT_EQ(asked, 0);
}

INSTANTIATE_TEST_SUITE_P(loopback, a_forbidden_destination, ::testing::ValuesIn(spellings));

// Nothing answers there; the guard must have refused before anything was tried.
class a_forbidden_network : public ::testing::TestWithParam<const char*> {};

TEST_P(a_forbidden_network, is_refused_before_a_socket_is_opened) {
    destination_policy policy;
    policy.allow_plain_http().allow_loopback();
    calling client(policy);
    EXPECT_EQ(client.failure(get(std::string("http://") + GetParam() + "/")),
              reason::refused_destination);
}

INSTANTIATE_TEST_SUITE_P(others, a_forbidden_network,
                         ::testing::Values("10.0.0.1", "10.1", "167772161", "0xa9fea9fe",
                                           "169.254.169.254", "192.168.1.1", "100.64.0.1",
                                           "[fe80::1]", "[fd00:ec2::254]", "[::ffff:10.0.0.1]",
                                           "[64:ff9b::a9fe:a9fe]", "224.0.0.1", "255.255.255.255"));

TEST(odd_spellings, stay_refused_when_loopback_is_allowed_by_name) {
    const serving server(
        [](const http_request&) -> task<http_response> { co_return http_response::no_content(); });
    destination_policy policy;
    policy.allow_loopback().allow_plain_http();
    calling client(policy);
    const std::string port = ":" + std::to_string(server.port()) + "/";
    EXPECT_EQ(client.failure(get("http://2130706433" + port)), reason::refused_destination);
    EXPECT_EQ(client.failure(get("http://0x7f.1" + port)), reason::refused_destination);
    EXPECT_EQ(client.send(get("http://127.0.0.1" + port)).status, 204);
    EXPECT_EQ(client.send(get("http://localhost" + port)).status, 204);
}

TEST(other_schemes, are_refused) {
    destination_policy policy;
    policy.allow_plain_http().allow_loopback();
    calling client(policy);
    for (const char* url : {"file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/",
                            "dict://127.0.0.1/", "smb://127.0.0.1/", "//127.0.0.1/", ""})
        EXPECT_EQ(client.failure(get(url)), reason::refused_destination) << url;
}

TEST(a_listed_host, is_reached_by_plain_http_at_a_local_address) {
    const serving server(
        [](const http_request&) -> task<http_response> { co_return http_response::no_content(); });
    destination_policy policy;
    listed_destination exact;
    exact.host = "127.0.0.1";
    exact.port = std::to_string(server.port());
    policy.allow(exact);
    calling client(policy);
    EXPECT_EQ(client.send(get(server.url())).status, 204);
    EXPECT_EQ(client.failure(get("http://127.0.0.1:1/")), reason::refused_destination);
}

}  // namespace
}  // namespace hipchat::transport
