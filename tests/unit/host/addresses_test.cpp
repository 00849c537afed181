#include <gtest/gtest.h>

#include "hipchat/errors.hpp"
#include "host/api/path.hpp"
#include "host/connect/self_address.hpp"

namespace hipchat::host {
namespace {

TEST(self_address, is_its_base_url_and_the_names_of_loopback_with_its_port) {
    const self_address self("http://chat.example.test:8080/", 8080);
    EXPECT_EQ(self.base_url(), "http://chat.example.test:8080");
    for (const char* const name :
         {"chat.example.test:8080", "localhost:8080", "127.0.0.1:8080", "[::1]:8080"}) {
        EXPECT_TRUE(self.is_host(name)) << name;
        EXPECT_TRUE(self.is_origin(std::string("http://") + name)) << name;
    }
}

TEST(self_address, is_no_other_name_port_or_scheme) {
    const self_address self("http://localhost:8080", 8080);
    for (const char* const name :
         {"", "localhost", "localhost:8081", "evil.test:8080", "localhost:8080@evil.test",
          "localhost.evil.test:8080", "127.0.0.1.nip.test:8080", "localhost:8080/x"})
        EXPECT_FALSE(self.is_host(name)) << name;
    for (const char* const origin : {"", "null", "http://localhost", "https://localhost:8080",
                                     "http://evil.test:8080", "http://localhost:8080/"})
        EXPECT_FALSE(self.is_origin(origin)) << origin;
}

TEST(self_address, refuses_a_base_url_with_a_path_or_none_at_all) {
    for (const char* const url : {"", "localhost:8080", "http://localhost/chat", "ftp://a"})
        EXPECT_THROW(self_address(url, 8080), config_error) << url;
}

TEST(path, is_matched_segment_by_segment_with_double_slashes_collapsed) {
    const path_pattern pattern("/v2/room/{room}/notification");
    const auto found = pattern.match(split_path("/v2//room/Build%20Lab/notification"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->at("room"), "Build Lab");
    EXPECT_FALSE(pattern.match(split_path("/v2/room/1")));
    EXPECT_FALSE(pattern.match(split_path("/v2/room/1/notification/2")));
    EXPECT_FALSE(pattern.match(split_path("/v2/room/%zz/notification")));
}

TEST(path, captures_all_that_is_left_when_asked_to) {
    const path_pattern pattern("/assets/{path...}");
    EXPECT_EQ(pattern.match(split_path("/assets/a/b.js"))->at("path"), "a/b.js");
    EXPECT_EQ(pattern.match(split_path("/assets/"))->at("path"), "");
}

TEST(path, keeps_an_encoded_slash_inside_its_segment) {
    EXPECT_EQ(path_pattern("/a/{x}").match(split_path("/a/b%2Fc"))->at("x"), "b/c");
}

TEST(path, refuses_bad_escapes_and_nul) {
    for (const char* const text : {"%", "%1", "%g0", "%00", "a%"})
        EXPECT_FALSE(percent_decode(text)) << text;
    EXPECT_EQ(percent_decode("%C3%A4+"), "ä+");
}

}  // namespace
}  // namespace hipchat::host
