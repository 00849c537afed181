// Who is taken for the sender of a request when proxies stand before the host, and when headers
// lie.

#include <gtest/gtest.h>

#include "running_host.hpp"

namespace hipchat::host::testing {
namespace {

class host_proxies : public ::testing::Test {
protected:
    std::unique_ptr<running_host> start(const std::string& trusted) const {
        return std::make_unique<running_host>(folder_.file("data"), [&](host_options& options) {
            options.trusted_proxies = trusted;
            options.logs_requests = true;
        });
    }
    // The status of trying the setup code, which may be tried ten times by one address.
    static int attempt(const running_host& at, const running_host::headers& more) {
        return at
            .send("POST", "/api/setup", R"({"code":"x","name":"Eve","password":"password 123"})",
                  more)
            .status;
    }

    const temporary_folder folder_;
};

TEST_F(host_proxies, that_are_named_say_who_the_sender_is) {
    const auto host = start("127.0.0.1");
    host->send("GET", "/healthz", "", {{"X-Forwarded-For", "203.0.113.9"}});
    EXPECT_EQ(host->log.count("peer=203.0.113.9"), 1);
    host->send("GET", "/healthz", "", {{"Forwarded", "for=203.0.113.10"}});
    EXPECT_EQ(host->log.count("peer=203.0.113.10"), 1);
}

TEST_F(host_proxies, that_are_not_named_are_not_believed) {
    const auto host = start("10.0.0.0/8");
    host->send("GET", "/healthz", "", {{"X-Forwarded-For", "203.0.113.9"}});
    EXPECT_EQ(host->log.count("203.0.113.9"), 0);
    EXPECT_EQ(host->log.count("peer=127.0.0.1"), 1);
}

TEST_F(host_proxies, let_each_sender_try_as_often_as_one_address_may_and_no_more) {
    const auto host = start("127.0.0.1");
    for (int i = 0; i < 10; ++i)
        EXPECT_NE(attempt(*host, {{"X-Forwarded-For", "203.0.113.9"}}), 429);
    EXPECT_EQ(attempt(*host, {{"X-Forwarded-For", "203.0.113.9"}}), 429);
    // What the sender writes itself stands before what the proxy adds.
    EXPECT_EQ(attempt(*host, {{"X-Forwarded-For", "198.51.100.7, 203.0.113.9"}}), 429);
    EXPECT_NE(attempt(*host, {{"X-Forwarded-For", "203.0.113.10"}}), 429);
}

TEST_F(host_proxies, never_change_the_hosts_own_address) {
    const auto host = start("127.0.0.1");
    const running_host::headers forwarded{{"X-Forwarded-Host", "evil.example"},
                                          {"X-Forwarded-Proto", "https"}};
    const json::value document = body_of(host->send("GET", "/v2/capabilities", "", forwarded));
    EXPECT_EQ(json::serialize(document).find("evil.example"), std::string::npos);
    EXPECT_EQ(json::serialize(document).find("https://localhost"), std::string::npos);
}

// Behind a proxy everybody comes from this machine.
TEST_F(host_proxies, end_the_mode_in_which_whoever_is_at_the_machine_is_anybody) {
    EXPECT_EQ(start("")->get("/api/rooms").status, 200);
    const auto behind_one = start("127.0.0.1");
    EXPECT_EQ(behind_one->get("/api/rooms").status, 401);
    EXPECT_NE(behind_one->setup_url(), "");
}

TEST_F(host_proxies, are_expected_when_the_base_url_is_of_another_machine) {
    const running_host behind_one(folder_.file("data"), [](host_options& options) {
        options.base_url = "https://chat.example.com";
    });
    EXPECT_EQ(behind_one.get("/api/rooms").status, 401);
}

}  // namespace
}  // namespace hipchat::host::testing
