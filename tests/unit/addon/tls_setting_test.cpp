#include "addon/tls_setting.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "hipchat/errors.hpp"
#include "support/contains.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::addons {
namespace {

using hipchat::testing::contains;

class tls_setting : public ::testing::Test {
protected:
    std::string file(const std::string& name) const {
        const std::string path = folder_.file(name);
        std::ofstream(path) << "pem";
        return path;
    }
    static std::string flaw_of(const std::string& text) {
        try {
            read_tls_setting(text);
            return "none";
        } catch (const config_error& error) {
            return error.what();
        }
    }
    const hipchat::testing::temporary_folder folder_;
};

TEST_F(tls_setting, says_how_each_host_differs) {
    const std::string ca = file("ca.pem");
    const std::string certificate = file("me.pem");
    const std::string key = file("me.key");
    const auto found =
        read_tls_setting("chat.example.com ca=" + ca + " name=chat.internal;  api.example.com cert="
                         + certificate + " key=" + key + " ; ");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].host, "chat.example.com");
    EXPECT_EQ(found[0].ca_file, ca);
    EXPECT_EQ(found[0].pinned_name, "chat.internal");
    EXPECT_EQ(found[0].client_certificate, "");
    EXPECT_EQ(found[1].host, "api.example.com");
    EXPECT_EQ(found[1].client_certificate, certificate);
    EXPECT_EQ(found[1].client_key, key);
    EXPECT_TRUE(read_tls_setting("").empty());
}

TEST_F(tls_setting, names_what_cannot_be_read) {
    EXPECT_TRUE(contains(flaw_of("Chat.Example.Com"), "'Chat.Example.Com' is not a host"));
    EXPECT_TRUE(contains(flaw_of("https://a.example"), "is not a host"));
    EXPECT_TRUE(contains(flaw_of("a.example:443"), "is not a host"));
    EXPECT_TRUE(contains(flaw_of("a.example ca=/nowhere.pem"), "'/nowhere.pem' cannot be opened"));
    EXPECT_TRUE(contains(flaw_of("a.example trust=all"), "'trust=all' is none of"));
    EXPECT_TRUE(contains(flaw_of("a.example key=" + file("k")), "key without a certificate"));
    EXPECT_TRUE(contains(flaw_of("a.example; a.example"), "is there twice"));
}

}  // namespace
}  // namespace hipchat::addons
