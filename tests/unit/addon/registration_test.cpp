// A dynamic webhook as it is remembered.

#include "addon/dynamic_webhooks/registration.hpp"

#include <gtest/gtest.h>

#include <set>

#include "hipchat/errors.hpp"

namespace hipchat::addons {
namespace {

using namespace std::chrono_literals;
using status = registration::status;

TEST(registration, has_an_id_that_names_its_room_and_is_a_module_key) {
    const std::string id = new_registration_id(4021);
    EXPECT_TRUE(id.starts_with("4021-"));
    EXPECT_EQ(room_of_id(id), 4021);
    EXPECT_EQ(new_registration_id(INT64_MAX).size(), 40U);
    EXPECT_EQ(new_registration_id(7).find_first_not_of("-0123456789abcdefghijklmnopqrstuvwxyz"
                                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
              std::string::npos);
}

TEST(registration, has_an_id_that_no_other_has) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i)
        EXPECT_TRUE(seen.insert(new_registration_id(4021)).second);
}

TEST(registration, is_not_named_by_what_names_no_room) {
    for (const char* text :
         {"", "-", "-x", "-5-x", "x-1", "4021", "99999999999999999999-x", " 1-x"})
        EXPECT_EQ(room_of_id(text), std::nullopt) << text;
}

TEST(registration, is_read_as_it_was_written) {
    for (const status state : {status::adding, status::added, status::removing}) {
        const registration written{.id = "4021-abc",
                                   .name = "watch \"it\"",
                                   .pattern = R"(^\d+ä)",
                                   .state = state,
                                   .at = 1'700'000'000s};
        const registration read =
            read_registration(registration_key(written.id), write_registration(written));
        EXPECT_EQ(read.id, written.id);
        EXPECT_EQ(read.name, written.name);
        EXPECT_EQ(read.pattern, written.pattern);
        EXPECT_EQ(read.state, written.state);
        EXPECT_EQ(read.at, written.at);
    }
}

TEST(registration, is_refused_when_another_version_wrote_it) {
    EXPECT_THROW(read_registration("webhook:1-a", R"({"name":"w","state":"paused"})"),
                 protocol_error);
    EXPECT_THROW(read_registration("webhook:1-a", R"({"state":"added"})"), protocol_error);
}

TEST(registration, is_found_among_those_of_its_room_only) {
    EXPECT_TRUE(registration_key("4021-abc").starts_with(registration_prefix(4021)));
    EXPECT_FALSE(registration_key("4021-abc").starts_with(registration_prefix(402)));
}

TEST(registration, serves_once_it_was_added_until_it_is_removed) {
    EXPECT_TRUE(serves({.state = status::added, .at = 1000s}, 9'999'999s));
    EXPECT_FALSE(serves({.state = status::removing, .at = 1000s}, 1000s));
}

// A host may deliver before it has answered; but an adding that broke off must not serve for ever.
TEST(registration, serves_while_it_is_being_added_and_no_longer) {
    EXPECT_TRUE(serves({.state = status::adding, .at = 1000s}, 1000s));
    EXPECT_TRUE(serves({.state = status::adding, .at = 1000s}, 1599s));
    EXPECT_FALSE(serves({.state = status::adding, .at = 1000s}, 1600s));
}

}  // namespace
}  // namespace hipchat::addons
