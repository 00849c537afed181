// What a log can say of anything that was thrown.

#include "base/describe.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace hipchat {
namespace {

TEST(describe, gives_the_words_of_an_exception) {
    EXPECT_EQ(describe(std::make_exception_ptr(std::runtime_error("the disk is full"))),
              "the disk is full");
}

TEST(describe, says_so_when_there_are_none) {
    EXPECT_EQ(describe(std::make_exception_ptr(7)), "not a std::exception");
}

}  // namespace
}  // namespace hipchat
