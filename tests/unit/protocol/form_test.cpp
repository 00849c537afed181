// Queries and posted forms, taken apart.

#include "protocol/form.hpp"

#include <gtest/gtest.h>

namespace hipchat::protocol {
namespace {

using fields = std::vector<std::pair<std::string, std::string>>;

TEST(form, has_its_fields_decoded_and_in_their_order) {
    EXPECT_EQ(read_form("a=1&b=x+y&a=%C3%A9%26&c&d=&=e&&f=g=h"),
              (fields{{"a", "1"}, {"b", "x y"}, {"a", "é&"}, {"c", ""}, {"d", ""}, {"f", "g=h"}}));
    EXPECT_EQ(read_form(""), fields());
}

TEST(form, is_refused_when_it_is_badly_encoded) {
    for (const char* text : {"a=%", "a=%4", "a=%4g", "%zz=1", "a=%ff", "a=%C3"})
        EXPECT_EQ(read_form(text), std::nullopt) << text;
}

TEST(path, is_decoded_as_utf_8_without_zeros) {
    EXPECT_EQ(percent_decode("a%20b+c%2Fd"), "a b+c/d");
    for (const char* text : {"%00", "%", "%ff", "%2"})
        EXPECT_EQ(percent_decode(text), std::nullopt) << text;
}

}  // namespace
}  // namespace hipchat::protocol
