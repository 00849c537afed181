// TLS to one host, as the settings say it differs. The other side is openssl's own server.

#include <filesystem>
#include <fstream>

#include "calling.hpp"
#include "support/child_process.hpp"
#include "support/contains.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::transport {
namespace {

using hipchat::testing::calling;
using hipchat::testing::child_process;
using hipchat::testing::contains;
using hipchat::testing::get;
using hipchat::testing::temporary_folder;
using reason = transport_error::reason;

constexpr const char* openssl = "/usr/bin/openssl";

class tls : public ::testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(openssl)) GTEST_SKIP() << "no openssl program";
        make_certificate("server", "chat.internal");
        make_certificate("client", "addon");
    }

    // NAME.pem holds a key and a certificate for that name which vouches for itself.
    void make_certificate(const std::string& name, const std::string& subject) const {
        const std::string pem = file(name);
        child_process made(
            openssl,
            {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", "/CN=" + subject, "-addext", "subjectAltName=DNS:" + subject,
             "-keyout", pem + ".key", "-out", pem + ".crt"});
        ASSERT_EQ(made.wait(), 0) << made.complained();
        std::ofstream(pem) << std::ifstream(pem + ".key").rdbuf()
                           << std::ifstream(pem + ".crt").rdbuf();
    }
    std::string file(const std::string& name) const { return folder_.file(name + ".pem"); }

    // An HTTPS server on a free port that answers with what it knows of the connection.
    struct server {
        server(const std::string& certificate, std::vector<std::string> more)
            : process(openssl, arguments(certificate, std::move(more))) {
            const auto line = process.line_after("ACCEPT ");
            port = line ? line->substr(line->rfind(':') + 1) : "0";
        }
        static std::vector<std::string> arguments(const std::string& certificate,
                                                  std::vector<std::string> more) {
            std::vector<std::string> all{"s_server", "-accept",   "127.0.0.1:0",
                                         "-cert",    certificate, "-www"};
            all.insert(all.end(), more.begin(), more.end());
            return all;
        }
        std::string url() const { return "https://localhost:" + port + "/"; }

        child_process process;
        std::string port;
    };

    static http_client_options with(host_tls special) {
        http_client_options options;
        options.tls.push_back(std::move(special));
        return options;
    }

    const temporary_folder folder_;
};

TEST_F(tls, to_a_host_with_a_certificate_of_its_own_needs_that_to_be_trusted_and_for_its_name) {
    const server host(file("server"), {});
    calling stranger(hipchat::testing::local_policy());
    EXPECT_EQ(stranger.failure(get(host.url())), reason::tls);
    calling trusting(hipchat::testing::local_policy(),
                     with({.host = "localhost", .ca_file = file("server")}));
    EXPECT_EQ(trusting.failure(get(host.url())), reason::tls) << "it is for another name";
    calling pinning(
        hipchat::testing::local_policy(),
        with({.host = "localhost", .ca_file = file("server"), .pinned_name = "chat.internal"}));
    EXPECT_EQ(pinning.send(get(host.url())).status, 200);
    calling mistaken(
        hipchat::testing::local_policy(),
        with({.host = "localhost", .ca_file = file("server"), .pinned_name = "other.internal"}));
    EXPECT_EQ(mistaken.failure(get(host.url())), reason::tls);
    calling elsewhere(
        hipchat::testing::local_policy(),
        with({.host = "other.example", .ca_file = file("server"), .pinned_name = "chat.internal"}));
    EXPECT_EQ(elsewhere.failure(get(host.url())), reason::tls) << "settings of another host";
}

TEST_F(tls, shows_a_client_certificate_where_it_is_set) {
    const server host(file("server"), {"-Verify", "1", "-verify_return_error", "-CAfile",
                                       file("client"), "-tls1_2"});
    host_tls special{
        .host = "localhost", .ca_file = file("server"), .pinned_name = "chat.internal"};
    calling anonymous(hipchat::testing::local_policy(), with(special));
    EXPECT_TRUE(anonymous.failure(get(host.url())).has_value());
    special.client_certificate = file("client");
    calling known(hipchat::testing::local_policy(), with(special));
    EXPECT_TRUE(contains(known.send(get(host.url())).body, "DNS:addon"));
}

}  // namespace
}  // namespace hipchat::transport
