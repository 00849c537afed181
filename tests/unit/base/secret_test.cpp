#include "hipchat/secret.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

namespace hipchat {
namespace {

template <class Stream, class Value>
concept streamable = requires(Stream& stream, const Value& value) { stream << value; };

static_assert(streamable<std::ostream, std::string>);
static_assert(!streamable<std::ostream, secret>);
static_assert(!std::is_convertible_v<secret, std::string>);
static_assert(!std::is_convertible_v<secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, secret>);

const std::string long_text(100, 's');

TEST(secret, reveals_what_it_was_made_from) {
    EXPECT_EQ(secret("hunter2").reveal(), "hunter2");
    EXPECT_EQ(secret(long_text).reveal(), long_text);
    EXPECT_TRUE(secret().empty());
}

TEST(secret, is_empty_after_it_was_moved_away) {
    for (const std::string& text : {std::string("short"), long_text}) {
        secret first(text);
        secret second(std::move(first));
        EXPECT_EQ(second.reveal(), text);
        EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is the contract
        secret third("other");
        third = std::move(second);
        EXPECT_EQ(third.reveal(), text);
        EXPECT_TRUE(second.empty());  // NOLINT(bugprone-use-after-move): that is the contract
    }
}

TEST(secret, leaves_no_bytes_where_they_were) {
    secret first("short");
    const char* bytes = first.reveal().data();
    const secret second(std::move(first));
    EXPECT_EQ(std::string(bytes, 5), std::string(5, '\0'));
}

TEST(secret, is_copied_and_assigned) {
    const secret first(long_text);
    secret second(first);  // NOLINT(performance-unnecessary-copy-initialization)
    EXPECT_EQ(first, second);
    second = secret("x");
    EXPECT_NE(first, second);
    second = first;
    EXPECT_EQ(first, second);
    const secret& alias = second;
    second = alias;
    EXPECT_EQ(first, second);
}

TEST(secret, is_equal_only_to_the_same_text) {
    EXPECT_EQ(secret("abc"), secret("abc"));
    EXPECT_NE(secret("abc"), secret("abd"));
    EXPECT_NE(secret("abc"), secret("xbc"));
    EXPECT_NE(secret("abc"), secret("ab"));
    EXPECT_NE(secret(std::string("a\0b", 3)), secret(std::string("a\0c", 3)));
    EXPECT_EQ(secret(), secret(""));
}

}  // namespace
}  // namespace hipchat
