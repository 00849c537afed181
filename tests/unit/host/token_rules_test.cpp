#include <gtest/gtest.h>

#include "host/core/tokens.hpp"
#include "sample.hpp"

namespace hipchat::host {
namespace {

using scopes = std::vector<scope>;

TEST(token_scopes, are_those_of_the_descriptor_when_none_are_named) {
    EXPECT_EQ(granted_scopes(sample::greeter(), std::nullopt),
              (scopes{scope::send_notification, scope::view_room}));
}

TEST(token_scopes, may_be_fewer_than_the_descriptor_asks_for) {
    EXPECT_EQ(granted_scopes(sample::greeter(), scopes{scope::view_room}),
              scopes{scope::view_room});
}

TEST(token_scopes, are_refused_when_one_is_not_the_descriptors) {
    EXPECT_FALSE(granted_scopes(sample::greeter(), scopes{scope::view_room, scope::admin_group}));
}

TEST(token_scopes, are_refused_when_the_list_is_empty) {
    EXPECT_FALSE(granted_scopes(sample::greeter(), scopes{}));
}

TEST(token_scopes, are_read_as_they_are_written) {
    EXPECT_EQ(split_scopes("send_notification view_room"),
              (scopes{scope::send_notification, scope::view_room}));
    EXPECT_EQ(split_scopes(""), scopes{});
    EXPECT_EQ(split_scopes("view_room  nonsense"), scopes{scope::view_room});
}

}  // namespace
}  // namespace hipchat::host
