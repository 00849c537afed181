// Which words go with a status.

#include "protocol/reason_phrase.hpp"

#include <gtest/gtest.h>

namespace hipchat::protocol {
namespace {

TEST(every_status_that_refuses, has_a_reason) {
    for (const int status : {400, 408, 413, 417, 431, 500, 501, 503, 505})
        EXPECT_NE(reason_phrase(status), "Unknown") << status;
}

TEST(a_status_that_http_does_not_name, is_unknown) {
    EXPECT_EQ(reason_phrase(599), "Unknown");
}

}  // namespace
}  // namespace hipchat::protocol
