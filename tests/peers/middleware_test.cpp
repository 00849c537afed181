// docs/snippets/coming_from/middleware.cpp: what wraps every request.

#include "with_program.hpp"

namespace hipchat::testing {
namespace {

class peer_middleware : public with_program {
protected:
    peer_middleware() { start("middleware"); }
};

TEST_F(peer_middleware, sees_every_request_and_may_refuse_it) {
    EXPECT_EQ(get("/").header("X-Stamp"), "seen");
    const plain_answer refused = get("/closed/door");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.body, "Closed today.\n");
}

TEST_F(peer_middleware, hears_of_what_handlers_throw) {
    const plain_answer failed = get("/broken");
    EXPECT_EQ(failed.status, 500);
    EXPECT_EQ(failed.body.find("paper"), std::string::npos);
    EXPECT_EQ(get("/failures").body, "1");
}

}  // namespace
}  // namespace hipchat::testing
